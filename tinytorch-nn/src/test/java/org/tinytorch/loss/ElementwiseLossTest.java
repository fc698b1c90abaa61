package org.tinytorch.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Mean squared, mean absolute and Huber's error, by hand. */
class ElementwiseLossTest {
    static final List<Loss> LOSSES =
            List.of(new MseLoss(), new L1Loss(), new HuberLoss(), new BceWithLogitsLoss(), new KlDivLoss());

    private final Tensor prediction = Tensors.of(new double[][] {{1, 2}, {3, 4}});
    private final Tensor target = Tensors.of(new double[][] {{1, 4}, {0, 4.5}}); // differences 0, −2, 3, −½

    @Test
    void meanSquaredError() {
        assertThat(new MseLoss().forward(prediction, target).item()).isEqualTo((4 + 9 + 0.25) / 4);
        assertThat(new MseLoss()
                        .reduction(Reduction.SUM)
                        .forward(prediction, target)
                        .item())
                .isEqualTo(13.25);
        assertThat(new MseLoss()
                        .reduction(Reduction.NONE)
                        .forward(prediction, target)
                        .data())
                .containsExactly(0, 4, 9, 0.25);
        assertThat(new MseLoss().gradient(prediction, target).data()).containsExactly(0, -1, 1.5, -0.25);
        assertThat(new MseLoss()
                        .reduction(Reduction.SUM)
                        .gradient(prediction, target)
                        .data())
                .containsExactly(0, -4, 6, -1);
    }

    @Test
    void meanAbsoluteError() {
        assertThat(new L1Loss().forward(prediction, target).item()).isEqualTo(5.5 / 4);
        assertThat(new L1Loss()
                        .reduction(Reduction.NONE)
                        .forward(prediction, target)
                        .data())
                .containsExactly(0, 2, 3, 0.5);
        assertThat(new L1Loss().gradient(prediction, target).data()).containsExactly(0, -0.25, 0.25, -0.25);
    }

    @Test
    void hubersError() {
        assertThat(new HuberLoss()
                        .reduction(Reduction.NONE)
                        .forward(prediction, target)
                        .data())
                .containsExactly(0, 1.5, 2.5, 0.125);
        assertThat(new HuberLoss(2)
                        .reduction(Reduction.NONE)
                        .forward(prediction, target)
                        .data())
                .containsExactly(0, 2, 4, 0.125);
        assertThat(new HuberLoss().gradient(prediction, target).data()).containsExactly(0, -0.25, 0.25, -0.125);
    }

    @Test
    void hubersErrorIsSmoothWhereItTurnsLinear() {
        Tensor edge = Tensors.of(0.5).requiresGrad(true);

        new HuberLoss(0.5).forward(edge, Tensors.of(0)).backward();

        assertThat(edge.grad().orElseThrow().item()).isCloseTo(0.5, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void hubersDeltaIsPositive(double delta) {
        assertThatThrownBy(() -> new HuberLoss(delta))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("huber: delta " + delta + " is not possible; it must be positive and finite");
    }

    @Test
    void aScalarIsFine() {
        assertThat(new MseLoss().forward(Tensors.scalar(3), Tensors.scalar(1)).item())
                .isEqualTo(4);
    }

    @Test
    void nanIsNotHidden() {
        assertThat(new MseLoss()
                        .forward(Tensors.of(Double.NaN, 1), Tensors.of(0, 1))
                        .item())
                .isNaN();
    }

    @ParameterizedTest
    @FieldSource("LOSSES")
    void shapesMustBeEqual(Loss loss) {
        assertThatThrownBy(() -> loss.forward(Tensors.zeros(4, 1), Tensors.zeros(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        ": shapes differ: prediction (4, 1), target (4,); reshape one, it is not broadcast");
        assertThatThrownBy(() -> loss.gradient(Tensors.zeros(4, 1), Tensors.zeros(4)))
                .hasMessageContaining("shapes differ");
    }

    @ParameterizedTest
    @FieldSource("LOSSES")
    void anEmptyBatchIsRefused(Loss loss) {
        assertThatThrownBy(() -> loss.forward(Tensors.zeros(0, 3), Tensors.zeros(0, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the batch is empty: the prediction has shape (0, 3)");
    }

    @ParameterizedTest
    @FieldSource("LOSSES")
    void optionsReturnACopy(Loss loss) {
        assertThat(loss.forward(prediction, Tensors.zeros(2, 2)).shape()).isEqualTo(Shape.SCALAR);
        assertThat(new MseLoss().reduction(Reduction.SUM))
                .isEqualTo(new MseLoss(Reduction.SUM))
                .isNotEqualTo(new MseLoss());
    }
}
