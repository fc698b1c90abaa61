// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/DownloadListener.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.nio.file.Path;
import java.time.Duration;

/** Hears what a {@link Downloader} does, on its thread and in order, to show it. Every method does nothing unless overridden. */
public interface DownloadListener {
    /** Hears everything and does nothing. */
    DownloadListener NONE = new DownloadListener() {};

    /**
     * The data set was there already, whole and right; nothing else will be heard.
     *
     * @param folder where
     */
    default void alreadyThere(Path folder) {}

    /**
     * Bytes begin to arrive, or arrive again after a failure.
     *
     * @param file which file
     * @param have how many bytes are there already: more than 0 if a download goes on, 0 if it begins, also where the server could not go on
     */
    default void receiving(RemoteFile file, long have) {}

    /**
     * More bytes have arrived.
     *
     * @param file which file
     * @param have how many bytes are there now, at most {@link RemoteFile#bytes}
     */
    default void received(RemoteFile file, long have) {}

    /**
     * A connection failed and another will be tried.
     *
     * @param file which file
     * @param reason what went wrong, in a few words
     * @param pause how long until then
     */
    default void retrying(RemoteFile file, String reason, Duration pause) {}

    /**
     * A file is there as a whole, and its checksum is right.
     *
     * @param file which file
     */
    default void verified(RemoteFile file) {}

    /**
     * A file is coming out of an archive.
     *
     * @param archive the archive
     * @param name the file's name
     */
    default void unpacking(RemoteFile archive, String name) {}
}
