// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/TarGz.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Unpacks an archive that is known beforehand, into a folder that appears as a whole or not at all. What an entry calls itself never becomes a path: it is
 * looked up among the known names, so there is nothing by which it could lead elsewhere.
 */
final class TarGz {
    /** Room for the headers and the padding of entries, and the empty blocks at the end. */
    private static final long OVERHEAD = 1 << 20;

    private static final int BUFFER = 1 << 16;

    private final RemoteFile archive;
    private final ArchiveLayout layout;
    private final Path directory;
    private final DownloadListener listener;
    private final Path unfinished;
    private final Set<String> unpacked = new HashSet<>();

    TarGz(RemoteFile archive, ArchiveLayout layout, Path directory, DownloadListener listener) {
        this.archive = archive;
        this.layout = layout;
        this.directory = directory;
        this.listener = listener;
        this.unfinished = directory.resolve("." + layout.folder() + ".unpacking");
    }

    /** Unpacks the archive, which lies in the directory, beside itself. The caller sees to it that nobody else does. */
    void unpack() throws IOException {
        clear(); // what a program that was killed has left
        try {
            Files.createDirectory(unfinished);
            read();
            List<String> missing = layout.files().stream()
                    .map(RemoteFile::name)
                    .filter(name -> !unpacked.contains(name))
                    .toList();
            if (!missing.isEmpty()) {
                throw refusal("lacks " + String.join(", ", missing));
            }
            Files.move(unfinished, directory.resolve(layout.folder()), StandardCopyOption.ATOMIC_MOVE);
        } catch (DownloadException e) {
            throw e;
        } catch (EOFException | ZipException e) {
            throw refusal("is damaged: " + PartFile.reason(e));
        } catch (IOException e) {
            throw new DownloadException(
                    "unpack " + archive.name() + " in " + directory + ": " + PartFile.reason(e)
                            + "; the archive is kept and nothing was unpacked. Make room, or let the folder be written,"
                            + " and start again",
                    e);
        } finally {
            clear(); // after the move there is nothing left
        }
    }

    private void read() throws IOException {
        try (InputStream raw =
                        new BufferedInputStream(Files.newInputStream(directory.resolve(archive.name())), BUFFER);
                InputStream plain = new BoundedStream(
                        new GZIPInputStream(raw, BUFFER), layout.unpackedBytes() + OVERHEAD, archive.name());
                TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                accept(entry, tar);
            }
        }
    }

    private void accept(TarArchiveEntry entry, InputStream content) throws IOException {
        String name = entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName();
        String shown = "entry '" + name.replaceAll("[^ -~]", "?") + "' ";
        requireInside(name, shown);
        String folder = layout.folder() + "/";
        if (entry.isDirectory() && (name.isEmpty() || name.equals(folder))) {
            return;
        }
        if (entry.getLinkFlag() != TarConstants.LF_NORMAL && entry.getLinkFlag() != TarConstants.LF_OLDNORM) {
            throw refusal(shown + "is a link, a device or something else that is not a file");
        }
        String file = name.startsWith(folder) ? name.substring(folder.length()) : "";
        Optional<RemoteFile> known =
                layout.files().stream().filter(one -> one.name().equals(file)).findFirst();
        requireSize(entry.getSize(), known, file, shown);
        if (!unpacked.add(file)) {
            throw refusal(shown + "occurs twice");
        }
        listener.unpacking(archive, file);
        Checksum expected = known.map(RemoteFile::checksum).orElse(archive.checksum());
        Checksum found = write(content, unfinished.resolve(file), expected);
        if (known.isPresent() && !found.equals(expected)) {
            throw refusal(shown + "is not the official file: expected " + expected + ", found " + found);
        }
    }

    /** Such names would be unknown anyway; who meets one should learn what it was. */
    private void requireInside(String name, String shown) throws DownloadException {
        if (name.startsWith("/") || name.startsWith("\\") || name.matches("[A-Za-z]:.*")) {
            throw refusal(shown + "is an absolute path");
        }
        if (Arrays.asList(name.split("[/\\\\]")).contains("..")) {
            throw refusal(shown + "leads out of its folder");
        }
    }

    private void requireSize(long bytes, Optional<RemoteFile> known, String file, String shown)
            throws DownloadException {
        Optional<Long> most = Optional.ofNullable(layout.extras().get(file));
        if (known.isEmpty() && most.isEmpty()) {
            throw refusal(shown + "is not one of those that it should hold");
        }
        if (known.isPresent() && bytes != known.get().bytes()) {
            throw refusal(
                    shown + "has " + bytes + " bytes, expected " + known.get().bytes());
        }
        if (known.isEmpty() && bytes > most.orElseThrow()) {
            throw refusal(shown + "has " + bytes + " bytes, expected at most " + most.orElseThrow());
        }
    }

    private static Checksum write(InputStream content, Path file, Checksum expected) throws IOException {
        MessageDigest digest = expected.algorithm().digest();
        byte[] buffer = new byte[BUFFER];
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                digest.update(buffer, 0, count);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
            out.force(true);
        }
        return expected.of(digest);
    }

    private void clear() throws IOException {
        if (!Files.isDirectory(unfinished)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(unfinished)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(unfinished);
    }

    private DownloadException refusal(String what) {
        return new DownloadException("unpack " + archive.name() + ": " + what
                + "; it is not the official archive, and nothing was unpacked");
    }
}
