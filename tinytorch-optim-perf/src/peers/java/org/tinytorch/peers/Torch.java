package org.tinytorch.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.tinytorch.tensor.Tensor;

/** libtorch by way of DJL, without a download. */
final class Torch {
    private final NDManager manager;
    private final DataType type;

    Torch(int threads, boolean single) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        this.manager = Engine.getEngine("PyTorch").newBaseManager();
        this.type = single ? DataType.FLOAT32 : DataType.FLOAT64;
    }

    /** The same numbers in libtorch's memory. */
    NDArray of(Tensor tensor) {
        long[] dims = Arrays.stream(tensor.shape().dims()).asLongStream().toArray();
        return manager.create(tensor.data(), new ai.djl.ndarray.types.Shape(dims))
                .toType(type, false);
    }

    /** A call that frees its result. */
    static Runnable freeing(NDArray x, Function<NDArray, NDArray> function) {
        return () -> function.apply(x).close();
    }

    /**
     * A training step of SGD: forward, backward, {@code w −= rate · gradient}, gradients to zero. Written with libtorch's own operations one by one, as eager PyTorch
     * does, but without Python. The backward pass starts from the rate and not from 1, so that the update is a single subtraction; DJL has none that scales.
     */
    Runnable step(List<NDArray> parameters, double rate, Forward forward) {
        parameters.forEach(parameter -> parameter.setRequiresGradient(true));
        NDArray seed = manager.create(rate).toType(type, false);
        return () -> {
            try (Scope scope = new Scope()) {
                JniUtils.setGradMode(true);
                NDArray loss = forward.loss(scope);
                JniUtils.backward((PtNDArray) loss, (PtNDArray) seed, false, false);
                JniUtils.setGradMode(false);
                for (NDArray parameter : parameters) {
                    NDArray gradient = scope.keep(parameter.getGradient());
                    parameter.subi(gradient);
                    gradient.muli(0);
                }
            }
        };
    }

    /** Computes a loss; what it makes on the way it hands to the scope. */
    interface Forward {
        NDArray loss(Scope scope);
    }

    /** Frees native memory at the end of a step. */
    static final class Scope implements AutoCloseable {
        private final List<NDArray> made = new ArrayList<>();

        NDArray keep(NDArray array) {
            made.add(array);
            return array;
        }

        @Override
        public void close() {
            made.forEach(NDArray::close);
        }
    }
}
