package org.tinytorch.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

/** Reading and writing single numbers, copies and views. */
class ElementAccessTest {
    private final Tensor x = Tensors.of(new double[][] {{1, 2, 3}, {4, 5, 6}});

    @Test
    void get() {
        assertThat(x.get(0, 2)).isEqualTo(3);
        assertThat(x.get(-1, -3)).isEqualTo(4);
        assertThat(Tensors.scalar(7).get()).isEqualTo(7);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> x.get(2, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> x.get(2)).withMessageContaining("rank 2");
    }

    @Test
    void set() {
        x.set(9, 1, -1);
        assertThat(x.data()).containsExactly(1, 2, 3, 4, 5, 9);
        int version = x.version();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> x.set(0, 0, 3));
        assertThat(x.version()).as("a refused write is no write").isEqualTo(version);
    }

    @Test
    void item() {
        assertThat(Tensors.ones(1, 1).mul(4).item()).isEqualTo(4);
        assertThatIllegalStateException()
                .isThrownBy(x::item)
                .withMessageContaining("shape (2, 3) holds 6 numbers, not one");
        assertThatIllegalStateException()
                .isThrownBy(() -> Tensors.zeros(0).item())
                .withMessageContaining("holds 0 numbers");
    }

    @Test
    void copyFromAndFill() {
        x.copyFrom(Tensors.ones(2, 3));
        assertThat(x.data()).containsOnly(1);
        x.fill(4);
        assertThat(x.data()).containsOnly(4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.copyFrom(Tensors.ones(3, 2)))
                .withMessage("copyFrom: shapes differ: (2, 3) and (3, 2)");
    }

    @Test
    void whatSharesAndWhatCopies() {
        assertThat(x.reshape(3, 2).sharesStorageWith(x)).isTrue();
        assertThat(x.detach().sharesStorageWith(x)).isTrue();
        assertThat(x.copy().sharesStorageWith(x)).isFalse();
        assertThat(x.transpose().sharesStorageWith(x)).isFalse();
        assertThat(x.slice(0, 0, 2).sharesStorageWith(x)).isFalse();
        x.reshape(6).set(9, 0);
        assertThat(x.get(0, 0)).isEqualTo(9);
    }

    @Test
    void theVersionBelongsToTheStorage() {
        Tensor view = x.reshape(6);
        Tensor copy = x.copy();
        view.set(0, 0);
        assertThat(x.version()).isEqualTo(1);
        assertThat(view.version()).isEqualTo(1);
        assertThat(copy.version()).isZero();
    }

    @Test
    void allClose() {
        assertThat(x.allClose(x.add(1e-9))).isTrue();
        assertThat(x.allClose(x.add(1e-3))).isFalse();
        assertThat(x.allClose(x.add(1e-3), 0, 1e-2)).isTrue();
        assertThat(x.allClose(x.mul(1.01), 0.02, 0)).isTrue();
        assertThat(x.allClose(x.reshape(6))).as("shapes differ").isFalse();
        Tensor infinite = Tensors.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        assertThat(infinite.allClose(infinite.copy())).isTrue();
        assertThat(infinite.allClose(infinite.neg())).isFalse();
        assertThat(infinite.allClose(Tensors.of(1e308, -1e308))).isFalse();
        assertThat(Tensors.of(1e308).allClose(Tensors.of(Double.POSITIVE_INFINITY)))
                .isFalse();
        assertThat(Tensors.of(Double.NaN).allClose(Tensors.of(Double.NaN))).isFalse();
        assertThat(Tensors.zeros(0).allClose(Tensors.zeros(0))).isTrue();
    }
}
