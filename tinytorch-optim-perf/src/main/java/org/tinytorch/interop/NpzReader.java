package org.tinytorch.interop;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.tinytorch.tensor.Tensor;

/** Reads the entries of a zip as arrays, one after the other, and trusts none of the sizes that it states. */
final class NpzReader {
    static final String SUFFIX = ".npy";

    /** The most that deflate makes of one byte: 258 bytes are repeated at the cost of 2 bits. */
    private static final int DEFLATE_RATIO = 1032;

    private static final int MAGIC_BYTES = 6;

    private final ZipFile zip;
    private long left;

    private NpzReader(ZipFile zip, long limit) {
        this.zip = zip;
        this.left = limit;
    }

    static Map<String, Tensor> read(Path file, long limit) throws IOException {
        long fileBytes = Files.size(file);
        try (ZipFile zip = open(file)) {
            return new NpzReader(zip, limit).tensors(fileBytes);
        } catch (IOException
                | IllegalArgumentException e) { // the latter is what some JDKs say of names that are no UTF-8
            throw new IOException("npz: " + file + ": " + e.getMessage(), e);
        }
    }

    private static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (IOException e) {
            String advice = isArray(file)
                    ? "this is a single array, as numpy.save writes it: read it with Npy.read"
                    : "the file is cut off, or was not written by numpy.savez: fetch it again";
            throw new IOException("it is no whole zip (" + e.getMessage() + "); " + advice, e);
        }
    }

    private static boolean isArray(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return NpyArray.isMagic(in.readNBytes(MAGIC_BYTES));
        }
    }

    private Map<String, Tensor> tensors(long fileBytes) throws IOException {
        List<? extends ZipEntry> entries = Collections.list(zip.entries());
        checkRoom(entries, fileBytes);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (ZipEntry entry : entries) {
            String name = name(entry);
            // Before reading: the zip finds an entry by its name, so that of two with one name it would give the same
            // twice.
            if (tensors.containsKey(name)) {
                throw new IOException("two entries hold an array called " + NpyDict.quoted(name)
                        + "; give each a name of its own in numpy.savez");
            }
            try {
                tensors.put(name, tensor(entry));
            } catch (ZipException | EOFException e) { // the JDK's words, which say what is wrong and not what to do
                throw new IOException(
                        "entry " + NpyDict.quoted(entry.getName()) + ": " + e.getMessage()
                                + "; the zip is corrupt, or of a kind that NumPy does not write: fetch it again",
                        e);
            } catch (IOException e) {
                throw new IOException("entry " + NpyDict.quoted(entry.getName()) + ": " + e.getMessage(), e);
            }
        }
        return Collections.unmodifiableMap(tensors);
    }

    /** Entries that share their bytes would let a small file unfold many times. */
    private static void checkRoom(List<? extends ZipEntry> entries, long fileBytes) throws IOException {
        long room = fileBytes;
        for (ZipEntry entry : entries) {
            if (entry.getCompressedSize() < 0 || entry.getCompressedSize() > room) {
                throw new IOException("its entries claim more bytes than the " + fileBytes
                        + " of the file; it is corrupt, or a zip bomb: fetch it again");
            }
            room -= entry.getCompressedSize();
        }
    }

    private static String name(ZipEntry entry) {
        String name = entry.getName();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    private Tensor tensor(ZipEntry entry) throws IOException {
        boolean stored = entry.getMethod() == ZipEntry.STORED;
        checkSize(entry, stored);
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(content(entry), crc)) {
            Tensor tensor = NpyArray.read(in, entry.getSize(), stored ? Long.MAX_VALUE : left);
            if (in.read() >= 0) {
                throw new IOException("it unfolds to more than the " + entry.getSize()
                        + " bytes that it states; it is corrupt, or a zip bomb: fetch it again");
            }
            if (crc.getValue() != entry.getCrc()) {
                throw new IOException("its checksum is %08x, but the zip says %08x; it is corrupt: fetch it again"
                        .formatted(crc.getValue(), entry.getCrc()));
            }
            if (!stored) {
                left -= (long) Double.BYTES * tensor.size();
            }
            return tensor;
        }
    }

    private static void checkSize(ZipEntry entry, boolean stored) throws IOException {
        long from = entry.getCompressedSize();
        long to = entry.getSize();
        boolean possible = stored ? to == from : to >= 0 && to / DEFLATE_RATIO <= from;
        if (!possible) {
            throw new IOException("it states " + to + " bytes, which cannot come from the " + from
                    + " in the zip; it is corrupt, or a zip bomb: fetch it again");
        }
    }

    private InputStream content(ZipEntry entry) throws IOException {
        InputStream in = zip.getInputStream(entry);
        if (in == null) { // the zip's own index does not find what it lists
            throw new IOException("the zip does not find it; it is corrupt: fetch it again");
        }
        return in;
    }
}
