package org.tinytorch.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Replaces a file as a whole: the new content goes to a temporary file in the same directory, is forced to the disk and then renamed over the old
 * one. Whoever reads sees the old file or the new one; a crash at any moment leaves one of the two whole.
 */
public final class AtomicFile {
    /** What is to be written. */
    @FunctionalInterface
    public interface Content {
        /** Writes it, from first to last. */
        void writeTo(WritableByteChannel channel) throws IOException;
    }

    /** The steps that touch the disk, so that a test can let any of them fail. */
    interface Disk {
        /** The real one. */
        Disk REAL = new Disk() {};

        default WritableByteChannel create(Path file) throws IOException {
            return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        }

        default void force(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }

        default void rename(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private AtomicFile() {}

    /**
     * Writes a file as a whole or not at all.
     *
     * @throws IOException if something fails; then the old file, if any, is untouched, and the temporary one is removed
     */
    public static void write(Path file, Content content) throws IOException {
        write(file, content, Disk.REAL);
    }

    /**
     * Writes a text in UTF-8, as a whole or not at all.
     *
     * @throws IOException as {@link #write}
     */
    public static void writeText(Path file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(file, channel -> writeFully(channel, ByteBuffer.wrap(bytes)));
    }

    static void write(Path file, Content content, Disk disk) throws IOException {
        // The target of a symbolic link is replaced, not the link; a link to nowhere has no target yet.
        Path target = Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new IOException(
                    "write: " + file + ": the directory " + directory + " does not exist; create it first");
        }
        if (Files.isDirectory(target)) {
            throw new IOException("write: " + file + " is a directory; name a file in it");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) { // the rename would put a file in a device's place
            throw new IOException("write: " + file + " is a device or a pipe; name a file");
        }
        Path temporary = directory.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (WritableByteChannel channel = disk.create(temporary)) {
                content.writeTo(channel);
            }
            disk.force(temporary);
            disk.rename(temporary, target);
        } catch (FileSystemException e) { // speaks of the temporary file, of which the user knows nothing
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new IOException("write: " + file + " cannot be written: " + reason, e);
        } finally {
            discard(temporary); // after the rename there is nothing left to delete
        }
        forceDirectory(directory);
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException second) {
            // What failed before this is what the caller must hear of, and it is on its way.
        }
    }

    /** Makes the rename itself survive a power cut, where the system lets a directory be opened; Windows does not. */
    private static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            // The file is complete either way; only the moment at which its new name reaches the disk is left to the
            // system.
        }
    }

    /** Writes all of the bytes: a channel may take less than it was given, and this goes on until none is left. */
    public static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
