// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/Downloader.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Fetches data sets, goes on where an earlier attempt ended, checks what arrives, and unpacks it.
 *
 * <p>A file keeps the ending {@code .part} until all of it is there and its checksum is right; an archive is unpacked beside its place and moved there as
 * a whole. So whatever interrupts a download leaves nothing that looks finished and is not. Files that are in the directory already, put there by hand
 * where there is no network, are checked and used.
 */
public final class Downloader {
    private final Patience patience;
    private final DownloadListener listener;
    private final HttpSource source;

    /** A downloader of standard patience that tells nobody. */
    public Downloader() {
        this(Patience.standard(), DownloadListener.NONE);
    }

    /**
     * A downloader.
     *
     * @param patience how long it waits and how often it tries
     * @param listener who hears of its progress
     */
    public Downloader(Patience patience, DownloadListener listener) {
        this.patience = Objects.requireNonNull(patience, "patience");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.source = new HttpSource(patience);
    }

    /**
     * Fetches a data set, or what is missing of it, into a directory. Does nothing if it is there.
     *
     * @param directory where its files go, such as {@link CacheDirectory#of}; created if need be
     * @return the folder with the data set's own files: {@link RemoteDataset#folder}
     * @throws DownloadException if it cannot be fetched: no network or server, wrong content, no room; the message says what to do, and a part that is
     *     worth it is kept
     * @throws InterruptedIOException if the thread is interrupted; what has arrived is kept
     * @throws IOException if the directory cannot be read or locked
     */
    public Path fetch(RemoteDataset dataset, Path directory) throws IOException {
        Path folder = dataset.folder(directory);
        if (isComplete(dataset, directory)) {
            listener.alreadyThere(folder);
            return folder;
        }
        try (DirectoryLock lock = DirectoryLock.take(directory)) {
            // Once more, now that nobody else can be at it.
            if (!isComplete(dataset, directory)) {
                fetchMissing(dataset, directory);
            }
            return folder;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException)
                    new InterruptedIOException(dataset.name() + ": interrupted; start it again to go on from there")
                            .initCause(e);
        }
    }

    private void fetchMissing(RemoteDataset dataset, Path directory) throws IOException, InterruptedException {
        List<RemoteFile> missing = missing(dataset.downloads(), directory);
        requireRoom(dataset, directory, missing);
        for (RemoteFile file : missing) {
            try (FileDownload download = new FileDownload(dataset, file, directory, source, patience, listener)) {
                download.run();
            }
        }
        if (dataset.archive().isPresent()) {
            RemoteFile archive = dataset.downloads().get(0);
            new TarGz(archive, dataset.archive().get(), directory, listener).unpack();
            Files.delete(directory.resolve(archive.name()));
        }
    }

    /** Whether everything is there and right. */
    private static boolean isComplete(RemoteDataset dataset, Path directory) throws IOException {
        Path folder = dataset.folder(directory);
        if (!Files.exists(folder)) {
            return false;
        }
        List<RemoteFile> missing = missing(dataset.files(), folder);
        if (dataset.archive().isPresent() && !missing.isEmpty()) {
            throw new DownloadException(dataset.name() + ": " + folder + " is there, but lacks "
                    + missing.stream().map(RemoteFile::name).collect(Collectors.joining(", "))
                    + "; move it away or name another folder (--to)");
        }
        return missing.isEmpty();
    }

    /** Those that are not there; one that is there but wrong is somebody's, and not overwritten. */
    private static List<RemoteFile> missing(List<RemoteFile> files, Path folder) throws IOException {
        List<RemoteFile> missing = new ArrayList<>();
        for (RemoteFile file : files) {
            Path path = folder.resolve(file.name());
            if (!Files.exists(path)) {
                missing.add(file);
                continue;
            }
            if (Files.size(path) != file.bytes()) {
                throw notOfficial(path, file, Files.size(path) + " bytes");
            }
            Checksum found = file.checksum().of(path);
            if (!found.equals(file.checksum())) {
                throw notOfficial(path, file, found.toString());
            }
        }
        return missing;
    }

    private static DownloadException notOfficial(Path path, RemoteFile file, String found) {
        return new DownloadException(path + " is there, but is not the official file: expected " + file.facts()
                + ", found " + found + "; delete it or name another folder (--to)");
    }

    /** Before the first byte rather than after the last that fits. */
    private static void requireRoom(RemoteDataset dataset, Path directory, List<RemoteFile> missing)
            throws IOException {
        long needed = dataset.archive().map(ArchiveLayout::unpackedBytes).orElse(0L);
        for (RemoteFile file : missing) {
            needed += Math.max(0, file.bytes() - new PartFile(directory, file.name()).size());
        }
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free < needed) {
            throw new DownloadException(String.format(
                    Locale.ROOT,
                    "%s: takes %,d bytes more, but %s has only %,d free; make room or name another folder" + " (--to)",
                    dataset.name(),
                    needed,
                    directory,
                    free));
        }
    }
}
