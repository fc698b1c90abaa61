package org.tinytorch.tokenization;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file as a whole or not at all: to a temporary file beside it, which then takes its place. The same is done for checkpoints in module 08,
 * which this package does without.
 */
final class WholeFile {
    private WholeFile() {}

    static void write(Path file, byte[] content) throws IOException {
        // The target of a symbolic link is replaced, not the link.
        Path target = Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(
                    "tokenizer file: " + file + ": the folder " + folder + " does not exist; create it first");
        }
        if (Files.isDirectory(target)) {
            throw new IOException("tokenizer file: " + file + " is a folder; name a file in it");
        }
        Path temporary = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IOException("tokenizer file: " + file + " cannot be written: " + e, e);
        } finally {
            Files.deleteIfExists(temporary); // after the move there is nothing left to delete
        }
    }
}
