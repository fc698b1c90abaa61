package org.tinytorch.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Slices against a model that says what {@code start:stop:step} means in words: go to the start, take an element, step, until the stop is passed. */
class SliceByPythonsRulesTest {
    @Provide
    Arbitrary<Integer> bounds() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(-12, 12), Arbitraries.of(Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    @Provide
    Arbitrary<Integer> steps() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(-4, 4), Arbitraries.of(Integer.MIN_VALUE, Integer.MAX_VALUE))
                .filter(step -> step != 0);
    }

    @Property(tries = 2000)
    void agreesWithTheModel(
            @ForAll @IntRange(max = 8) int size,
            @ForAll("bounds") int start,
            @ForAll("bounds") int stop,
            @ForAll("steps") int step) {
        List<Double> expected = model(size, start, stop, step);
        Tensor slice = Tensors.arange(size).slice(0, start, stop, step);
        assertThat(slice.data())
                .as("range(%d)[%d:%d:%d]", size, start, stop, step)
                .containsExactly(
                        expected.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Property(tries = 300)
    void anInnerAxisIsSlicedTheSameWay(
            @ForAll @IntRange(max = 6) int size,
            @ForAll("bounds") int start,
            @ForAll("bounds") int stop,
            @ForAll("steps") int step) {
        Tensor x = Tensors.arange(size * 6).reshape(2, size, 3);
        Tensor byRow = x.transpose(0, 1).slice(0, start, stop, step).transpose(0, 1);
        Tensor slice = x.slice(1, start, stop, step);
        assertThat(slice.shape()).isEqualTo(byRow.shape());
        assertThat(slice.data()).isEqualTo(byRow.data());
    }

    private static List<Double> model(int size, long start, long stop, long step) {
        long from = start < 0 ? start + size : start;
        long to = stop < 0 ? stop + size : stop;
        // A start outside the list moves to the nearest place that a walk in this direction can begin at.
        from = step > 0 ? Math.max(from, 0) : Math.min(from, size - 1);
        to = Math.max(to, -1);
        List<Double> taken = new ArrayList<>();
        for (long i = from; step > 0 ? i < to && i < size : i > to && i >= 0; i += step) {
            taken.add((double) i);
        }
        return taken;
    }

    /** The examples of Python's tutorial, so that the model itself is held to something. */
    @Example
    void literals() {
        assertThat(model(6, 0, 2, 1)).containsExactly(0.0, 1.0);
        assertThat(model(6, -2, Integer.MAX_VALUE, 1)).containsExactly(4.0, 5.0);
        assertThat(model(6, 4, 42, 1)).containsExactly(4.0, 5.0);
        assertThat(model(6, 42, Integer.MAX_VALUE, 1)).isEmpty();
        assertThat(model(6, Integer.MAX_VALUE, Integer.MIN_VALUE, -1)).containsExactly(5.0, 4.0, 3.0, 2.0, 1.0, 0.0);
        assertThat(model(6, -1, 0, -2)).containsExactly(5.0, 3.0, 1.0);
        assertThat(model(6, -1, -3, -1)).containsExactly(5.0, 4.0);
    }
}
