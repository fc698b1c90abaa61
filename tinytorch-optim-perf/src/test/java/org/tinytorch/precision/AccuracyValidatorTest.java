package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batches;
import org.tinytorch.training.Evaluator;

class AccuracyValidatorTest {
    private static Layer model() {
        Generator generator = new Generator(1);
        return new Sequential(
                new Linear(4, 8, generator), new ReLU(), new Dropout(0.5, generator), new Linear(8, 3, generator));
    }

    private static Batches batches(int size) {
        Generator generator = new Generator(2);
        Tensor labels = Tensors.of(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2);
        return Batches.of(Tensors.randn(generator, 12, 4), labels, size);
    }

    @Test
    void aTwinThatIsEqualHasNoError() {
        AccuracyReport report = new AccuracyValidator(model(), model()).compare(batches(5));
        assertThat(report.layers())
                .extracting(LayerError::path)
                .as("inner layers first, the whole model last")
                .containsExactly("0", "1", "2", "3", "");
        assertThat(report.layers()).allSatisfy(layer -> {
            assertThat(layer.signalToNoise()).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(layer.largestDifference()).isZero();
            assertThat(layer.cosine()).isEqualTo(1);
        });
    }

    @Test
    void theErrorIsThatOfTheOutputs() {
        Layer twin = model();
        Linear last = (Linear) twin.child("3");
        last.weight().copyFrom(last.weight().mul(1.1));
        last.bias().orElseThrow().copyFrom(last.bias().orElseThrow().mul(1.1));

        AccuracyReport report = new AccuracyValidator(model(), twin).compare(batches(5));

        assertThat(report.layer("0").signalToNoise()).isEqualTo(Double.POSITIVE_INFINITY);
        LayerError error = report.layer("3");
        assertThat(error.kind()).isEqualTo("Linear");
        assertThat(error.signalToNoise()).as("an error of a tenth").isCloseTo(20, within(1e-9));
        assertThat(error.cosine()).as("only longer").isCloseTo(1, within(1e-12));
        Tensor outputs = new Evaluator(model(), new MseLoss()).predict(batches(12));
        assertThat(error.largestDifference()).isCloseTo(outputs.abs().max().item() * 0.1, within(1e-12));
        assertThat(report.layer(""))
                .isEqualTo(new LayerError(
                        "", "Sequential", error.signalToNoise(), error.largestDifference(), error.cosine()));
        assertThat(report.worst().path()).isEqualTo("3");
    }

    @Test
    void batchesOfAnySizeGiveTheSameErrors() {
        Layer twin = rounded(2);
        AccuracyValidator validator = new AccuracyValidator(model(), twin);
        LayerError whole = validator.compare(batches(12)).layer("");
        LayerError parts = validator.compare(batches(5)).layer("");
        assertThat(parts.signalToNoise()).isCloseTo(whole.signalToNoise(), within(1e-9));
        assertThat(parts.largestDifference()).isEqualTo(whole.largestDifference());
    }

    @Test
    void moreBitsHaveLessNoise() {
        double before = Double.NEGATIVE_INFINITY;
        for (int bits : new int[] {2, 4, 6, 8}) {
            AccuracyReport report = new AccuracyValidator(model(), rounded(bits)).compare(batches(5));
            assertThat(report.layer("").signalToNoise()).as("%d bits", bits).isGreaterThan(before + 6);
            before = report.layer("").signalToNoise();
        }
    }

    private static Layer rounded(int bits) {
        Layer twin = model();
        twin.parameters().stream()
                .filter(parameter -> parameter.rank() == 2)
                .forEach(weight -> weight.copyFrom(
                        Quantizer.symmetric(bits).quantize(weight).dequantize()));
        return twin;
    }

    @Test
    void replacedLayersAreFoundByTheirPath() {
        Layer twin = model();
        twin.replaceChild("0", new Sequential(rounded(8).child("0")));
        AccuracyReport report = new AccuracyValidator(model(), twin).compare(batches(5));
        assertThat(report.layers())
                .extracting(LayerError::path)
                .as("without 0.0, which only the twin has")
                .containsExactly("0", "1", "2", "3", "");
        assertThat(report.layer("0").kind()).isEqualTo("Sequential");
        assertThat(report.layer("0").signalToNoise()).isBetween(30.0, 60.0);
        assertThat(new AccuracyValidator(twin, model()).compare(batches(5)).layers())
                .extracting(LayerError::path)
                .as("without 0.0, which only the original has")
                .containsExactly("0", "1", "2", "3", "");
    }

    @Test
    void accuracyIsThatOfBothModels() {
        Layer right = identity(1);
        Layer wrong = identity(-1);
        Tensor x = Tensors.of(new double[][] {{1, 0}, {0, 1}, {3, 2}, {5, 6}});
        Batches data = Batches.of(x, Tensors.of(0, 1, 0, 0), 3);
        AccuracyChange change = new AccuracyValidator(right, wrong).accuracy(data);
        assertThat(change).isEqualTo(new AccuracyChange(0.75, 0.25));
        assertThat(change.loss()).isEqualTo(0.5);
    }

    private static Layer identity(double sign) {
        return new Sequential(Linear.of(Tensors.of(new double[][] {{sign, 0}, {0, sign}})));
    }

    @Test
    void modesAreAsBefore() {
        Layer model = model();
        model.child("2").eval();
        new AccuracyValidator(model, model()).compare(batches(5));
        assertThat(model.isTraining()).isTrue();
        assertThat(model.child("2").isTraining()).isFalse();
    }

    @Test
    void theTableHasARowForEachLayer() {
        AccuracyReport report = new AccuracyReport(List.of(
                new LayerError("encoder.0", "Linear", 41.26, 0.0123, 0.99999),
                new LayerError("", "Sequential", Double.POSITIVE_INFINITY, 0, 1)));
        assertThat(report.toString().lines())
                .containsExactly(
                        "layer      kind        SNR (dB)  largest diff      cosine",
                        "encoder.0  Linear          41.3        0.0123    0.999990",
                        "(model)    Sequential  Infinity          0.00    1.000000");
    }

    @Test
    void whatCannotBeComparedIsNamed() {
        AccuracyValidator validator = new AccuracyValidator(model(), model());
        assertThatThrownBy(() -> validator.compare(List.of())).hasMessageContaining("no batch");
        assertThatThrownBy(() -> validator.compare(batches(5)).layer("7")).hasMessageContaining("no layer '7'");
        Layer other = new Sequential(new Linear(4, 9, new Generator(1)));
        assertThatThrownBy(() -> new AccuracyValidator(model(), other).compare(batches(5)))
                .hasMessageContaining("layer '0' returns (5, 8), but its twin (5, 9)");
    }
}
