package org.tinytorch.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Rearranging loses nothing. */
class ShapingPropertiesTest {
    @Provide
    Arbitrary<Tensor> tensors() {
        return Drawn.shapes().flatMap(Drawn::tensors);
    }

    @Provide
    Arbitrary<Tensor> filled() {
        return Drawn.filledShapes().flatMap(Drawn::tensors);
    }

    private static void same(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.data()).isEqualTo(expected.data());
    }

    @Property(tries = 200)
    void aPermutationAndItsInverse(@ForAll("tensors") Tensor x, @ForAll Random random) {
        List<Integer> order = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            order.add(axis);
        }
        Collections.shuffle(order, random);
        Permute permute = new Permute(order);
        same(Operation.run(permute.inverse(), Operation.run(permute, x)), x);
    }

    @Property(tries = 200)
    void reshapeThereAndBack(@ForAll("tensors") Tensor x) {
        same(x.reshape(x.size()).reshape(x.shape()), x);
        same(x.unsqueeze(0).unsqueeze(-1).squeeze(-1).squeeze(0), x);
    }

    @Property(tries = 200)
    void splitAndConcat(
            @ForAll("filled") Tensor x,
            @ForAll @IntRange(min = 1, max = 5) int size,
            @ForAll @IntRange(max = 3) int drawn) {
        int axis = drawn % x.rank();
        List<Tensor> pieces = x.split(size, axis);
        assertThat(pieces).hasSize((x.dim(axis) + size - 1) / size);
        same(Tensors.concat(axis, pieces.toArray(Tensor[]::new)), x);
    }

    @Property(tries = 200)
    void padAndSliceOffAgain(
            @ForAll("filled") Tensor x,
            @ForAll @IntRange(max = 3) int before,
            @ForAll @IntRange(max = 3) int after,
            @ForAll @IntRange(max = 3) int drawn) {
        int axis = drawn % x.rank();
        same(x.pad(axis, before, after, 7).slice(axis, before, before + x.dim(axis)), x);
    }

    @Property(tries = 200)
    void trianglesAddUp(@ForAll("filled") Tensor x, @ForAll @IntRange(min = -4, max = 4) int diagonal) {
        Tensor matrices = x.unsqueeze(0);
        same(matrices.tril(diagonal).add(matrices.triu(diagonal + 1)), matrices);
    }

    @Property(tries = 200)
    void selectingEveryIndexIsTheIdentity(@ForAll("filled") Tensor x, @ForAll @IntRange(max = 3) int drawn) {
        int axis = drawn % x.rank();
        same(x.indexSelect(axis, Tensors.arange(x.dim(axis))), x);
    }
}
