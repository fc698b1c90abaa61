// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/DirectoryLock.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets one download at a time work in a directory. The system gives the lock up when the program ends, however it does; its file stays. */
final class DirectoryLock implements AutoCloseable {
    private static final String NAME = ".lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Creates the directory if need be, and takes it. */
    static DirectoryLock take(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new DownloadException(
                    directory + " is not a folder and cannot become one (" + e + "); name another (--to)", e);
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(directory.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new DownloadException(
                    directory + " cannot be written into (" + e + "); name another folder (--to)", e);
        }
        if (!lock(channel)) {
            channel.close();
            throw new DownloadException(
                    directory + " is in use by another download; wait until that one has ended, then start again");
        }
        return new DirectoryLock(channel);
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this program has it
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
