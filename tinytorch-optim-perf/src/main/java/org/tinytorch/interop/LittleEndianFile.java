package org.tinytorch.interop;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of little-endian numbers, read once from first to last through a small buffer. Whoever reads asks {@link #unread} before taking memory for what should follow. */
final class LittleEndianFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel channel;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long unread;

    LittleEndianFile(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.unread = channel.size();
    }

    /** How many bytes of the file are still to come. */
    long unread() {
        return unread;
    }

    int readInt() throws IOException {
        return buffered(Integer.BYTES).getInt();
    }

    float readFloat() throws IOException {
        return buffered(Float.BYTES).getFloat();
    }

    /** Reads numbers of single precision into a part of an array. */
    void readFloats(double[] into, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            into[i] = readFloat();
        }
    }

    byte[] readBytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int at = 0; at < count; ) {
            int part = Math.min(count - at, BUFFER_BYTES);
            buffered(part).get(bytes, at, part);
            at += part;
        }
        return bytes;
    }

    void skip(long bytes) throws IOException {
        int within = (int) Math.min(bytes, buffer.remaining());
        buffer.position(buffer.position() + within);
        channel.position(channel.position() + bytes - within);
        unread -= bytes;
    }

    /** The buffer, with at least so many bytes in it, which count as read. */
    private ByteBuffer buffered(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            buffer.compact();
            while (buffer.position() < bytes) {
                if (channel.read(buffer) < 0) {
                    throw new EOFException(
                            "the file became shorter while it was read; read it again when nobody writes it");
                }
            }
            buffer.flip();
        }
        unread -= bytes;
        return buffer;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
