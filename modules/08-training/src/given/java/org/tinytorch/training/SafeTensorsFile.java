// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/SafeTensorsFile.java. Read it, don't edit it.
package org.tinytorch.training;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** The frame of a safetensors file: the length of the header, the header, and then bytes that somebody else writes and reads. */
final class SafeTensorsFile {
    /** The longest header that is read, in bytes: the limit of the reference implementation. */
    static final int HEADER_LIMIT = 100_000_000;

    private SafeTensorsFile() {}

    /** What was read. */
    record Contents<T>(Map<String, T> tensors, Map<String, String> metadata) {}

    /** Takes the bytes of one tensor from a channel that stands at the first of them. */
    @FunctionalInterface
    interface TensorReader<T> {
        T read(SafeTensorsHeader.Entry entry, ReadableByteChannel channel) throws IOException;
    }

    /** Writes a file, as a whole or not at all. */
    static void write(Path file, SafeTensorsHeader header, AtomicFile.Content numbers, AtomicFile.Disk disk)
            throws IOException {
        byte[] json = header.encode();
        if (json.length > HEADER_LIMIT) {
            throw new IOException("safetensors: " + file + ": the header would take " + json.length
                    + " bytes, more than " + HEADER_LIMIT + "; keep big things in tensors, not in metadata");
        }
        AtomicFile.write(
                file,
                channel -> {
                    AtomicFile.writeFully(
                            channel, buffer(Long.BYTES).putLong(json.length).flip());
                    AtomicFile.writeFully(channel, ByteBuffer.wrap(json));
                    numbers.writeTo(channel);
                },
                disk);
    }

    /** Reads a file. Everything the header says is checked before a tensor is read. */
    static <T> Contents<T> read(Path file, TensorReader<T> reader) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "safetensors: there is no such file; check the path");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel, channel.size(), reader);
        } catch (IOException e) {
            throw new IOException("safetensors: " + file + ": " + e.getMessage(), e);
        }
    }

    /** Reads what would be a file of so many bytes; messages do not say where it is. */
    static <T> Contents<T> read(ReadableByteChannel channel, long bytes, TensorReader<T> reader) throws IOException {
        SafeTensorsHeader header = readHeader(channel, bytes);
        return new Contents<>(readAll(channel, header, reader), header.metadata());
    }

    private static SafeTensorsHeader readHeader(ReadableByteChannel channel, long fileBytes) throws IOException {
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
        return SafeTensorsHeader.parse(json, fileBytes - Long.BYTES - headerBytes);
    }

    /** The numbers follow each other without holes, so that reading by position needs no jumps. */
    private static <T> Map<String, T> readAll(
            ReadableByteChannel channel, SafeTensorsHeader header, TensorReader<T> reader) throws IOException {
        Map<String, T> read = new LinkedHashMap<>();
        for (SafeTensorsHeader.Entry entry : header.byPosition()) {
            read.put(entry.name(), reader.read(entry, channel));
        }
        Map<String, T> asListed = new LinkedHashMap<>();
        header.entries().forEach(entry -> asListed.put(entry.name(), read.get(entry.name())));
        return asListed;
    }

    /** Reads until a buffer is full, and turns it round. */
    static ByteBuffer fill(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException(
                        "the file became shorter while it was read; read it again when nobody writes it");
            }
        }
        return buffer.flip();
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
