package org.tinytorch.training;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * What a safetensors file holds: tensors by name, and some text beside them. The format of Hugging Face's {@code safetensors} library: 8 bytes that
 * say how long the header is (little-endian), the header in JSON, then the numbers, little-endian and row-major. Reading one runs no code, unlike
 * Python's pickle.
 *
 * <pre>{@code
 * new SafeTensors(model.stateDict(), Map.of("epoch", "3")).write(Path.of("model.safetensors"));
 * model.loadStateDict(SafeTensors.read(Path.of("model.safetensors")).tensors());
 * }</pre>
 *
 * @param tensors the tensors by name; reading keeps the order of the header, writing sorts by name
 * @param metadata text by name
 */
public record SafeTensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    /** The longest header that is read, in bytes: the limit of the reference implementation. */
    static final int HEADER_LIMIT = 100_000_000;

    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * Contents to be written.
     *
     * @throws IllegalArgumentException if a tensor is called {@code __metadata__}, which the format keeps for itself
     */
    public SafeTensors {
        if (tensors.containsKey(SafeTensorsHeader.METADATA)) {
            throw new IllegalArgumentException(
                    "safetensors: a tensor cannot be called " + SafeTensorsHeader.METADATA + "; give it another name");
        }
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
     * @param type {@link DataType#F64}, or {@link DataType#F32} for half the size; numbers are rounded, those beyond 3.4e38 become infinite
     * @throws IllegalArgumentException if the type is another one
     * @throws IOException if writing fails; no partial file is left behind
     */
    public void write(Path file, DataType type) throws IOException {
        write(file, type, AtomicFile.Disk.REAL);
    }

    void write(Path file, DataType type, AtomicFile.Disk disk) throws IOException {
        if (!type.writable()) {
            throw new IllegalArgumentException("safetensors: " + type + " can be read but not written; use F64 or F32");
        }
        TreeMap<String, Tensor> sorted = new TreeMap<>(tensors);
        byte[] header = SafeTensorsHeader.describe(sorted, metadata, type).encode();
        if (header.length > HEADER_LIMIT) {
            throw new IOException("safetensors: " + file + ": the header would take " + header.length
                    + " bytes, more than " + HEADER_LIMIT + "; keep big things in tensors, not in metadata");
        }
        AtomicFile.write(
                file,
                channel -> {
                    AtomicFile.writeFully(
                            channel, buffer(Long.BYTES).putLong(header.length).flip());
                    AtomicFile.writeFully(channel, ByteBuffer.wrap(header));
                    ByteBuffer buffer = buffer(BUFFER_BYTES);
                    for (Tensor tensor : sorted.values()) {
                        write(tensor.data(), type, buffer, channel);
                    }
                },
                disk);
    }

    private static void write(double[] numbers, DataType type, ByteBuffer buffer, WritableByteChannel channel)
            throws IOException {
        int chunk = buffer.capacity() / type.bytes();
        for (int from = 0; from < numbers.length; from += chunk) {
            int to = Math.min(numbers.length, from + chunk);
            buffer.clear();
            for (int i = from; i < to; i++) {
                type.put(numbers[i], buffer);
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
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "safetensors: there is no such file; check the path");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel, channel.size(), file);
        }
    }

    private static SafeTensors read(ReadableByteChannel channel, long fileBytes, Path file) throws IOException {
        try {
            if (fileBytes < Long.BYTES) {
                throw new IOException("the file has " + fileBytes
                        + " bytes, but 8 are needed to say how long the header is; the file is cut short");
            }
            long headerBytes = fill(channel, buffer(Long.BYTES)).getLong();
            if (headerBytes < 0 || headerBytes > HEADER_LIMIT || headerBytes > fileBytes - Long.BYTES) {
                throw new IOException("the header claims " + Long.toUnsignedString(headerBytes)
                        + " bytes, but the file has " + fileBytes + " and a header at most " + HEADER_LIMIT
                        + "; the file is cut short, or not a safetensors file");
            }
            byte[] json = fill(channel, buffer((int) headerBytes)).array();
            SafeTensorsHeader header = SafeTensorsHeader.parse(json, fileBytes - Long.BYTES - headerBytes);
            return new SafeTensors(readAll(channel, header), header.metadata());
        } catch (IOException e) {
            throw new IOException("safetensors: " + file + ": " + e.getMessage(), e);
        }
    }

    /** The numbers follow each other without holes, so that reading by position needs no jumps. */
    private static Map<String, Tensor> readAll(ReadableByteChannel channel, SafeTensorsHeader header)
            throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        header.entries()
                .forEach(entry -> tensors.put(entry.name(), Tensors.scalar(0))); // keeps the order of the header
        ByteBuffer buffer = buffer(BUFFER_BYTES);
        for (SafeTensorsHeader.Entry entry : header.byPosition()) {
            tensors.put(entry.name(), readOne(channel, entry, buffer));
        }
        return tensors;
    }

    private static Tensor readOne(ReadableByteChannel channel, SafeTensorsHeader.Entry entry, ByteBuffer buffer)
            throws IOException {
        DataType type = entry.type();
        double[] numbers = new double[entry.shape().size()];
        int chunk = buffer.capacity() / type.bytes();
        try {
            for (int from = 0; from < numbers.length; from += chunk) {
                int to = Math.min(numbers.length, from + chunk);
                fill(channel, buffer.clear().limit((to - from) * type.bytes()));
                for (int i = from; i < to; i++) {
                    numbers[i] = type.get(buffer);
                }
            }
        } catch (ArithmeticException e) {
            throw new IOException("tensor \"" + entry.name() + "\": " + e.getMessage(), e);
        }
        return Tensors.of(numbers, entry.shape());
    }

    private static ByteBuffer fill(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException(
                        "the file became shorter while it was read; read it again when nobody writes it");
            }
        }
        return buffer.flip();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
