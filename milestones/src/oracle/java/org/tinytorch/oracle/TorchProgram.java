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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * A few lines of TorchScript, run by libtorch in float64.
 *
 * <p>DJL gives Java only some of PyTorch's functions, and with options of its own choice. TorchScript reaches them all, losses and the fused optimiser steps
 * included, by the names and with the options of {@code native_functions.yaml}. So the lines are packed into the archive that {@code torch.jit.save} would
 * write (a zip with the source, a pickled empty module and a version) and loaded from memory.
 */
final class TorchProgram {
    private static final Engine ENGINE = engine();

    private final String source;
    private final int inputs;

    /**
     * @param inputs how many there are: {@code x0}, {@code x1}, …
     * @param lines the statements; the last one returns a tensor
     */
    TorchProgram(int inputs, String... lines) {
        this.inputs = inputs;
        StringBuilder text =
                new StringBuilder("class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
        text.append("  def forward(self: __torch__.M");
        for (int i = 0; i < inputs; i++) {
            text.append(", x").append(i).append(": Tensor");
        }
        text.append(") -> Tensor:\n");
        Arrays.stream(lines).forEach(line -> text.append("    ").append(line).append('\n'));
        this.source = text.toString();
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
                JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive()), false, false)) {
            return IValueUtils.forward(program, arrays, recording).singletonOrThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalStateException("torch: this failed:\n" + source, e);
        }
    }

    private byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            // Pickles, protocol 2: an object of class __torch__.M whose state is {"training": True}; an empty tuple.
            store(zip, "m/data.pkl", "\u0080\u0002c__torch__\nM\n)\u0081}(X\u0008\0\0\0training\u0088ub.");
            store(zip, "m/constants.pkl", "\u0080\u0002).");
            store(zip, "m/code/__torch__.py", source);
            store(zip, "m/version", "10\n");
        }
        return bytes.toByteArray();
    }

    /** Uncompressed, as PyTorch's reader wants it. */
    private static void store(ZipOutputStream zip, String name, String latin1) throws IOException {
        byte[] content = latin1.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
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
