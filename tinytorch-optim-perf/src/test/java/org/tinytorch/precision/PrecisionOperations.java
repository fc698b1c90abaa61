package org.tinytorch.precision;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.MaxPool;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Naive;
import org.tinytorch.testing.OperationSpec;
import org.tinytorch.testing.SpecProvider;
import org.tinytorch.testing.Values;

/** The specifications of module 17. */
public final class PrecisionOperations implements SpecProvider {
    private static final Quantization STATIC = new Quantization(0.02, -30, -128, 127);

    @Override
    public List<OperationSpec> specs() {
        return List.of(integerProduct(), integerNetwork());
    }

    private static IntegerProduct product(Quantizer quantizer, Optional<Quantization> input, int out, int in) {
        return new IntegerProduct(quantizer.quantize(Values.spread(3, -1, 1, out, in)), input);
    }

    private static Tensor x(int... dims) {
        return Values.spread(2, -2, 2, dims);
    }

    private static OperationSpec integerProduct() {
        Quantizer eight = Quantizer.symmetric(8);
        OperationSpec.Builder spec =
                OperationSpec.of("integer product", IntegerProduct.class).tolerance(1e-12);
        List.of(
                        product(eight.perChannel(), Optional.empty(), 3, 5),
                        product(eight.perTensor(), Optional.empty(), 4, 70),
                        product(eight.perChannel(), Optional.of(STATIC), 9, 33),
                        product(Quantizer.symmetric(4).perGroup(32), Optional.empty(), 5, 96),
                        product(eight.perGroup(3), Optional.of(STATIC), 2, 12))
                .forEach(op ->
                        List.of(1, 4, 7).forEach(rows -> spec.sample(op, in -> byHand(op, in[0]), x(rows, op.in()))));
        return spec.rejects(
                        IllegalArgumentException.class,
                        "x (2, 4) does not fit a weight (3, 5)",
                        product(eight, Optional.empty(), 3, 5),
                        x(2, 4))
                .rejects(
                        IllegalArgumentException.class,
                        "the number at [1, 0] of a tensor of shape (2, 2) is NaN",
                        product(eight, Optional.empty(), 3, 2),
                        Tensors.of(new double[][] {{0, 0}, {Double.NaN, 0}}))
                .rejects(
                        IllegalArgumentException.class,
                        "is not a matrix (out, in) with zero points 0",
                        () -> product(Quantizer.asymmetric(8), Optional.empty(), 2, 2))
                .build();
    }

    /** The same integers as real numbers, multiplied as real numbers. */
    private static Tensor byHand(IntegerProduct op, Tensor x) {
        Tensor weight = op.weight().dequantize();
        return Naive.fill(new int[] {x.dim(0), op.out()}, at -> {
            double largest = 0;
            for (int p = 0; p < op.in(); p++) {
                largest = Math.max(largest, Math.abs(x.get(at[0], p)));
            }
            Quantization how = op.input().orElse(Quantizer.symmetric(8).choose(-largest, largest));
            double sum = 0;
            for (int p = 0; p < op.in(); p++) {
                sum += how.round(x.get(at[0], p)) * weight.get(at[1], p);
            }
            return sum;
        });
    }

    private static OperationSpec integerNetwork() {
        OperationSpec.Builder spec =
                OperationSpec.of("integer network", IntegerNetwork.class).tolerance(1e-12);
        IntegerNetwork network = SmallNetworks.network(new Generator(3), 3, 20, 1);
        return spec.sample(network, in -> byHand(network, in[0]), x(2, 3, 9, 8))
                .rejects(
                        IllegalArgumentException.class,
                        "input (2, 3, 9) is neither (N, C, H, W) nor (N, C)",
                        network,
                        x(2, 3, 9))
                .rejects(
                        IllegalArgumentException.class,
                        "4 channels do not fit a weight of shape (20, 3, 3, 3)",
                        network,
                        x(2, 4, 9, 8))
                .build();
    }

    /** Each stage in real numbers, rounded to what its integers mean. */
    private static Tensor byHand(IntegerNetwork network, Tensor x) {
        Tensor map = rounded(x, network.input());
        for (IntegerStage stage : network.stages()) {
            if (stage instanceof IntegerConvolution sums) {
                Tensor y = new Convolution(sums.rows(), sums.columns(), 1)
                        .forward(map, sums.weight().dequantize(), Tensors.of(sums.bias()));
                Tensor rectified = sums.relu() ? y.clamp(0, Double.POSITIVE_INFINITY) : y;
                map = sums.output().map(how -> rounded(rectified, how)).orElse(rectified);
            } else {
                IntegerMaxPool pool = (IntegerMaxPool) stage;
                map = new MaxPool(pool.rows(), pool.columns()).forward(map);
            }
        }
        return map;
    }

    private static Tensor rounded(Tensor x, Quantization how) {
        return Tensors.of(Arrays.stream(x.data()).map(how::round).toArray(), x.shape());
    }
}
