package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytorch.data.Synthetic;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Parameter;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Batches;
import org.tinytorch.training.Evaluator;

class QuantizationAwareTrainingTest {
    private final Generator generator = new Generator(1);

    private Layer cnn() {
        return new Sequential(
                Conv2d.builder(2, 4, 3).same().relu().build(generator),
                new Flatten(),
                new Linear(4 * 5 * 5, 6, generator),
                new ReLU(),
                new Linear(6, 3, false, generator));
    }

    @Test
    void preparedAndFinishedTheModelIsWhatItWas() {
        Layer model = cnn();
        Tensor x = Tensors.randn(generator, 2, 2, 5, 5);
        Tensor before = model.forward(x);
        List<Parameter> parameters = model.parameters();
        List<String> names = List.copyOf(model.namedParameters().keySet());
        List<Layer> layers = List.copyOf(model.namedLayers().values());

        QuantizationAwareTraining training = QuantizationAwareTraining.prepare(model);
        assertThat(model.namedParameters().keySet()).as("names").containsExactlyElementsOf(names);
        assertThat(model.parameters()).as("the same tensors").containsExactlyElementsOf(parameters);
        Tensor rounded = model.forward(x);
        assertThat(rounded.data()).isNotEqualTo(before.data()).containsExactly(before.data(), within(0.05));

        Map<String, Quantization> inputs = training.finish();
        assertThat(inputs).containsOnlyKeys("0", "2", "4");
        assertThat(inputs.get("0"))
                .isEqualTo(
                        Quantizer.asymmetric(8).choose(x.min().item(), x.max().item()));
        assertThat(List.copyOf(model.namedLayers().values())).containsExactlyElementsOf(layers);
        assertThat(model.forward(x).data()).isEqualTo(before.data());
    }

    @Test
    void itComputesWithRoundedInputsAndWeights() {
        Linear linear = new Linear(3, 2, generator);
        Layer model = new Sequential(linear);
        Tensor x = Tensors.randn(generator, 4, 5, 3);
        Quantizer weights = Quantizer.symmetric(3).perChannel();
        QuantizationAwareTraining.prepare(model, weights, Quantizer.asymmetric(4));
        Tensor roundedX = Quantizer.asymmetric(4).quantize(x).dequantize();
        Layer rounded = Linear.of(
                weights.quantize(linear.weight()).dequantize(), linear.bias().orElseThrow());
        assertThat(model.forward(x).data())
                .containsExactly(rounded.forward(roundedX).data(), within(1e-12));
    }

    @Test
    void gradientsReachTheWeightsThemselves() {
        Layer model = cnn();
        QuantizationAwareTraining.prepare(model);
        model.forward(Tensors.randn(generator, 2, 2, 5, 5)).square().sum().backward();
        model.namedParameters().forEach((name, parameter) -> assertThat(
                        parameter.grad().orElseThrow().abs().max().item())
                .as("gradient of %s", name)
                .isPositive());
    }

    @Test
    void aLayerThatIsUsedTwiceStaysOneLayer() {
        Linear shared = new Linear(3, 3, generator);
        Layer model = new Sequential(shared, new ReLU(), shared);
        QuantizationAwareTraining training = QuantizationAwareTraining.prepare(model);
        assertThat(model.child("0")).isNotSameAs(shared).isSameAs(model.child("2"));
        training.finish();
        assertThat(model.child("0")).isSameAs(shared).isSameAs(model.child("2"));
    }

    @Test
    void aModelWithNothingToQuantiseIsRefused() {
        for (Layer model : new Layer[] {new Linear(2, 2, generator), new Sequential(new ReLU())}) {
            assertThatThrownBy(() -> QuantizationAwareTraining.prepare(model))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no Linear or Conv2d below");
        }
    }

    @Test
    void trainedForFewBitsAModelIsBetterThanQuantisedAfterwards() {
        Batch spirals = Synthetic.spirals(150, 3, 0.02, generator).all();
        Tensor x = spirals.input();
        Tensor y = spirals.target();
        Layer model = new Sequential(
                new Linear(2, 32, generator),
                new ReLU(),
                new Linear(32, 32, generator),
                new ReLU(),
                new Linear(32, 3, generator));
        train(model, x, y, 300, 0.01);
        double full = accuracy(model, x, y);
        assertThat(full).as("in full precision").isGreaterThan(0.95);

        QuantizationAwareTraining.prepare(model, Quantizer.symmetric(3).perChannel(), Quantizer.asymmetric(4));
        model.train().forward(x); // learns the ranges: quantisation after training
        double afterwards = accuracy(model, x, y);
        train(model, x, y, 100, 0.003);
        double aware = accuracy(model, x, y);

        assertThat(aware)
                .as("accuracy %.3f in full precision, %.3f quantised afterwards", full, afterwards)
                .isGreaterThan(afterwards + 0.2);
    }

    private static void train(Layer model, Tensor x, Tensor y, int steps, double learningRate) {
        Adam adam = new Adam(model.parameters(), learningRate);
        model.train();
        for (int step = 0; step < steps; step++) {
            adam.zeroGrad();
            new CrossEntropyLoss().forward(model.forward(x), y).backward();
            adam.step();
        }
    }

    private static double accuracy(Layer model, Tensor x, Tensor y) {
        Iterable<Batch> data = Batches.of(x, y, 150);
        return new Evaluator(model, new CrossEntropyLoss(), new Accuracy())
                .evaluate(data)
                .get("accuracy");
    }
}
