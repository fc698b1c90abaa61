package org.tinytorch.oracle;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.TorchScript;

/**
 * A few lines of TorchScript, run by libtorch in float64.
 *
 * <p>DJL gives Java only some of PyTorch's functions, and with options of its own choice. TorchScript reaches them all, losses and the fused optimiser steps
 * included, by the names and with the options of {@code native_functions.yaml}.
 */
final class TorchProgram {
    private static final Engine ENGINE = engine();

    private final TorchScript script;
    private final int inputs;

    /**
     * @param inputs how many there are: {@code x0}, {@code x1}, …
     * @param lines the statements; the last one returns a tensor
     */
    TorchProgram(int inputs, String... lines) {
        this.inputs = inputs;
        this.script = new TorchScript(inputs, lines);
    }

    /**
     * With everything from the class path: DJL is kept from downloading anything and from reporting its use. One thread, as the tensors are tiny and threads that wait
     * for each other on a busy machine take minutes.
     */
    private static Engine engine() {
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        return Engine.getEngine("PyTorch");
    }

    /** A program of one expression. */
    static TorchProgram of(int inputs, String expression) {
        return new TorchProgram(inputs, "return " + expression);
    }

    /** The result. */
    Tensor run(List<Tensor> arguments) {
        try (NDManager manager = ENGINE.newBaseManager()) {
            return fromTorch(run(manager, toTorch(manager, arguments), false));
        }
    }

    /** The gradients of some inputs: of {@code sum(result · seed)}. */
    List<Tensor> gradients(List<Tensor> arguments, List<Integer> variables, Tensor seed) {
        try (NDManager manager = ENGINE.newBaseManager()) {
            NDList arrays = toTorch(manager, arguments);
            variables.forEach(i -> arrays.get(i).setRequiresGradient(true));
            boolean before = JniUtils.isGradMode();
            JniUtils.setGradMode(true); // off by default, as DJL is made for inference
            try {
                NDArray result = run(manager, arrays, true);
                JniUtils.backward((PtNDArray) result, (PtNDArray) toTorch(manager, seed), false, false);
            } finally {
                JniUtils.setGradMode(before);
            }
            return variables.stream()
                    .map(i -> fromTorch(arrays.get(i).getGradient()))
                    .toList();
        }
    }

    private NDArray run(NDManager manager, NDList arrays, boolean recording) {
        if (arrays.size() != inputs) {
            throw new IllegalArgumentException("torch: " + arrays.size() + " inputs for a program of " + inputs);
        }
        try (PtSymbolBlock program =
                JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(script.archive()), false, false)) {
            return IValueUtils.forward(program, arrays, recording).singletonOrThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalStateException("torch: this failed:\n" + script.source(), e);
        }
    }

    private static NDList toTorch(NDManager manager, List<Tensor> tensors) {
        return new NDList(
                tensors.stream().map(tensor -> toTorch(manager, tensor)).toArray(NDArray[]::new));
    }

    private static NDArray toTorch(NDManager manager, Tensor tensor) {
        long[] dims = Arrays.stream(tensor.shape().dims()).asLongStream().toArray();
        return manager.create(tensor.data(), new ai.djl.ndarray.types.Shape(dims));
    }

    private static Tensor fromTorch(NDArray array) {
        int[] dims = Arrays.stream(array.getShape().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
        return Tensors.of(array.toDoubleArray(), dims);
    }
}
