// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/IntegerNetworkKernels.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.Optional;
import org.tinytorch.acceleration.KernelProvider;
import org.tinytorch.acceleration.Kernels;
import org.tinytorch.acceleration.Workers;
import org.tinytorch.tensor.Tensor;

/** {@link IntegerNetwork} with vectors, some images to each thread. */
public final class IntegerNetworkKernels implements KernelProvider {
    /** Multiply-adds that are worth another thread: some ten microseconds. */
    private static final long WORTH_A_THREAD = 150_000;

    /** For the {@link java.util.ServiceLoader}. */
    public IntegerNetworkKernels() {}

    @Override
    public Kernels kernels(Workers workers) {
        return (op, inputs) -> op instanceof IntegerNetwork network
                ? Optional.of(compute(workers, network, inputs[0]))
                : Optional.empty();
    }

    private static Tensor compute(Workers workers, IntegerNetwork network, Tensor x) {
        IntegerMap.Size out = network.check(x.shape());
        Finite.check("integer network", x);
        int images = x.dim(0);
        double[] numbers = IntegerNetwork.room(images, out);
        int parts = (int) Math.min(images, network.work(x.shape()).multiplyAdds() / WORTH_A_THREAD);
        workers.share(images, parts, (from, to) -> {
            IntegerSums sums = new IntegerSums();
            for (int image = from; image < to; image++) {
                IntegerMap map = IntegerMap.quantize(x, image, network.input());
                for (IntegerStage stage : network.between()) {
                    map = forward(stage, map, sums);
                }
                finish(network, map, sums, numbers, image, out);
            }
        });
        return network.result(numbers, images, out);
    }

    private static IntegerMap forward(IntegerStage stage, IntegerMap in, IntegerSums sums) {
        if (stage instanceof IntegerConvolution convolution) {
            return sums.convolve(convolution, in);
        }
        return stage instanceof IntegerMaxPool pool ? IntegerPooling.max(pool, in) : stage.forward(in);
    }

    private static void finish(
            IntegerNetwork network,
            IntegerMap map,
            IntegerSums sums,
            double[] numbers,
            int image,
            IntegerMap.Size out) {
        if (network.endsInReals()) {
            IntegerConvolution last =
                    (IntegerConvolution) network.stages().get(network.stages().size() - 1);
            IntegerNetwork.put(sums.real(last, map), numbers, image, out);
        } else {
            map.dequantize(numbers, image);
        }
    }
}
