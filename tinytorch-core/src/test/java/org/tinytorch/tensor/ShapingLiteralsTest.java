package org.tinytorch.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Rearranging by hand. */
class ShapingLiteralsTest {
    private final Tensor x = Tensors.of(new double[][] {{1, 2, 3}, {4, 5, 6}});

    private static void check(Tensor actual, Shape shape, double... numbers) {
        assertThat(actual.shape()).isEqualTo(shape);
        assertThat(actual.data()).containsExactly(numbers);
    }

    @Test
    void reshaping() {
        check(x.reshape(3, -1), Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
        check(x.reshape(-1), Shape.of(6), 1, 2, 3, 4, 5, 6);
        check(Tensors.scalar(3).reshape(-1), Shape.of(1), 3);
        check(Tensors.scalar(3).reshape(1, 1), Shape.of(1, 1), 3);
        check(Tensors.zeros(0, 3).reshape(-1, 3), Shape.of(0, 3));
        check(Tensors.zeros(2, 3, 4).flatten(1).sum(1), Shape.of(2), 0, 0);
        check(x.flatten(), Shape.of(6), 1, 2, 3, 4, 5, 6);
        check(x.flip(1), Shape.of(2, 3), 3, 2, 1, 6, 5, 4);
        check(x.flatten(0), Shape.of(6), 1, 2, 3, 4, 5, 6);
        check(x.flatten(-1), Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    }

    @Test
    void transposing() {
        check(x.transpose(), Shape.of(3, 2), 1, 4, 2, 5, 3, 6);
        check(x.transpose(0, -1), Shape.of(3, 2), 1, 4, 2, 5, 3, 6);
        check(x.reshape(1, 2, 3).permute(2, 0, 1), Shape.of(3, 1, 2), 1, 4, 2, 5, 3, 6);
        check(x.permute(-1, 0), Shape.of(3, 2), 1, 4, 2, 5, 3, 6);
    }

    @Test
    void axesOfSizeOne() {
        assertThat(x.unsqueeze(0).shape()).isEqualTo(Shape.of(1, 2, 3));
        assertThat(x.unsqueeze(-1).shape()).isEqualTo(Shape.of(2, 3, 1));
        assertThat(x.unsqueeze(-3).shape()).isEqualTo(Shape.of(1, 2, 3));
        assertThat(x.unsqueeze(1).squeeze(1).shape()).isEqualTo(Shape.of(2, 3));
        assertThat(Tensors.ones(1, 2, 1).squeeze().shape()).isEqualTo(Shape.of(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.squeeze(0))
                .withMessage("squeeze: axis 0 of shape (2, 3) has size 2, not 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.unsqueeze(3))
                .withMessageContaining("a new axis cannot stand at 3");
        assertThatIllegalArgumentException().isThrownBy(() -> x.unsqueeze(-4)).withMessageContaining("-4");
    }

    @Test
    void repeating() {
        check(Tensors.of(1, 2).expand(2, 2), Shape.of(2, 2), 1, 2, 1, 2);
        check(Tensors.of(1, 2).reshape(2, 1).expand(2, 2), Shape.of(2, 2), 1, 1, 2, 2);
        assertThat(x.expand(2, 3)).as("nothing to do").isSameAs(x);
    }

    @Test
    void slicing() {
        check(x.slice(1, 1, 3), Shape.of(2, 2), 2, 3, 5, 6);
        check(x.slice(1, 0, 3, 2), Shape.of(2, 2), 1, 3, 4, 6);
        check(x.slice(1, -1, Integer.MIN_VALUE, -1), Shape.of(2, 3), 3, 2, 1, 6, 5, 4);
        check(x.slice(0, -1, 99), Shape.of(1, 3), 4, 5, 6);
        check(x.slice(0, 2, 1), Shape.of(0, 3));
        check(x.select(0, 1), Shape.of(3), 4, 5, 6);
        check(x.select(-1, -1), Shape.of(2), 3, 6);
    }

    @Test
    void splitting() {
        List<Tensor> pieces = x.split(2, 1);
        assertThat(pieces).hasSize(2);
        check(pieces.get(0), Shape.of(2, 2), 1, 2, 4, 5);
        check(pieces.get(1), Shape.of(2, 1), 3, 6);
        check(Tensors.concat(1, pieces.toArray(Tensor[]::new)), x.shape(), x.data());
        assertThat(x.split(Integer.MAX_VALUE, 0)).hasSize(1);
        assertThat(Tensors.zeros(2, 0).split(3, 1)).singleElement().satisfies(piece -> assertThat(piece.shape())
                .isEqualTo(Shape.of(2, 0)));
    }

    @Test
    void joining() {
        check(Tensors.concat(0, x, Tensors.of(new double[][] {{7, 8, 9}})), Shape.of(3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        check(Tensors.concat(-1, x, x.slice(1, 0, 1)), Shape.of(2, 4), 1, 2, 3, 1, 4, 5, 6, 4);
        check(Tensors.stack(0, Tensors.of(1, 2), Tensors.of(3, 4)), Shape.of(2, 2), 1, 2, 3, 4);
        check(Tensors.stack(-1, Tensors.of(1, 2), Tensors.of(3, 4)), Shape.of(2, 2), 1, 3, 2, 4);
    }

    @Test
    void picking() {
        check(x.indexSelect(1, Tensors.of(2, 2, 0)), Shape.of(2, 3), 3, 3, 1, 6, 6, 4);
        check(x.gather(1, Tensors.of(new double[][] {{2}, {0}})), Shape.of(2, 1), 3, 4);
        check(x.gather(0, Tensors.of(new double[][] {{1, 0, 1}})), Shape.of(1, 3), 4, 2, 6);
        check(Tensors.where(x.gt(3), x, Tensors.scalar(0)), Shape.of(2, 3), 0, 0, 0, 4, 5, 6);
    }

    @Test
    void framing() {
        check(Tensors.of(1, 2).pad(0, 1, 2, 9), Shape.of(5), 9, 1, 2, 9, 9);
        check(x.pad(-1, 0, 1, 0), Shape.of(2, 4), 1, 2, 3, 0, 4, 5, 6, 0);
        check(Tensors.ones(2, 3).tril(0), Shape.of(2, 3), 1, 0, 0, 1, 1, 0);
        check(Tensors.ones(2, 3).triu(1), Shape.of(2, 3), 0, 1, 1, 0, 0, 1);
        check(x.tril(), Shape.of(2, 3), 1, 0, 0, 4, 5, 0);
        check(x.triu(), Shape.of(2, 3), 1, 2, 3, 0, 5, 6);
    }
}
