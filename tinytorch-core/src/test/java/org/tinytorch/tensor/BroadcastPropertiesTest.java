package org.tinytorch.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tinytorch.testing.Naive;

/** Broadcasting, over shapes that jqwik draws. */
class BroadcastPropertiesTest {
    /** Two tensors whose shapes agree. */
    record Pair(Tensor a, Tensor b) {}

    @Provide
    Arbitrary<Pair> pairs() {
        return Drawn.shapes().flatMap(target -> Drawn.stretchingTo(target)
                .flatMap(Drawn::tensors)
                .flatMap(a -> Drawn.stretchingTo(target).flatMap(Drawn::tensors).map(b -> new Pair(a, b))));
    }

    @Property(tries = 300)
    void additionAndMultiplicationCommute(@ForAll("pairs") Pair pair) {
        same(pair.a().add(pair.b()), pair.b().add(pair.a()));
        same(pair.a().mul(pair.b()), pair.b().mul(pair.a()));
        same(pair.a().maximum(pair.b()), pair.b().maximum(pair.a()));
    }

    @Property(tries = 300)
    void subtractionIsAdditionOfTheNegative(@ForAll("pairs") Pair pair) {
        same(pair.a().sub(pair.b()), pair.a().add(pair.b().neg()));
    }

    @Property(tries = 300)
    void theShapeIsTheNaiveOneFromBothSides(@ForAll("pairs") Pair pair) {
        int[] naive = Naive.broadcast(pair.a().shape().dims(), pair.b().shape().dims());
        assertThat(pair.a().shape().broadcast(pair.b().shape())).isEqualTo(Shape.of(naive));
        assertThat(pair.b().shape().broadcast(pair.a().shape())).isEqualTo(Shape.of(naive));
    }

    @Property(tries = 300)
    void stretchingFirstChangesNothing(@ForAll("pairs") Pair pair) {
        Shape shape = pair.a().shape().broadcast(pair.b().shape());
        same(pair.a().mul(pair.b()), pair.a().expand(shape).mul(pair.b().expand(shape)));
    }

    @Property(tries = 300)
    void gradientsHaveTheShapesOfTheirInputs(@ForAll("pairs") Pair pair) {
        Tensor a = pair.a().copy().requiresGrad(true);
        Tensor b = pair.b().copy().requiresGrad(true);
        Tensor product = a.mul(b);
        product.backward(Tensors.ones(product.shape()));
        close(a.grad().orElseThrow(), Reduce.sumTo(pair.b().expand(product.shape()), a.shape()));
        close(b.grad().orElseThrow(), Reduce.sumTo(pair.a().expand(product.shape()), b.shape()));
    }

    private static void same(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.data()).isEqualTo(expected.data());
    }

    private static void close(Tensor actual, Tensor expected) {
        assertThat(actual.allClose(expected, 1e-12, 1e-12))
                .as("%s against %s", actual, expected)
                .isTrue();
    }
}
