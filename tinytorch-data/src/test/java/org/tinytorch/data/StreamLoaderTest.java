package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;

class StreamLoaderTest {
    private static Stream<Sample> numbers(int n) {
        return IntStream.range(0, n).mapToObj(i -> new Sample(Tensors.of(i, -i), Tensors.scalar(i)));
    }

    private static List<Double> epoch(StreamLoader loader) {
        List<Double> seen = new ArrayList<>();
        for (Batch batch : loader) {
            for (double target : batch.target().data()) {
                seen.add(target);
            }
        }
        return seen;
    }

    @Test
    void batchesComeInTheOrderOfTheStreamAndTheLastMayBeSmaller() {
        List<String> batches = new ArrayList<>();
        DataLoader.ofStream(() -> numbers(3), 2).forEach(batch -> batches.add(batch.input() + " " + batch.target()));
        assertThat(batches).containsExactly("[[ 0.  0.]\n [ 1. -1.]] [0. 1.]", "[[ 2. -2.]] [2.]");
    }

    @Test
    void nothingIsReadBeforeItIsNeeded() {
        AtomicInteger read = new AtomicInteger();
        StreamLoader loader = DataLoader.ofStream(() -> numbers(1_000_000_000).peek(s -> read.incrementAndGet()), 4);
        try (StreamLoader.Pass pass = loader.iterator()) {
            pass.next();
            assertThat(read.get()).isLessThanOrEqualTo(5);
        }
    }

    @Property(tries = 100)
    void shufflingKeepsEverySample(
            @ForAll @IntRange(max = 60) int n, @ForAll @IntRange(min = 1, max = 80) int buffer, @ForAll long seed) {
        StreamLoader loader = DataLoader.ofStream(() -> numbers(n), 7).shuffled(buffer, new Generator(seed));
        List<Double> first = epoch(loader);
        assertThat(first)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, n).asDoubleStream().boxed().toList());
        for (int i = 0; i < n; i++) {
            assertThat(first.get(i)).as("place %d", i).isLessThan(i + buffer);
        }
    }

    @Test
    void epochsDifferAndTheStateBeforeOneRepeatsIt() {
        StreamLoader loader = DataLoader.ofStream(() -> numbers(50), 7).shuffled(20, new Generator(1));
        List<Double> first = epoch(loader);
        long state = loader.generators().get(0).state();
        List<Double> second = epoch(loader);
        assertThat(second).isNotEqualTo(first);
        loader.generators().get(0).state(state);
        assertThat(epoch(loader)).isEqualTo(second);
        assertThat(DataLoader.ofStream(() -> numbers(5), 2).generators()).isEmpty();
    }

    @Test
    void theStreamIsClosedAtItsEndEarlyAndAfterAnError() {
        AtomicInteger closed = new AtomicInteger();
        StreamLoader loader = DataLoader.ofStream(() -> numbers(3).onClose(closed::incrementAndGet), 2);
        epoch(loader);
        assertThat(closed).as("at the end").hasValue(1);
        StreamLoader.Pass pass = loader.iterator();
        pass.next();
        pass.close();
        assertThat(closed).as("early").hasValue(2);
        assertThat(pass.hasNext()).isFalse();
        assertThatThrownBy(pass::next).isInstanceOf(NoSuchElementException.class);

        Stream<Sample> broken = numbers(9).onClose(closed::incrementAndGet).peek(sample -> {
            if (sample.target().item() == 1) {
                throw new IllegalStateException("line 2 is broken");
            }
        });
        assertThatThrownBy(() -> epoch(DataLoader.ofStream(() -> broken, 4))).hasMessage("line 2 is broken");
        assertThat(closed).as("after an error").hasValue(3);
    }

    @Test
    void samplesOfDifferentShapesAreRefused() {
        StreamingDataset uneven = () -> Stream.of(
                new Sample(Tensors.zeros(2), Tensors.scalar(0)), new Sample(Tensors.zeros(3), Tensors.scalar(0)));
        assertThatThrownBy(() -> epoch(DataLoader.ofStream(uneven, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("differ in shape: (2,) and (3,)");
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> DataLoader.ofStream(() -> numbers(1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a batch size of 0");
        assertThatThrownBy(() -> DataLoader.ofStream(() -> numbers(1), 1).shuffled(0, new Generator(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a buffer of 0 samples");
    }
}
