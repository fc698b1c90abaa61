package org.tinytorch.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.tinytorch.loss.BceWithLogitsLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.nn.CentralDifference;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class TwoLayerGradientsTest {
    private static final Tensor X = Tensors.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    private static final Tensor XOR = Tensors.of(new double[][] {{0}, {1}, {1}, {0}});

    private static TwoLayerGradients network(long seed, Loss loss) {
        Generator generator = new Generator(seed);
        return new TwoLayerGradients(new Linear(2, 4, generator), new Linear(4, 1, generator), loss);
    }

    private static List<Parameter> parameters(TwoLayerGradients network) {
        List<Parameter> all = new ArrayList<>(network.first().parameters());
        all.addAll(network.second().parameters());
        return all;
    }

    @Property(tries = 20)
    void agreesWithTheTapeAndWithDifferences(@ForAll long seed) {
        Loss loss = new MseLoss();
        TwoLayerGradients network = network(seed, loss);
        List<Parameter> parameters = parameters(network);
        Tensor value = loss.forward(network.predict(X), XOR);
        value.backward();
        List<Tensor> taped = parameters.stream()
                .map(parameter -> parameter.grad().orElseThrow())
                .toList();
        parameters.forEach(Parameter::zeroGrad);

        assertThat(network.backward(X, XOR)).isCloseTo(value.item(), within(1e-15));

        for (int i = 0; i < taped.size(); i++) {
            Parameter parameter = parameters.get(i);
            Tensor byHand = parameter.grad().orElseThrow();
            assertThat(byHand.allClose(taped.get(i), 1e-13, 1e-13))
                    .as("parameter %d: by hand %s, taped %s", i, byHand, taped.get(i))
                    .isTrue();
            Tensor before = parameter.copy();
            Tensor differences = CentralDifference.of(
                    nudged -> {
                        parameter.copyFrom(nudged);
                        return loss.forward(network.predict(X), XOR).item();
                    },
                    before);
            parameter.copyFrom(before);
            CentralDifference.assertAgrees("parameter " + i, byHand, differences);
        }
    }

    @Test
    void learnsXorByHandAndByTapeWithTheSameLosses() {
        Loss loss = new BceWithLogitsLoss();
        TwoLayerGradients byHand = network(3, loss);
        TwoLayerGradients byTape = network(3, loss);
        Optimizer handOptimizer = new Sgd(parameters(byHand), 0.5).momentum(0.9);
        Optimizer tapeOptimizer = new Sgd(parameters(byTape), 0.5).momentum(0.9);

        for (int step = 0; step < 500; step++) {
            handOptimizer.zeroGrad();
            double handLoss = byHand.backward(X, XOR);
            handOptimizer.step();
            tapeOptimizer.zeroGrad();
            Tensor tapeLoss = loss.forward(byTape.predict(X), XOR);
            tapeLoss.backward();
            tapeOptimizer.step();
            assertThat(handLoss).as("loss in step " + step).isCloseTo(tapeLoss.item(), within(1e-12));
        }

        assertThat(byHand.predict(X).gt(0).data()).as("4 of 4 right").containsExactly(XOR.data());
    }

    @Test
    void layersThatDoNotFitAreRefused() {
        Generator generator = new Generator(1);

        assertThatThrownBy(() ->
                        new TwoLayerGradients(new Linear(2, 4, generator), new Linear(3, 1, generator), new MseLoss()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("twoLayers: the first layer gives 4 features, but the second expects 3");
    }
}
