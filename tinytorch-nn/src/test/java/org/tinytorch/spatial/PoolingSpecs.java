package org.tinytorch.spatial;

import java.util.ArrayList;
import java.util.List;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Naive;
import org.tinytorch.testing.OperationSpec;
import org.tinytorch.testing.Values;

/** Maxima and means of windows. */
final class PoolingSpecs {
    /** Windows with an input that they slide over. */
    private record Case(Window rows, Window columns, Shape x) {
        Shape result() {
            return Shape.of(x.dim(0), x.dim(1), rows.outputs(x.dim(2)), columns.outputs(x.dim(3)));
        }

        /** The pixels in the window of an output. */
        List<int[]> window(int... at) {
            List<int[]> pixels = new ArrayList<>();
            for (int row = 0; row < x.dim(2); row++) {
                for (int column = 0; column < x.dim(3); column++) {
                    if (hits(rows, at[2], row) && hits(columns, at[3], column)) {
                        pixels.add(new int[] {at[0], at[1], row, column});
                    }
                }
            }
            return pixels;
        }

        private static boolean hits(Window window, int output, int pixel) {
            int tap = pixel + window.before() - output * window.stride();
            return tap >= 0 && tap % window.dilation() == 0 && tap / window.dilation() < window.size();
        }

        int[] winner(Tensor x, int... at) {
            return window(at).stream()
                    .reduce((best, next) -> x.get(next) > x.get(best) || Double.isNaN(x.get(next)) ? next : best)
                    .orElseThrow();
        }

        /** Each output's share, given back to its pixels. */
        Tensor collected(Tensor g, Share share) {
            return Naive.fill(x.dims(), at -> {
                double sum = 0;
                for (int position = 0; position < g.size(); position++) {
                    int[] out = Naive.index(g.shape().dims(), position);
                    for (int[] pixel : window(out)) {
                        sum += java.util.Arrays.equals(pixel, at) ? g.get(out) * share.of(out, pixel) : 0;
                    }
                }
                return sum;
            });
        }
    }

    /** How much of an output's gradient a pixel gets. */
    private interface Share {
        double of(int[] output, int[] pixel);
    }

    private static final List<Case> CASES = List.of(
            new Case(Window.of(2, 2, 0), Window.of(2, 2, 0), Shape.of(2, 2, 4, 6)),
            new Case(Window.of(2, 2, 0), Window.of(2, 2, 0), Shape.of(1, 3, 5, 7)),
            new Case(Window.of(2, 2, 0), Window.of(2, 2, 0), Shape.of(1, 1, 4, 40)),
            new Case(Window.of(3, 2, 1), Window.of(3, 2, 1), Shape.of(2, 1, 5, 6)),
            new Case(Window.of(3, 1, 1), Window.of(2, 1, 0), Shape.of(1, 2, 4, 4)),
            new Case(new Window(2, 1, 2, 1, 0), new Window(3, 2, 2, 1, 1), Shape.of(1, 2, 6, 7)),
            new Case(Window.of(1, 3, 0), Window.of(1, 1, 0), Shape.of(1, 1, 4, 3)),
            new Case(Window.of(2, 2, 0), Window.of(2, 2, 0), Shape.of(0, 2, 4, 4)));

    private PoolingSpecs() {}

    static List<OperationSpec> all() {
        return List.of(
                max(),
                maxGradient(),
                maxLayer(),
                avg(),
                avgGradient(),
                avgLayer(),
                adaptive(),
                adaptiveGradient(),
                adaptiveLayer());
    }

    private static Tensor x(Case c) {
        return Values.spread(1, -1, 1, c.x().dims());
    }

    private static Tensor g(Case c) {
        return Values.spread(2, -1, 1, c.result().dims());
    }

    private static OperationSpec max() {
        OperationSpec.Builder spec = OperationSpec.of("maxPool", MaxPool.class);
        for (Case c : CASES) {
            spec.sample(new MaxPool(c.rows, c.columns), in -> maxima(c, in[0]), x(c));
        }
        MaxPool halves = new MaxPool(Window.of(2, 2, 0), Window.of(2, 2, 0));
        double nan = Double.NaN;
        double inf = Double.POSITIVE_INFINITY;
        return spec.special(
                        halves,
                        Tensors.of(new double[] {nan, -inf, inf}, 1, 1, 1, 3),
                        Tensors.of(new double[] {1, nan, -inf, -inf, 1, inf, 3, 4, -inf, -inf, 2, 0}, 1, 1, 2, 6))
                .rejects(
                        IllegalArgumentException.class,
                        "maxPool2d: input (1, 1, 1, 4), rows: window: a kernel that spans 2 is larger than its input of 1",
                        halves,
                        Tensors.zeros(1, 1, 1, 4))
                .rejects(
                        IllegalArgumentException.class,
                        "maxPool2d: input (4, 4) is not (N, C, H, W)",
                        halves,
                        Tensors.zeros(4, 4))
                .rejects(
                        IllegalArgumentException.class,
                        "maxPool2d: input (1, 1, 2, 2), columns: with a dilation of 3, window 0 steps over the image",
                        new MaxPool(Window.of(1, 1, 0), new Window(2, 1, 3, 1, 1)),
                        Tensors.zeros(1, 1, 2, 2))
                .rejects(
                        IllegalArgumentException.class,
                        "maxPool2d: padding 2 is more than half of the kernel size 3",
                        () -> new MaxPool(Window.of(3, 1, 2), Window.of(3, 1, 1)))
                .build();
    }

    private static Tensor maxima(Case c, Tensor x) {
        return Naive.fill(c.result().dims(), at -> x.get(c.winner(x, at)));
    }

    private static OperationSpec maxGradient() {
        OperationSpec.Builder spec =
                OperationSpec.of("maxPool gradient", MaxPool.Gradient.class).tolerance(1e-15);
        for (Case c : CASES) {
            spec.sample(
                    new MaxPool.Gradient(new MaxPool(c.rows, c.columns)),
                    in -> c.collected(
                            in[1], (out, pixel) -> java.util.Arrays.equals(c.winner(in[0], out), pixel) ? 1 : 0),
                    x(c),
                    g(c));
        }
        MaxPool.Gradient halves = new MaxPool.Gradient(new MaxPool(Window.of(2, 2, 0), Window.of(2, 2, 0)));
        return spec.special( // of equal ones the first wins, as in PyTorch
                        halves,
                        Tensors.of(new double[] {5, 0, 0, 7, 0, 0, 0, 0}, 1, 1, 2, 4),
                        Tensors.of(new double[] {1, 1, 0, 3, 1, 1, 3, 3}, 1, 1, 2, 4),
                        Tensors.of(new double[] {5, 7}, 1, 1, 1, 2))
                .rejects(
                        IllegalArgumentException.class,
                        "maxPool2d gradient: (1, 1, 2, 2) does not fit input (1, 1, 4, 6), whose result is (1, 1, 2, 3)",
                        halves,
                        Tensors.zeros(1, 1, 4, 6),
                        Tensors.zeros(1, 1, 2, 2))
                .build();
    }

    private static OperationSpec maxLayer() {
        OperationSpec.Builder spec = OperationSpec.of("maxPool2d", MaxPool2d.class);
        for (Case c : CASES) {
            spec.computation(
                    c.toString(), in -> new MaxPool2d(c.rows, c.columns).forward(in[0]), in -> maxima(c, in[0]), x(c));
        }
        return spec.build();
    }

    private static OperationSpec avg() {
        OperationSpec.Builder spec = OperationSpec.of("avgPool", AvgPool.class).tolerance(1e-15);
        for (Case c : CASES) {
            spec.sample(new AvgPool(c.rows, c.columns), in -> means(c, in[0]), x(c));
        }
        return spec.build();
    }

    private static double count(Case c) {
        return c.rows.size() * c.columns.size();
    }

    private static Tensor means(Case c, Tensor x) {
        return Naive.fill(
                c.result().dims(),
                at -> c.window(at).stream().mapToDouble(x::get).sum() / count(c));
    }

    private static OperationSpec avgGradient() {
        OperationSpec.Builder spec =
                OperationSpec.of("avgPool gradient", AvgPool.Gradient.class).tolerance(1e-15);
        for (Case c : CASES) {
            spec.sample(
                    new AvgPool.Gradient(new AvgPool(c.rows, c.columns), c.x),
                    in -> c.collected(in[0], (out, pixel) -> 1 / count(c)),
                    g(c));
        }
        return spec.build();
    }

    private static OperationSpec avgLayer() {
        OperationSpec.Builder spec =
                OperationSpec.of("avgPool2d", AvgPool2d.class).tolerance(1e-15);
        for (Case c : CASES) {
            spec.computation(
                    c.toString(), in -> new AvgPool2d(c.rows, c.columns).forward(in[0]), in -> means(c, in[0]), x(c));
        }
        return spec.build();
    }

    private static final List<int[]> GRIDS =
            List.of(new int[] {1, 1}, new int[] {2, 3}, new int[] {5, 7}, new int[] {3, 2});

    private static boolean inCell(int i, int cells, int length, int pixel) {
        return pixel >= Math.floor((double) i * length / cells) && pixel < Math.ceil((i + 1.0) * length / cells);
    }

    private static Tensor cells(int[] grid, Tensor x) {
        return Naive.fill(new int[] {x.dim(0), x.dim(1), grid[0], grid[1]}, at -> {
            double sum = 0;
            int count = 0;
            for (int row = 0; row < x.dim(2); row++) {
                for (int column = 0; column < x.dim(3); column++) {
                    if (inCell(at[2], grid[0], x.dim(2), row) && inCell(at[3], grid[1], x.dim(3), column)) {
                        sum += x.get(at[0], at[1], row, column);
                        count++;
                    }
                }
            }
            return sum / count;
        });
    }

    private static OperationSpec adaptive() {
        OperationSpec.Builder spec =
                OperationSpec.of("adaptiveAvgPool", AdaptiveAvgPool.class).tolerance(1e-14);
        for (int[] grid : GRIDS) {
            spec.sample(
                    new AdaptiveAvgPool(grid[0], grid[1]),
                    in -> cells(grid, in[0]),
                    Values.spread(1, -1, 1, 2, 2, 5, 7));
        }
        return spec.rejects(
                        IllegalArgumentException.class,
                        "adaptiveAvgPool2d: a result of 0 x 2 is not possible",
                        () -> new AdaptiveAvgPool(0, 2))
                .build();
    }

    private static OperationSpec adaptiveGradient() {
        Shape x = Shape.of(2, 2, 5, 7);
        OperationSpec.Builder spec = OperationSpec.of("adaptiveAvgPool gradient", AdaptiveAvgPool.Gradient.class)
                .tolerance(1e-14);
        for (int[] grid : GRIDS) {
            spec.sample(
                    new AdaptiveAvgPool.Gradient(new AdaptiveAvgPool(grid[0], grid[1]), x),
                    in -> spreadOut(grid, x, in[0]),
                    Values.spread(2, -1, 1, 2, 2, grid[0], grid[1]));
        }
        return spec.build();
    }

    /** By the means of images that are 1 at a single pixel, since the mean is linear. */
    private static Tensor spreadOut(int[] grid, Shape x, Tensor g) {
        return Naive.fill(x.dims(), at -> {
            Tensor one = Tensors.zeros(x);
            one.set(1, at);
            return cells(grid, one).mul(g).sum().item();
        });
    }

    private static OperationSpec adaptiveLayer() {
        OperationSpec.Builder spec =
                OperationSpec.of("adaptiveAvgPool2d", AdaptiveAvgPool2d.class).tolerance(1e-14);
        for (int[] grid : GRIDS) {
            spec.computation(
                    grid[0] + "x" + grid[1],
                    in -> new AdaptiveAvgPool2d(grid[0], grid[1]).forward(in[0]),
                    in -> cells(grid, in[0]),
                    Values.spread(1, -1, 1, 2, 2, 5, 7));
        }
        return spec.build();
    }
}
