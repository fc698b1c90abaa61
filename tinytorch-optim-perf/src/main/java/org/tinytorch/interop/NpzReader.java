package org.tinytorch.interop;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.tinytorch.tensor.Tensor;

/** Reads the entries of a zip as arrays, one after the other. */
final class NpzReader {
    static final String SUFFIX = ".npy";

    private static final int MAGIC_BYTES = 6;

    private final GuardedZip zip;
    private long left;

    private NpzReader(GuardedZip zip, long limit) {
        this.zip = zip;
        this.left = limit;
    }

    static Map<String, Tensor> read(Path file, long limit) throws IOException {
        try (GuardedZip zip = open(file)) {
            return new NpzReader(zip, limit).tensors();
        } catch (IOException e) {
            throw new IOException("npz: " + file + ": " + e.getMessage(), e);
        }
    }

    private static GuardedZip open(Path file) throws IOException {
        return GuardedZip.open(
                file,
                isArray(file)
                        ? "this is a single array, as numpy.save writes it: read it with Npy.read"
                        : "the file is cut off, or was not written by numpy.savez: fetch it again");
    }

    private static boolean isArray(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return NpyArray.isMagic(in.readNBytes(MAGIC_BYTES));
        }
    }

    private Map<String, Tensor> tensors() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (ZipEntry entry : zip.entries()) {
            String name = name(entry);
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

    private static String name(ZipEntry entry) {
        String name = entry.getName();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    private Tensor tensor(ZipEntry entry) throws IOException {
        boolean stored = GuardedZip.isStored(entry);
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(zip.open(entry), crc)) {
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
}
