// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/PartFile.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The beginning of a file, {@code NAME.part}, and beside it in {@code NAME.part.source} the address that it came from and the version that it is of. Each
 * piece is handed to the system as it arrives, so that whatever ends the program leaves a part to go on from.
 */
final class PartFile implements AutoCloseable {
    private final Path target;
    private final Path part;
    private final Path source;
    private Optional<FileChannel> channel = Optional.empty();

    PartFile(Path directory, String name) {
        this.target = directory.resolve(name);
        this.part = directory.resolve(name + ".part");
        this.source = directory.resolve(name + ".part.source");
    }

    Path path() {
        return part;
    }

    /** How many bytes are there. */
    long size() throws DownloadException {
        try {
            return Files.exists(part) ? Files.size(part) : 0;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** By what the server at an address recognises the version that the bytes are of, if they came from there. */
    Optional<String> validator(URI address) {
        try {
            List<String> lines = Files.exists(source) ? Files.readAllLines(source) : List.of();
            return lines.size() == 2 && lines.get(0).equals(address.toString())
                    ? Optional.of(lines.get(1))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // without it the download goes on all the same; the checksum decides
        }
    }

    /** Makes ready for bytes from a position on; what is there from that position on is lost. */
    void begin(long position, URI address, Optional<String> validator) throws DownloadException {
        try {
            close();
            FileChannel opened = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel = Optional.of(opened);
            opened.truncate(position);
            opened.position(position);
            if (validator.isPresent()) {
                Files.write(source, List.of(address.toString(), validator.get()));
            } else {
                Files.deleteIfExists(source);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void append(ByteBuffer bytes) throws DownloadException {
        try {
            FileChannel opened = channel.orElseThrow();
            while (bytes.hasRemaining()) {
                opened.write(bytes);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Forgets all of it. */
    void discard() throws DownloadException {
        try {
            close();
            Files.deleteIfExists(part);
            Files.deleteIfExists(source);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Gives the file its own name, once all of it is on the disk. */
    void publish() throws DownloadException {
        try {
            close();
            try (FileChannel whole = FileChannel.open(part, StandardOpenOption.WRITE)) {
                whole.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(source);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isPresent()) {
            channel.get().close();
            channel = Optional.empty();
        }
    }

    private DownloadException unusable(IOException e) {
        return new DownloadException(
                part + " cannot be written: " + reason(e)
                        + "; make room or let it be written, and start again: what has arrived is kept",
                e);
    }

    /** The system's words, without the path in front of them. */
    static String reason(IOException e) {
        if (e instanceof FileSystemException failure) {
            return failure.getReason() == null ? e.getClass().getSimpleName() : failure.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
