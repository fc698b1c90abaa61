package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.training.Batch;

class RandomWindowsTest {
    /** The token at place i is i, so that each says where it comes from. */
    private static int[] text(int length) {
        return IntStream.range(0, length).toArray();
    }

    private static List<List<Double>> inputs(Iterable<Batch> windows) {
        List<List<Double>> inputs = new ArrayList<>();
        windows.forEach(batch ->
                inputs.add(DoubleStream.of(batch.input().data()).boxed().toList()));
        return inputs;
    }

    @Property
    void aWindowIsPartOfTheTextAndItsTargetsAreTheTokensThatFollow(
            @ForAll @IntRange(min = 1, max = 12) int length,
            @ForAll @IntRange(min = 1, max = 30) int more,
            @ForAll @IntRange(min = 1, max = 4) int batchSize,
            @ForAll @IntRange(min = 1, max = 4) int batches,
            @ForAll long seed) {
        int tokens = length + more;
        RandomWindows windows = new RandomWindows(text(tokens), length, batchSize, batches, new Generator(seed));
        int given = 0;
        for (Batch batch : windows) {
            assertThat(batch.input().shape()).isEqualTo(Shape.of(batchSize, length));
            assertThat(batch.target().shape()).isEqualTo(Shape.of(batchSize, length));
            for (int b = 0; b < batchSize; b++) {
                double first = batch.input().get(b, 0);
                assertThat(first).as("place of a window").isBetween(0.0, (double) tokens - length - 1);
                for (int t = 0; t < length; t++) {
                    assertThat(batch.input().get(b, t)).as("input %d", t).isEqualTo(first + t);
                    assertThat(batch.target().get(b, t)).as("target %d", t).isEqualTo(first + t + 1);
                }
            }
            given++;
        }
        assertThat(given).as("batches in one pass").isEqualTo(batches).isEqualTo(windows.count());
    }

    @Test
    void windowsBeginAtEveryPossiblePlace() {
        RandomWindows windows = new RandomWindows(text(9), 4, 10, 20, new Generator(1));
        List<Double> places = new ArrayList<>();
        for (Batch batch : windows) {
            for (int b = 0; b < batch.size(); b++) {
                places.add(batch.input().get(b, 0));
            }
        }
        assertThat(places).contains(0.0, 1.0, 2.0, 3.0, 4.0).doesNotContain(5.0);
    }

    @Test
    void aTextOfOneWindowGivesItAgainAndAgain() {
        RandomWindows windows = new RandomWindows(text(4), 3, 1, 2, new Generator(1));
        assertThat(inputs(windows)).containsExactly(List.of(0.0, 1.0, 2.0), List.of(0.0, 1.0, 2.0));
    }

    @Test
    void everyPassDrawsAnewAndTheSameSeedDrawsTheSame() {
        RandomWindows windows = new RandomWindows(text(1000), 5, 2, 3, new Generator(1));
        List<List<Double>> first = inputs(windows);
        List<List<Double>> second = inputs(windows);
        assertThat(second).as("the second pass").isNotEqualTo(first);

        RandomWindows again = new RandomWindows(text(1000), 5, 2, 3, new Generator(1));
        assertThat(inputs(again)).as("the first pass with the same seed").isEqualTo(first);
        assertThat(inputs(again)).as("the second pass with the same seed").isEqualTo(second);
    }

    @Test
    void aRunGoesOnFromWhereItsGeneratorStood() {
        RandomWindows windows = new RandomWindows(text(1000), 5, 2, 3, new Generator(1));
        inputs(windows);
        assertThat(windows.generators()).hasSize(1);
        long saved = windows.generators().get(0).state();
        List<List<Double>> next = inputs(windows);

        RandomWindows resumed = new RandomWindows(text(1000), 5, 2, 3, new Generator(2));
        resumed.generators().get(0).state(saved);
        assertThat(inputs(resumed)).isEqualTo(next);
    }

    @Test
    void whatBecomesOfTheArrayLaterDoesNotMatter() {
        int[] tokens = text(4);
        RandomWindows windows = new RandomWindows(tokens, 3, 1, 1, new Generator(1));
        tokens[0] = 99;
        assertThat(inputs(windows)).containsExactly(List.of(0.0, 1.0, 2.0));
    }

    @Test
    void afterTheLastBatchThereIsNone() {
        Iterator<Batch> iterator = new RandomWindows(text(4), 3, 1, 1, new Generator(1)).iterator();
        iterator.next();
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aTextIsLongerThanAWindow() {
        assertThatThrownBy(() -> new RandomWindows(text(3), 3, 1, 1, new Generator(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a text of 3 tokens is too short for windows of 3 and one that follows");
    }

    @Test
    void thereIsAtLeastOneOfEach() {
        Generator generator = new Generator(1);
        assertThatThrownBy(() -> new RandomWindows(text(9), 0, 2, 1, generator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 windows of 0 tokens in a batch are not possible; use at least 1 of each");
        assertThatThrownBy(() -> new RandomWindows(text(9), 3, 0, 1, generator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 windows of 3 tokens in a batch are not possible");
        assertThatThrownBy(() -> new RandomWindows(text(9), 3, 2, 0, generator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 batches are not possible; use at least 1");
    }
}
