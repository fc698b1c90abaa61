// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/RawTensors.java. Read it, don't edit it.
package org.tinytorch.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a safetensors file holds, as {@link SafeTensors}, but each tensor in a type of its own, and in memory as small as in the file: for quantised models.
 *
 * <pre>{@code
 * RawTensor scale = RawTensor.of(scales, DataType.F32);
 * RawTensor weight = new RawTensor(DataType.I8, shape, integers);
 * new RawTensors(Map.of("scale", scale, "weight", weight), Map.of()).write(file);
 * }</pre>
 *
 * @param tensors the tensors by name; reading keeps the order of the header, writing puts types of more bytes first, so that every number lies at a multiple of its size, and then sorts by
 *     name
 * @param metadata text by name
 */
public record RawTensors(Map<String, RawTensor> tensors, Map<String, String> metadata) {
    private static final Comparator<Map.Entry<String, RawTensor>> ORDER =
            Comparator.<Map.Entry<String, RawTensor>>comparingInt(
                            tensor -> -tensor.getValue().type().bytes())
                    .thenComparing(Map.Entry.comparingByKey());

    /**
     * Contents to be written.
     *
     * @throws IllegalArgumentException if a tensor is called {@code __metadata__}, which the format keeps for itself
     */
    public RawTensors {
        SafeTensorsHeader.checkNames(tensors.keySet());
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Writes a file, as a whole or not at all: a crash at any byte leaves an older file of that name as it was.
     *
     * @throws IOException if writing fails; no partial file is left behind
     */
    public void write(Path file) throws IOException {
        List<Map.Entry<String, RawTensor>> ordered =
                tensors.entrySet().stream().sorted(ORDER).toList();
        SafeTensorsHeader header = SafeTensorsHeader.describe(ordered, RawTensor::type, RawTensor::shape, metadata);
        AtomicFile.Content numbers = channel -> {
            for (Map.Entry<String, RawTensor> tensor : ordered) {
                AtomicFile.writeFully(channel, ByteBuffer.wrap(tensor.getValue().bytes()));
            }
        };
        SafeTensorsFile.write(file, header, numbers, AtomicFile.Disk.REAL);
    }

    /**
     * Reads a file of any types. Everything the header says is checked against the size of the file before memory for a tensor is taken.
     *
     * @throws IOException if there is no such file, it is cut short, too long or corrupt, or a tensor has more than 2³¹ − 1 bytes; the message names the file and the tensor
     */
    public static RawTensors read(Path file) throws IOException {
        SafeTensorsFile.Contents<RawTensor> contents = SafeTensorsFile.read(file, RawTensors::readOne);
        return new RawTensors(contents.tensors(), contents.metadata());
    }

    private static RawTensor readOne(SafeTensorsHeader.Entry entry, ReadableByteChannel channel) throws IOException {
        try {
            byte[] bytes = new byte[RawTensor.length(entry.type(), entry.shape())];
            SafeTensorsFile.fill(channel, ByteBuffer.wrap(bytes));
            return new RawTensor(entry.type(), entry.shape(), bytes);
        } catch (IllegalArgumentException e) {
            throw new IOException("tensor \"" + entry.name() + "\": " + e.getMessage(), e);
        }
    }
}
