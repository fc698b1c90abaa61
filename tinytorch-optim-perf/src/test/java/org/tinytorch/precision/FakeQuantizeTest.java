package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class FakeQuantizeTest {
    private static final Quantization ONES = new Quantization(1, 0, -7, 7);
    private static final Quantization TENS = new Quantization(10, 0, -7, 7);

    @Test
    void gradientsPassWhereANumberIsRoundedAndEndWhereItIsCut() {
        Tensor x = Tensors.of(0.4, 1.6, 9, -7.4, -7.6).requiresGrad(true);
        Tensor y = new StraightThrough(List.of(ONES)).apply(x);
        assertThat(y.data()).containsExactly(0, 2, 7, -7, -7);
        y.backward(Tensors.of(1, 2, 3, 4, 5));
        assertThat(x.grad().orElseThrow().data()).containsExactly(1, 2, 0, 4, 0);
    }

    @Test
    void eachRunHasItsOwnScale() {
        Tensor x = Tensors.of(new double[][] {{1.2, 70}, {12, 70}}).requiresGrad(true);
        Tensor y = new StraightThrough(List.of(ONES, TENS)).apply(x);
        assertThat(y.data()).containsExactly(1, 7, 10, 70);
        y.sum().backward();
        assertThat(x.grad().orElseThrow().data()).containsExactly(1, 0, 1, 1);
    }

    @Test
    void theFirstBatchSetsTheRangeAndOthersMoveIt() {
        FakeQuantize layer = new FakeQuantize(Quantizer.asymmetric(8), 0.25);
        layer.forward(Tensors.of(-1, 3));
        assertThat(layer.quantization()).isEqualTo(Quantizer.asymmetric(8).choose(-1, 3));
        layer.forward(Tensors.of(-3, 5));
        assertThat(layer.quantization()).isEqualTo(Quantizer.asymmetric(8).choose(-1.5, 3.5));
    }

    @Test
    void inEvaluationModeTheRangeStays() {
        FakeQuantize layer = new FakeQuantize(Quantizer.symmetric(8));
        layer.forward(Tensors.of(-1, 1));
        Quantization learnt = layer.quantization();
        layer.eval();
        Tensor y = layer.forward(Tensors.of(100, 0.3));
        assertThat(layer.quantization()).isEqualTo(learnt);
        assertThat(y.get(0)).as("cut off").isEqualTo(learnt.max());
        assertThat(y.get(1)).isCloseTo(0.3, within(learnt.scale() / 2));
    }

    @Test
    void theRangeIsSavedWithTheModel() {
        FakeQuantize learnt = new FakeQuantize(Quantizer.asymmetric(8));
        learnt.forward(Tensors.of(-2, 5));
        FakeQuantize loaded = new FakeQuantize(Quantizer.asymmetric(8));
        loaded.loadStateDict(learnt.stateDict());
        assertThat(loaded.eval().forward(Tensors.of(1.23)).data())
                .isEqualTo(learnt.eval().forward(Tensors.of(1.23)).data());
    }

    @Test
    void withoutARangeItSaysWhatIsMissing() {
        FakeQuantize layer = new FakeQuantize(Quantizer.asymmetric(8));
        layer.eval();
        assertThatThrownBy(() -> layer.forward(Tensors.of(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no range was learnt yet; send a batch through in training mode");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new FakeQuantize(Quantizer.symmetric(8).perChannel()))
                .hasMessageContaining("per channel")
                .hasMessageContaining("use perTensor()");
        for (double momentum : new double[] {0, 1.5, Double.NaN}) {
            assertThatThrownBy(() -> new FakeQuantize(Quantizer.symmetric(8), momentum))
                    .hasMessageContaining("momentum of " + momentum);
        }
        assertThatThrownBy(() -> new FakeQuantize(Quantizer.symmetric(8)).forward(Tensors.of(1, Double.NaN)))
                .hasMessageContaining("fakeQuantize: the number at [1]");
    }
}
