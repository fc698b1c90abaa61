package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class BatchesTest {
    /** Sample i is (10·i, 10·i + 1) with target i. */
    private static Batches numbered(int n, int batchSize) {
        double[] x = new double[2 * n];
        Arrays.setAll(x, i -> i / 2 * 10 + i % 2);
        return Batches.of(Tensors.of(x, n, 2), Tensors.arange(n), batchSize);
    }

    private static List<Double> targets(Iterable<Batch> batches) {
        List<Double> seen = new ArrayList<>();
        for (Batch batch : batches) {
            for (int i = 0; i < batch.size(); i++) {
                assertThat(batch.input().get(i, 1))
                        .as("the input of target %s", batch.target().get(i))
                        .isEqualTo(10 * batch.target().get(i) + 1);
                seen.add(batch.target().get(i));
            }
        }
        return seen;
    }

    @Test
    void theLastBatchHoldsWhatIsLeft() {
        List<Batch> batches = new ArrayList<>();
        numbered(5, 2).forEach(batches::add);

        assertThat(batches).extracting(Batch::size).containsExactly(2, 2, 1);
        assertThat(batches.get(2).input().shape()).isEqualTo(Shape.of(1, 2));
        assertThat(batches.get(1).input().data()).containsExactly(20, 21, 30, 31);
    }

    @Test
    void everyIteratorIsAnotherPass() {
        Batches batches = numbered(4, 3);
        assertThat(targets(batches)).containsExactly(0.0, 1.0, 2.0, 3.0);
        assertThat(targets(batches)).containsExactly(0.0, 1.0, 2.0, 3.0);
    }

    @Test
    void aBatchSharesNothingWithTheSamples() {
        Tensor x = Tensors.of(new double[] {1, 2}, 2, 1);
        Batches.of(x, Tensors.arange(2), 2).iterator().next().input().fill(9);
        assertThat(x.data()).containsExactly(1, 2);
    }

    @Property(tries = 100)
    void shufflingVisitsEverySampleOnceWithItsTarget(
            @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll @IntRange(min = 1, max = 50) int size,
            @ForAll long seed) {
        Batches batches = numbered(n, size).shuffled(new Generator(seed));

        assertThat(targets(batches)).containsExactlyInAnyOrderElementsOf(targets(numbered(n, 1)));
        int count = 0;
        for (Batch batch : batches) {
            count++;
            assertThat(batch.size()).isLessThanOrEqualTo(size);
        }
        assertThat(batches.count()).isEqualTo(count);
    }

    @Test
    void eachPassIsShuffledAnewAndTheSeedSaysHow() {
        Batches one = numbered(20, 3).shuffled(new Generator(7));
        Batches same = numbered(20, 4).shuffled(new Generator(7));

        List<Double> first = targets(one);
        List<Double> second = targets(one);

        assertThat(second).as("the second epoch").isNotEqualTo(first);
        assertThat(targets(same)).as("the same seed").isEqualTo(first);
        assertThat(targets(same)).isEqualTo(second);
    }

    @Test
    void theGeneratorShowsWhereTheNextPassBegins() {
        Batches batches = numbered(20, 3).shuffled(new Generator(7));
        targets(batches);
        long state = batches.generators().get(0).state();
        List<Double> second = targets(batches);

        Generator other = new Generator(0);
        other.state(state);
        assertThat(targets(numbered(20, 3).shuffled(other))).isEqualTo(second);
        assertThat(numbered(20, 3).generators()).isEmpty();
    }

    @Test
    void samplesComeOneByOne() {
        Samples samples = Samples.of(Tensors.of(new double[][] {{1, 2}, {3, 4}}), Tensors.of(0, 1));

        List<Batch> seen = new ArrayList<>();
        samples.forEach(seen::add);

        assertThat(seen).extracting(Batch::size).containsExactly(1, 1);
        assertThat(seen.get(1).input().shape()).isEqualTo(Shape.of(1, 2));
        assertThat(samples.count()).isEqualTo(2);
        assertThat(samples.shuffled(new Generator(1)).generators()).hasSize(1);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> numbered(3, 0))
                .withMessage("batches: a batch size of 0 is not possible; use at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batches.of(Tensors.zeros(0, 2), Tensors.zeros(0), 1))
                .withMessageContaining("no sample");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.of(Tensors.zeros(2, 2), Tensors.zeros(3)))
                .withMessageContaining("2 inputs but 3 targets");
    }

    @Test
    void anIteratorEnds() {
        Iterator<Batch> iterator = numbered(1, 1).iterator();
        iterator.next();
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aHugeBatchSizeDoesNotOverflow() {
        assertThat(numbered(3, Integer.MAX_VALUE).count()).isEqualTo(1);
        assertThat(targets(numbered(3, Integer.MAX_VALUE))).hasSize(3);
    }
}
