package org.tinytorch.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * What a safetensors file holds: tensors by name, and some text beside them. The format of Hugging Face's {@code safetensors} library: 8 bytes that
 * say how long the header is (little-endian), the header in JSON, then the numbers, little-endian and row-major. Reading one runs no code, unlike
 * Python's pickle.
 *
 * <pre>{@code
 * new SafeTensors(model.stateDict(), Map.of("epoch", "3")).write(Path.of("model.safetensors"));
 * SafeTensors.load(Path.of("model.safetensors"), model);                   // into a model
 * SafeTensors contents = SafeTensors.read(Path.of("model.safetensors"));   // or by itself
 * }</pre>
 *
 * @param tensors the tensors by name; reading keeps the order of the header, writing sorts by name
 * @param metadata text by name
 */
public record SafeTensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    private static final int BUFFER_BYTES = 1 << 16;

    /** How many batches PyTorch's batch normalisation has seen; it is used only there where a layer has no momentum. */
    private static final String BATCH_COUNT = "num_batches_tracked";

    /**
     * Contents to be written.
     *
     * @throws IllegalArgumentException if a tensor is called {@code __metadata__}, which the format keeps for itself
     */
    public SafeTensors {
        SafeTensorsHeader.checkNames(tensors.keySet());
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Tensors without metadata. */
    public SafeTensors(Map<String, Tensor> tensors) {
        this(tensors, Map.of());
    }

    /**
     * Writes a file in double precision, as a whole or not at all: a crash at any byte leaves an older file of that name as it was.
     *
     * @throws IOException if writing fails; no partial file is left behind
     */
    public void write(Path file) throws IOException {
        write(file, DataType.F64);
    }

    /**
     * Writes a file, as a whole or not at all.
     *
     * @param type {@link DataType#F64}, {@link DataType#F32} for half the size (numbers are rounded, those beyond 3.4e38 become infinite), or {@link DataType#I8} for
     *     integers in −128 … 127; {@link RawTensors} gives each tensor a type of its own
     * @throws IllegalArgumentException if the type is another one, or a number is none that it holds
     * @throws IOException if writing fails; no partial file is left behind
     */
    public void write(Path file, DataType type) throws IOException {
        write(file, type, AtomicFile.Disk.REAL);
    }

    void write(Path file, DataType type, AtomicFile.Disk disk) throws IOException {
        type.checkWritable();
        TreeMap<String, Tensor> sorted = new TreeMap<>(tensors);
        SafeTensorsHeader header =
                SafeTensorsHeader.describe(sorted.entrySet(), tensor -> type, Tensor::shape, metadata);
        AtomicFile.Content numbers = channel -> {
            ByteBuffer buffer = SafeTensorsFile.buffer(BUFFER_BYTES);
            for (Map.Entry<String, Tensor> tensor : sorted.entrySet()) {
                write(tensor.getKey(), tensor.getValue().data(), type, buffer, channel);
            }
        };
        SafeTensorsFile.write(file, header, numbers, disk);
    }

    private static void write(
            String name, double[] numbers, DataType type, ByteBuffer buffer, WritableByteChannel channel)
            throws IOException {
        int chunk = buffer.capacity() / type.bytes();
        for (int from = 0, to; from < numbers.length; from = to) {
            to = from + Math.min(chunk, numbers.length - from); // near the largest array, from + chunk is no int
            buffer.clear();
            try {
                for (int i = from; i < to; i++) {
                    type.put(numbers[i], buffer);
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("safetensors: tensor \"" + name + "\": " + e.getMessage(), e);
            }
            AtomicFile.writeFully(channel, buffer.flip());
        }
    }

    /**
     * Reads a file. Everything the header says is checked against the size of the file before memory for a tensor is taken.
     *
     * @throws IOException if there is no such file, it is cut short, too long or corrupt, or a number does not fit a double; the message names the
     *     file and the tensor
     */
    public static SafeTensors read(Path file) throws IOException {
        return of(SafeTensorsFile.read(file, reader()));
    }

    /**
     * Reads what lies within another file, such as a zip.
     *
     * @param channel stands at the first byte; not one behind the last is read
     * @param bytes how many there are, as much as the file would have
     * @throws IOException as {@link #read(Path)}; the message does not say where the bytes come from
     */
    public static SafeTensors read(ReadableByteChannel channel, long bytes) throws IOException {
        return of(SafeTensorsFile.read(channel, bytes, reader()));
    }

    /**
     * Gives a model the weights of a file, which PyTorch may have written: {@code safetensors.torch.save_file(model.state_dict(), file)}. Names and shapes must be those of the model's
     * {@link Layer#stateDict()}; layers of this library use PyTorch's. Only what batch normalisation counts there, {@code num_batches_tracked}, is left out, as it has no counterpart here.
     *
     * <pre>{@code
     * Layer model = new Sequential(new Linear(784, 128, generator), new ReLU(), new Linear(128, 10, generator));
     * SafeTensors.load(Path.of("mlp.safetensors"), model);   // "0.weight" (128, 784), "0.bias" (128,), "2.weight", "2.bias"
     * }</pre>
     *
     * @param model whose parameters and buffers are overwritten, in place
     * @throws IOException as {@link #read(Path)}; the model stays as it was
     * @throws IllegalArgumentException if a name is missing or unknown or a shape differs; all such problems are listed, and the model stays as it was
     */
    public static void load(Path file, Layer model) throws IOException {
        Map<String, Tensor> state = new LinkedHashMap<>(read(file).tensors());
        Set<String> own = model.stateDict().keySet();
        state.keySet().removeIf(name -> isBatchCount(name) && !own.contains(name));
        try {
            model.loadStateDict(state);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("safetensors: " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean isBatchCount(String name) {
        return name.equals(BATCH_COUNT) || name.endsWith("." + BATCH_COUNT);
    }

    private static SafeTensors of(SafeTensorsFile.Contents<Tensor> contents) {
        return new SafeTensors(contents.tensors(), contents.metadata());
    }

    private static SafeTensorsFile.TensorReader<Tensor> reader() {
        ByteBuffer buffer = SafeTensorsFile.buffer(BUFFER_BYTES);
        return (entry, channel) -> readOne(channel, entry, buffer);
    }

    private static Tensor readOne(ReadableByteChannel channel, SafeTensorsHeader.Entry entry, ByteBuffer buffer)
            throws IOException {
        DataType type = entry.type();
        double[] numbers = new double[entry.shape().size()];
        int chunk = buffer.capacity() / type.bytes();
        try {
            for (int from = 0, to; from < numbers.length; from = to) {
                to = from + Math.min(chunk, numbers.length - from);
                SafeTensorsFile.fill(channel, buffer.clear().limit((to - from) * type.bytes()));
                for (int i = from; i < to; i++) {
                    numbers[i] = type.get(buffer);
                }
            }
        } catch (ArithmeticException e) {
            throw new IOException("tensor \"" + entry.name() + "\": " + e.getMessage(), e);
        }
        return Tensors.of(numbers, entry.shape());
    }
}
