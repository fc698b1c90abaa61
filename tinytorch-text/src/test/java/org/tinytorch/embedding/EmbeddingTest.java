package org.tinytorch.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Values;

class EmbeddingTest {
    private static final int IDS = 5;
    private static final int WIDTH = 3;
    private static final int PADDING = 2;

    private final Embedding embedding = new Embedding(IDS, WIDTH, new Generator(1));
    private final Embedding padded = Embedding.padded(IDS, WIDTH, PADDING, new Generator(1));

    private static double[] row(Tensor table, int id) {
        return table.slice(0, id, id + 1).data();
    }

    private static double[] gradientOfRow(Embedding embedding, int id) {
        return row(embedding.weight().grad().orElseThrow(), id);
    }

    @Test
    void eachIdBecomesItsRow() {
        Tensor vectors = embedding.forward(Tensors.of(new double[] {4, 0, 4, 1}, 2, 2));
        assertThat(vectors.shape()).isEqualTo(Shape.of(2, 2, WIDTH));
        double[] table = embedding.weight().data();
        assertThat(table).doesNotContain(0);
        assertThat(vectors.reshape(4, WIDTH).slice(0, 1, 3).data())
                .as("rows 0 and 4")
                .containsExactly(
                        table[0], table[1], table[2], table[4 * WIDTH], table[4 * WIDTH + 1], table[4 * WIDTH + 2]);
    }

    @Property
    void itIsTheProductWithOneHotVectors(@ForAll @Size(min = 1, max = 8) List<@IntRange(max = IDS - 1) Integer> list) {
        Tensor ids = Tensors.of(list.stream().mapToDouble(Integer::doubleValue).toArray());
        Tensor product = Tensors.oneHot(ids, IDS).matmul(embedding.weight());
        assertThat(embedding.forward(ids).data()).containsExactly(product.data());
    }

    @Test
    void theTableIsDrawnFromTheStandardNormalDistribution() {
        int count = 100;
        Tensor table = new Embedding(count, count, new Generator(1)).weight();
        double error = 1.0 / count; // of the mean of count² numbers
        assertThat(table.mean().item()).isCloseTo(0, within(4 * error));
        assertThat(table.square().mean().item()).isCloseTo(1, within(4 * Math.sqrt(2) * error));
        assertThat(new Embedding(count, count, new Generator(1)).weight().data())
                .as("with the same seed")
                .containsExactly(table.data());
    }

    @Test
    void gradientsOfAnIdAddUpOverItsPlaces() {
        Tensor g = Values.spread(2, -1, 1, 4, WIDTH);
        embedding.forward(Tensors.of(3, 1, 3, 3)).backward(g);
        double[] sums = new double[WIDTH];
        for (int c = 0; c < WIDTH; c++) {
            sums[c] = g.get(0, c) + g.get(2, c) + g.get(3, c);
        }
        assertThat(gradientOfRow(embedding, 3)).as("three times").containsExactly(sums, within(1e-15));
        assertThat(gradientOfRow(embedding, 1)).as("once").containsExactly(row(g, 1));
        assertThat(gradientOfRow(embedding, 0)).as("never").containsOnly(0);
    }

    @Test
    void gradientsAddUpOverCalls() {
        embedding.forward(Tensors.of(3.0)).sum().backward();
        embedding.forward(Tensors.of(3, 1)).sum().backward();
        assertThat(gradientOfRow(embedding, 3)).containsOnly(2);
        assertThat(gradientOfRow(embedding, 1)).containsOnly(1);
    }

    @Test
    void idsGetNoGradient() {
        Tensor ids = Tensors.of(3, 1).requiresGrad(true);
        embedding.forward(ids).sum().backward();
        assertThat(ids.grad()).isEmpty();
        assertThat(gradientOfRow(embedding, 3)).containsOnly(1);
    }

    @Test
    void thePaddingIsZeroAndTheOthersAreAsWithoutIt() {
        assertThat(padded.forward(Tensors.of(PADDING, PADDING)).data()).containsOnly(0);
        for (int id = 0; id < IDS; id++) {
            if (id != PADDING) {
                assertThat(row(padded.weight(), id)).as("row %d", id).containsExactly(row(embedding.weight(), id));
            }
        }
        assertThat(padded.padding()).hasValue(PADDING);
        assertThat(embedding.padding()).isEmpty();
    }

    @Test
    void thePaddingNeverLearns() {
        Sgd sgd = new Sgd(padded.parameters(), 0.1);
        double[] before = row(padded.weight(), 1).clone();
        for (int step = 0; step < 3; step++) {
            padded.zeroGrad();
            padded.forward(Tensors.of(1, PADDING, PADDING)).sum().backward();
            assertThat(gradientOfRow(padded, PADDING))
                    .as("gradient of the padding")
                    .containsOnly(0);
            sgd.step();
        }
        assertThat(row(padded.weight(), PADDING)).as("the padding").containsOnly(0);
        assertThat(row(padded.weight(), 1)).as("what learns").isNotEqualTo(before);
    }

    @Test
    void anIdThatIsNotThereIsNamedWithItsPosition() {
        assertThatThrownBy(() -> embedding.forward(Tensors.of(0, IDS)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("embedding: index 5.0 at position 1 is not an integer in 0 … 4");
        assertThatThrownBy(() -> embedding.forward(Tensors.of(-1.0)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("index -1.0 at position 0");
        assertThatThrownBy(() -> embedding.forward(Tensors.of(0, 1, 1.5)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("index 1.5 at position 2");
        assertThatThrownBy(() -> embedding.forward(Tensors.of(Double.NaN)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("index NaN at position 0");
    }

    @Test
    void impossibleSizesAreNamed() {
        Generator generator = new Generator(1);
        assertThatThrownBy(() -> new Embedding(0, 3, generator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("embedding: 0 ids with vectors of 3 numbers are not possible; use at least 1 of each");
        assertThatThrownBy(() -> new Embedding(5, 0, generator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 ids with vectors of 0 numbers");
        for (int padding : new int[] {-1, IDS}) {
            assertThatThrownBy(() -> Embedding.padded(IDS, WIDTH, padding, generator))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("embedding: the padding index " + padding + " is not in 0 … 4");
        }
    }

    @Test
    void itDescribesItself() {
        assertThat(embedding).hasToString("Embedding(5, 3)");
        assertThat(padded).hasToString("Embedding(5, 3, padding=2)");
    }
}
