// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/RooflineMeter.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.time.Duration;
import org.tinytorch.acceleration.Workers;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Finds this machine's roof: the peak by products of matrices in the backend in use, the bandwidth by a triad {@code a[i] = b[i] + s · c[i]} (McCalpin's STREAM, 1995) on all threads, over arrays that no
 * cache should hold. Both count their fastest run, since a roof is what can be reached.
 *
 * <p>The triad counts the 24 bytes for each i that the program asks for; that a processor reads a[i] too before it writes there is left out, as in STREAM.
 */
public final class RooflineMeter {
    private static final int MATRIX = 768;
    private static final int ELEMENTS = 1 << 23;
    private static final int BYTES_OF_TRIAD = 3 * Double.BYTES;

    /** Three arrays must fit beside everything else. */
    private static final int PART_OF_HEAP = 4;

    private final Benchmark benchmark;
    private final Workers workers;
    private final int matrix;
    private final int elements;

    /** Products of 768 x 768, and arrays of 64 MiB, or less if all three would take more than a quarter of the heap. */
    public RooflineMeter() {
        this(
                new Benchmark()
                        .warmUp(WarmUp.untilSettled(0.05, Duration.ofSeconds(1), 500))
                        .budget(Duration.ofSeconds(1), 5),
                Workers.shared(),
                MATRIX,
                (int) Math.min(ELEMENTS, Runtime.getRuntime().maxMemory() / PART_OF_HEAP / BYTES_OF_TRIAD));
    }

    /**
     * With other sizes.
     *
     * @param benchmark how to measure
     * @param workers who runs the triad
     * @param matrix rows and columns of the products
     * @param elements of each of the three arrays of the triad
     * @throws IllegalArgumentException if a size is not positive
     */
    public RooflineMeter(Benchmark benchmark, Workers workers, int matrix, int elements) {
        if (matrix < 1 || elements < 1) {
            throw new IllegalArgumentException("roofline: matrices of " + matrix + " rows and arrays of " + elements
                    + " numbers are not possible; use at least 1 of each");
        }
        this.benchmark = benchmark;
        this.workers = workers;
        this.matrix = matrix;
        this.elements = elements;
    }

    /** Measures both. */
    public Roofline measure() {
        return new Roofline(
                peakFlops(),
                bandwidth(),
                "products of " + matrix + " x " + matrix + " in the backend '"
                        + Backend.current().name() + "', triad over 3 x "
                        + Units.bytes((double) Double.BYTES * elements) + " on " + workers.threads()
                        + (workers.threads() == 1 ? " thread" : " threads"));
    }

    private double peakFlops() {
        Generator generator = new Generator(1);
        Tensor a = Tensors.rand(generator, matrix, matrix);
        Tensor b = Tensors.rand(generator, matrix, matrix);
        double flops = 2.0 * matrix * matrix * matrix;
        try (NoGrad scope = NoGrad.enter()) {
            return perSecond(flops, benchmark.measure("product", () -> a.matmul(b)));
        }
    }

    private double bandwidth() {
        double[] a = new double[elements];
        double[] b = new double[elements];
        double[] c = new double[elements];
        return perSecond(
                (double) BYTES_OF_TRIAD * elements,
                benchmark.measure(
                        "triad", () -> workers.share(elements, elements, (from, to) -> triad(a, b, c, from, to))));
    }

    private static void triad(double[] a, double[] b, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] = b[i] + 3 * c[i];
        }
    }

    /** In the fastest run: 2000 in 100 ns are {@code 2·10¹⁰} a second. */
    private static double perSecond(double amount, Measurement measured) {
        return amount / (measured.quantile(0) * 1e-9);
    }
}
