package org.tinytorch.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tinytorch.acceleration.AutoBackend;
import org.tinytorch.compression.BlockSparseMatrix;
import org.tinytorch.compression.CsrMatrix;
import org.tinytorch.compression.SparseProduct;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The linear layer of module 18: samples times a weight of 1024 by 1024 of which only a part is not 0, skipping the zeros or as if there were none. On the default backend; the density at which two of
 * the kinds take the same time is the break-even. The dense product does the same work at every density.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class SparseBenchmark {
    private static final int WIDTH = 1024;

    /** The share of the weight that is not 0. */
    @Param({"0.01", "0.02", "0.05", "0.1", "0.2", "0.3", "0.5"})
    private double density;

    /** One, as when a text is written, or a batch. */
    @Param({"1", "16", "256"})
    private int samples;

    /** All numbers, single numbers that are not 0 ({@code csr}), or blocks of eight outputs that are not 0 ({@code blocks}). */
    @Param({"dense", "csr", "blocks"})
    private String kind;

    private final Backend backend = new AutoBackend();
    private Operation product;
    private Tensor[] inputs;

    /** Draws the weight and the samples. */
    @Setup
    public void draw() {
        Generator generator = new Generator(1);
        Tensor x = Tensors.randn(generator, samples, WIDTH);
        if (kind.equals("dense")) {
            product = new MatMul(false, true);
            inputs = new Tensor[] {x, weight(generator, 1)};
        } else if (kind.equals("csr")) {
            product = new SparseProduct(CsrMatrix.of(weight(generator, 1)));
            inputs = new Tensor[] {x};
        } else {
            product = new SparseProduct(BlockSparseMatrix.of(weight(generator, BlockSparseMatrix.HEIGHT)));
            inputs = new Tensor[] {x};
        }
    }

    /** A weight of which so many outputs at a time have the same inputs. */
    private Tensor weight(Generator generator, int together) {
        Tensor kept = Tensors.rand(generator, WIDTH / together, 1, WIDTH).lt(density);
        Tensor values = Tensors.randn(generator, WIDTH / together, together, WIDTH);
        return values.mul(kept).reshape(WIDTH, WIDTH);
    }

    /** {@code x·Wᵀ}. */
    @Benchmark
    public Tensor layer() {
        return backend.compute(product, inputs);
    }
}
