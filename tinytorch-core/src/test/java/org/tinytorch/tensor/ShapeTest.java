package org.tinytorch.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** Sizes along axes. */
class ShapeTest {
    @Test
    void printsAsNumPyDoes() {
        assertThat(Shape.of()).hasToString("()");
        assertThat(Shape.of(3)).hasToString("(3,)");
        assertThat(Shape.of(2, 3)).hasToString("(2, 3)");
    }

    @Test
    void sizes() {
        assertThat(Shape.SCALAR.size()).isEqualTo(1);
        assertThat(Shape.of(2, 3, 4).size()).isEqualTo(24);
        assertThat(Shape.of(2, 0, 4).size()).isZero();
        assertThat(Shape.of(0, 2_000_000_000, 2_000_000_000).size())
                .as("nothing is nothing, however wide")
                .isZero();
        assertThat(Shape.of(2, 3).dim(-1)).isEqualTo(3);
    }

    @Test
    void refusesNegativeAndHugeShapes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shape.of(2, -1))
                .withMessage("shape: dimension -1 is negative in (2, -1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shape.of(65_536, 32_768))
                .withMessageContaining("(65536, 32768) has more than 2^31 - 1 elements");
        assertThat(Shape.of(Integer.MAX_VALUE).size()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void strides() {
        assertThat(Shape.of(2, 3, 4).strides()).containsExactly(12, 4, 1);
        assertThat(Shape.SCALAR.strides()).isEmpty();
    }

    @Test
    void offsets() {
        Shape shape = Shape.of(2, 3);
        assertThat(shape.offset(1, 2)).isEqualTo(5);
        assertThat(shape.offset(-1, -3)).isEqualTo(3);
        assertThat(Shape.SCALAR.offset()).isZero();
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> shape.offset(0, 3))
                .withMessage("index (0, 3) is outside shape (2, 3) at axis 1");
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> shape.offset(-3, 0))
                .withMessageContaining("at axis 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shape.offset(1))
                .withMessage("index (1,) has 1 entries, but shape (2, 3) has rank 2");
    }

    @Test
    void axesCountFromBothEnds() {
        Shape shape = Shape.of(2, 3, 4);
        assertThat(shape.axis(2)).isEqualTo(2);
        assertThat(shape.axis(-3)).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shape.axis(3))
                .withMessage("axis 3 does not exist in shape (2, 3, 4); use -3 to 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shape.SCALAR.axis(0))
                .withMessageContaining("it is a scalar");
    }

    @Test
    void broadcasting() {
        assertThat(Shape.of(4, 1).broadcast(Shape.of(3))).isEqualTo(Shape.of(4, 3));
        assertThat(Shape.of(3).broadcast(Shape.of(4, 1))).isEqualTo(Shape.of(4, 3));
        assertThat(Shape.SCALAR.broadcast(Shape.of(2, 0))).isEqualTo(Shape.of(2, 0));
        assertThat(Shape.of(1).broadcast(Shape.of(0))).isEqualTo(Shape.of(0));
        assertThat(Shape.of(8, 1, 6, 1).broadcast(Shape.of(7, 1, 5))).isEqualTo(Shape.of(8, 7, 6, 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shape.of(2, 3).broadcast(Shape.of(2, 4)))
                .withMessageContaining("shapes (2, 3) and (2, 4) differ at axis -1: 3 against 4");
    }

    @Test
    void immutable() {
        int[] dims = {2, 3};
        Shape shape = Shape.of(dims);
        dims[0] = 9;
        shape.dims()[1] = 9;
        assertThat(shape)
                .isEqualTo(Shape.of(2, 3))
                .hasSameHashCodeAs(Shape.of(2, 3))
                .isNotEqualTo(Shape.of(3, 2));
        assertThat((Object) shape).isNotEqualTo("(2, 3)");
        assertThat(shape.with(-1, 7)).isEqualTo(Shape.of(2, 7));
        assertThat(shape.without(0)).isEqualTo(Shape.of(3));
    }
}
