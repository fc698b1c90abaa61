package org.tinytorch.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.tinytorch.spatial.ConvolutionGeometry.random;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.OperationChecks;

/** What holds for every convolution. */
class ConvolutionPropertiesTest {
    private static final double TOLERANCE = 1e-12;

    @Provide
    Arbitrary<ConvolutionGeometry> any() {
        return ConvolutionGeometry.any();
    }

    @Provide
    Arbitrary<ConvolutionGeometry> valid() {
        return ConvolutionGeometry.valid();
    }

    private static double dot(Tensor a, Tensor b) {
        return a.mul(b).sum().item();
    }

    @Property(tries = 200)
    void isLinearInTheImage(@ForAll("any") ConvolutionGeometry c, @ForAll long seed) {
        Tensor a = random(seed, c.x());
        Tensor b = random(seed + 1, c.x());
        Tensor w = random(seed + 2, c.weight());
        OperationChecks.assertClose(
                "convolution of 3a + b",
                Operation.run(c.op(), a.mul(3).add(b), w),
                Operation.run(c.op(), a, w).mul(3).add(Operation.run(c.op(), b, w)),
                TOLERANCE);
    }

    @Property(tries = 200)
    void isLinearInTheWeight(@ForAll("any") ConvolutionGeometry c, @ForAll long seed) {
        Tensor x = random(seed, c.x());
        Tensor v = random(seed + 1, c.weight());
        Tensor w = random(seed + 2, c.weight());
        OperationChecks.assertClose(
                "convolution with 3v + w",
                Operation.run(c.op(), x, v.mul(3).add(w)),
                Operation.run(c.op(), x, v).mul(3).add(Operation.run(c.op(), x, w)),
                TOLERANCE);
    }

    @Property(tries = 300)
    void itsGradientsAreItsAdjoints(@ForAll("any") ConvolutionGeometry c, @ForAll long seed) {
        Tensor x = random(seed, c.x());
        Tensor w = random(seed + 1, c.weight());
        Tensor g = random(seed + 2, c.result());
        Tensor gx = Operation.run(new ConvolutionInputGradient(c.op(), x.dim(2), x.dim(3)), g, w);
        Tensor gw = Operation.run(new ConvolutionWeightGradient(c.op()), x, g);

        double product = dot(Operation.run(c.op(), x, w), g);

        assertThat(gx.shape()).isEqualTo(x.shape());
        assertThat(gw.shape()).isEqualTo(w.shape());
        assertThat(dot(x, gx)).isCloseTo(product, within(1e-10));
        assertThat(dot(w, gw)).isCloseTo(product, within(1e-10));
    }

    @Property(tries = 200)
    void shiftingTheImageShiftsTheResult(
            @ForAll("valid") ConvolutionGeometry c,
            @ForAll long seed,
            @ForAll @IntRange(max = 3) int down,
            @ForAll @IntRange(max = 3) int right) {
        Shape larger = c.x().with(2, c.x().dim(2) + down).with(3, c.x().dim(3) + right);
        Tensor x = random(seed, larger);
        Tensor w = random(seed + 1, c.weight());
        OperationChecks.assertClose(
                "convolution of a shifted image",
                Operation.run(c.op(), cut(x, down, right), w),
                cut(Operation.run(c.op(), x, w), down, right),
                TOLERANCE);
    }

    private static Tensor cut(Tensor x, int rows, int columns) {
        return x.slice(2, rows, x.dim(2)).slice(3, columns, x.dim(3));
    }

    @Property(tries = 200)
    void aKernelWithASingleOneCutsOutAPiece(@ForAll("valid") ConvolutionGeometry c, @ForAll long seed) {
        Convolution op = new Convolution(c.op().rows(), c.op().columns(), 1);
        Tensor x = random(seed, c.x());
        int channel = Math.floorMod(seed, x.dim(1));
        int a = Math.floorMod(seed >> 8, op.rows().size());
        int b = Math.floorMod(seed >> 16, op.columns().size());
        Tensor w = Tensors.zeros(1, x.dim(1), op.rows().size(), op.columns().size());
        w.set(1, 0, channel, a, b);

        Tensor y = Operation.run(op, x, w);

        int top = a * op.rows().dilation();
        int left = b * op.columns().dilation();
        Tensor piece =
                x.slice(1, channel, channel + 1).slice(2, top, top + y.dim(2)).slice(3, left, left + y.dim(3));
        assertThat(y.shape()).isEqualTo(piece.shape());
        assertThat(y.data()).containsExactly(piece.data());
    }

    @Property(tries = 100)
    void groupsAreConvolutionsSideBySide(@ForAll("any") ConvolutionGeometry c, @ForAll long seed) {
        Tensor x = random(seed, c.x());
        Tensor w = random(seed + 1, c.weight());
        Convolution single = new Convolution(c.op().rows(), c.op().columns(), 1);
        int groups = c.op().groups();
        Tensor[] parts = new Tensor[groups];
        for (int i = 0; i < groups; i++) {
            parts[i] = Operation.run(single, part(x, 1, i, groups), part(w, 0, i, groups));
        }
        OperationChecks.assertClose(
                "convolution in groups", Operation.run(c.op(), x, w), Tensors.concat(1, parts), TOLERANCE);
    }

    private static Tensor part(Tensor x, int axis, int i, int parts) {
        int size = x.dim(axis) / parts;
        return x.slice(axis, i * size, (i + 1) * size);
    }
}
