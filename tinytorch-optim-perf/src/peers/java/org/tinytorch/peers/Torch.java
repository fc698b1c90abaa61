package org.tinytorch.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.testing.TorchScript;

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

    /** Where arrays are made. */
    NDManager manager() {
        return manager;
    }

    /** The precision of all. */
    DataType type() {
        return type;
    }

    /** The same numbers in libtorch's memory. */
    NDArray of(Tensor tensor) {
        long[] dims = Arrays.stream(tensor.shape().dims()).asLongStream().toArray();
        return manager.create(tensor.data(), new ai.djl.ndarray.types.Shape(dims))
                .toType(type, false);
    }

    /** The same whole numbers, as libtorch wants them for indices. */
    NDArray integers(Tensor tensor) {
        return of(tensor).toType(DataType.INT64, false);
    }

    /** A single number, in whatever precision. */
    static double number(NDArray scalar) {
        try (NDArray exact = scalar.toType(DataType.FLOAT64, true)) {
            return exact.toDoubleArray()[0];
        }
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

    /** A program in TorchScript. */
    final class Program {
        private final PtSymbolBlock block;

        private Program(int inputs, String... lines) {
            TorchScript script = new TorchScript(inputs, lines);
            try {
                block = JniUtils.loadModule(
                        (PtNDManager) manager, new ByteArrayInputStream(script.archive()), false, false);
            } catch (IOException | RuntimeException e) {
                throw new IllegalStateException("torch: this cannot be loaded:\n" + script.source(), e);
            }
        }

        /** The result, with what its gradients need. */
        NDArray recorded(List<NDArray> inputs) {
            return IValueUtils.forward(block, new NDList(inputs), true).singletonOrThrow();
        }

        void run(List<NDArray> inputs) {
            IValueUtils.forward(block, new NDList(inputs), false).close();
        }
    }

    /** A program that is compiled once. */
    Program program(int inputs, String... lines) {
        return new Program(inputs, lines);
    }

    /** A training step with AdamW: forward, backward, libtorch's fused update, gradients to zero. */
    Runnable stepWithAdamW(List<NDArray> parameters, double rate, Supplier<NDArray> loss) {
        int count = parameters.size();
        Program update = program(4 * count + 1, adamW(count, rate));
        List<NDArray> moments = new ArrayList<>();
        for (int i = 0; i < 2 * count; i++) {
            moments.add(parameters.get(i % count).zerosLike());
        }
        parameters.forEach(parameter -> parameter.setRequiresGradient(true));
        NDArray seed = manager.create(1.0).toType(type, false);
        NDArray steps = manager.create(1f);
        return () -> {
            try (Scope scope = new Scope()) {
                JniUtils.setGradMode(true);
                JniUtils.backward((PtNDArray) scope.keep(loss.get()), (PtNDArray) seed, false, false);
                JniUtils.setGradMode(false);
                List<NDArray> inputs = new ArrayList<>(parameters);
                List<NDArray> gradients = parameters.stream()
                        .map(parameter -> scope.keep(parameter.getGradient()))
                        .toList();
                inputs.addAll(gradients);
                inputs.addAll(moments);
                inputs.add(steps);
                update.run(inputs);
                gradients.forEach(gradient -> gradient.muli(0));
            }
        };
    }

    /** Inputs: parameters, gradients, first moments, second moments, the number of the step. */
    private static String[] adamW(int count, double rate) {
        List<String> lists = new ArrayList<>();
        for (int list = 0; list < 4; list++) {
            int from = list * count;
            lists.add(IntStream.range(from, from + count)
                    .mapToObj(i -> "x" + i)
                    .collect(Collectors.joining(", ", "[", "]")));
        }
        String steps =
                IntStream.range(0, count).mapToObj(i -> "x" + 4 * count).collect(Collectors.joining(", ", "[", "]"));
        return new String[] {
            ("torch._fused_adamw_(%s, annotate(List[Tensor], []), %s, lr=%s, beta1=0.9, beta2=0.999, weight_decay=0.01, eps=1.0e-08, amsgrad=False, maximize=False)")
                    .formatted(String.join(", ", lists), steps, rate),
            "return x0"
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
