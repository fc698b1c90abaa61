package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;

class SequentialWindowsTest {
    /** The token at place i is i, so that each says where it comes from. */
    private static int[] text(int length) {
        return IntStream.range(0, length).toArray();
    }

    private static List<Batch> batches(int tokens, int length, int batchSize) {
        List<Batch> batches = new ArrayList<>();
        new SequentialWindows(text(tokens), length, batchSize).forEach(batches::add);
        return batches;
    }

    private static void is(Batch batch, double[][] input, double[][] target) {
        assertThat(batch.input().shape()).isEqualTo(Tensors.of(input).shape());
        assertThat(batch.input().data()).containsExactly(Tensors.of(input).data());
        assertThat(batch.target().shape()).isEqualTo(Tensors.of(target).shape());
        assertThat(batch.target().data()).containsExactly(Tensors.of(target).data());
    }

    @Test
    void aTextIsCutIntoWindowsAndTheRestIsABatchOfItsOwn() {
        List<Batch> batches = batches(9, 3, 2);
        assertThat(batches).hasSize(2);
        is(batches.get(0), new double[][] {{0, 1, 2}, {3, 4, 5}}, new double[][] {{1, 2, 3}, {4, 5, 6}});
        is(batches.get(1), new double[][] {{6, 7}}, new double[][] {{7, 8}});
    }

    @Test
    void theLastWholeBatchMayHaveFewerWindows() {
        List<Batch> batches = batches(10, 3, 2);
        assertThat(batches).hasSize(2);
        is(batches.get(1), new double[][] {{6, 7, 8}}, new double[][] {{7, 8, 9}});
    }

    @Test
    void aTextShorterThanAWindowIsOneShortWindow() {
        List<Batch> batches = batches(3, 8, 4);
        assertThat(batches).hasSize(1);
        is(batches.get(0), new double[][] {{0, 1}}, new double[][] {{1, 2}});
    }

    @Property
    void everyTokenButTheFirstIsPredictedOnceAndFromTheOneBefore(
            @ForAll @IntRange(min = 2, max = 60) int tokens,
            @ForAll @IntRange(min = 1, max = 12) int length,
            @ForAll @IntRange(min = 1, max = 5) int batchSize) {
        List<Double> inputs = new ArrayList<>();
        List<Double> targets = new ArrayList<>();
        for (Batch batch : batches(tokens, length, batchSize)) {
            for (int i = 0; i < batch.input().size(); i++) {
                inputs.add(batch.input().data()[i]);
                targets.add(batch.target().data()[i]);
            }
        }
        assertThat(inputs)
                .as("inputs")
                .isEqualTo(
                        IntStream.range(0, tokens - 1).mapToObj(i -> (double) i).toList());
        assertThat(targets)
                .as("targets")
                .isEqualTo(IntStream.range(1, tokens).mapToObj(i -> (double) i).toList());
    }

    @Property
    void everyBatchButTheLastTwoIsFullAndTheyAreCounted(
            @ForAll @IntRange(min = 2, max = 60) int tokens,
            @ForAll @IntRange(min = 1, max = 12) int length,
            @ForAll @IntRange(min = 1, max = 5) int batchSize) {
        List<Batch> batches = batches(tokens, length, batchSize);
        assertThat(new SequentialWindows(text(tokens), length, batchSize).count())
                .as("count")
                .isEqualTo(batches.size());
        for (int i = 0; i < batches.size() - 2; i++) {
            assertThat(batches.get(i).input().shape()).isEqualTo(Shape.of(batchSize, length));
        }
    }

    @Test
    void everyPassIsTheSame() {
        SequentialWindows windows = new SequentialWindows(text(9), 3, 2);
        for (int pass = 0; pass < 2; pass++) {
            is(windows.iterator().next(), new double[][] {{0, 1, 2}, {3, 4, 5}}, new double[][] {{1, 2, 3}, {4, 5, 6}});
        }
    }

    @Test
    void whatBecomesOfTheArrayLaterDoesNotMatter() {
        int[] tokens = text(3);
        SequentialWindows windows = new SequentialWindows(tokens, 2, 1);
        tokens[0] = 99;
        is(windows.iterator().next(), new double[][] {{0, 1}}, new double[][] {{1, 2}});
    }

    @Test
    void afterTheLastBatchThereIsNone() {
        Iterator<Batch> iterator = new SequentialWindows(text(3), 2, 1).iterator();
        iterator.next();
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aTextHasATokenThatFollowsAnother() {
        assertThatThrownBy(() -> new SequentialWindows(text(1), 3, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a text of 1 tokens has none that follows another");
        assertThatThrownBy(() -> new SequentialWindows(text(0), 3, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a text of 0 tokens");
    }

    @Test
    void thereIsAtLeastOneOfEach() {
        assertThatThrownBy(() -> new SequentialWindows(text(9), 0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 windows of 0 tokens in a batch are not possible; use at least 1 of each");
        assertThatThrownBy(() -> new SequentialWindows(text(9), 3, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1 windows of 3 tokens in a batch are not possible");
    }
}
