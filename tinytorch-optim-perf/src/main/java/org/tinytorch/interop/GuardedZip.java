package org.tinytorch.interop;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A zip that is read in place, entry by entry, and trusted in none of the sizes that it states. Messages name neither the file nor the entry: whoever opened it knows them. */
final class GuardedZip implements Closeable {
    /** The most that deflate makes of one byte: 258 bytes are repeated at the cost of 2 bits (RFC 1951). */
    private static final int DEFLATE_RATIO = 1032;

    private final ZipFile zip;
    private final List<ZipEntry> entries;

    private GuardedZip(ZipFile zip) throws IOException {
        this.zip = zip;
        try {
            this.entries = List.copyOf(Collections.list(zip.entries()));
        } catch (IllegalArgumentException e) {
            zip.close();
            throw e;
        }
    }

    /**
     * Opens a file.
     *
     * @param advice what to do if it is no zip
     * @throws IOException if it is none, or its entries share bytes, which would let a small file unfold many times
     */
    static GuardedZip open(Path file, String advice) throws IOException {
        GuardedZip zip = whole(file, advice);
        try {
            zip.checkRoom(Files.size(file));
        } catch (IOException e) {
            zip.close();
            throw e;
        }
        return zip;
    }

    private static GuardedZip whole(Path file, String advice) throws IOException {
        try {
            return new GuardedZip(new ZipFile(file.toFile()));
        } catch (IOException
                | IllegalArgumentException e) { // the latter is what some JDKs say of names that are no UTF-8
            throw new IOException("it is no whole zip (" + e.getMessage() + "); " + advice, e);
        }
    }

    private void checkRoom(long fileBytes) throws IOException {
        long room = fileBytes;
        for (ZipEntry entry : entries) {
            if (entry.getCompressedSize() < 0 || entry.getCompressedSize() > room) {
                throw new IOException("its entries claim more bytes than the " + fileBytes
                        + " of the file; it is corrupt, or a zip bomb: fetch it again");
            }
            room -= entry.getCompressedSize();
        }
    }

    /** All entries as they are listed, perhaps several of one name. */
    List<ZipEntry> entries() {
        return entries;
    }

    /** Whether an entry's bytes lie in the file as they are. */
    static boolean isStored(ZipEntry entry) {
        return entry.getMethod() == ZipEntry.STORED;
    }

    /**
     * The bytes of an entry, unfolded as they are read. The zip finds it by its name: of two with one name it would give the same twice.
     *
     * @throws IOException if the size that it states cannot come from the bytes that it has
     */
    InputStream open(ZipEntry entry) throws IOException {
        checkSize(entry);
        InputStream in = zip.getInputStream(entry);
        if (in == null) { // the zip's own index does not find what it lists
            throw new IOException("the zip does not find it; it is corrupt: fetch it again");
        }
        return in;
    }

    private static void checkSize(ZipEntry entry) throws IOException {
        long from = entry.getCompressedSize();
        long to = entry.getSize();
        boolean possible = isStored(entry) ? to == from : to >= 0 && to / DEFLATE_RATIO <= from;
        if (!possible) {
            throw new IOException("it states " + to + " bytes, which cannot come from the " + from
                    + " in the zip; it is corrupt, or a zip bomb: fetch it again");
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
