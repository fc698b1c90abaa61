package org.tinytorch.interop;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.AtomicFile;
import org.tinytorch.training.DataType;

/** Writes tensors as the entries of a zip. */
final class NpzWriter {
    /** A zip has 16 bits for the length of a name and, by what newer JDKs check, for that of all that is said of an entry. */
    private static final int LONGEST_NAME = 65_000;

    private NpzWriter() {}

    static void write(Map<String, Tensor> tensors, Path file, boolean compressed) throws IOException {
        Map<String, Tensor> written = new LinkedHashMap<>(tensors);
        written.keySet().forEach(NpzWriter::checkName);
        AtomicFile.write(file, channel -> {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
                for (Map.Entry<String, Tensor> tensor : written.entrySet()) {
                    zip.putNextEntry(entry(tensor.getKey(), tensor.getValue(), compressed));
                    NpyArray.write(tensor.getValue(), DataType.F64, zip);
                    zip.closeEntry();
                }
            }
        });
    }

    private static void checkName(String name) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name) || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("npz: the name " + NpyDict.quoted(name)
                    + " holds the character 0 or half of a surrogate pair; give the tensor another name");
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_NAME) {
            throw new IllegalArgumentException("npz: the name " + NpyDict.quoted(name) + " has " + bytes
                    + " bytes, more than " + LONGEST_NAME + "; give the tensor a shorter one");
        }
    }

    /** An uncompressed entry says its size and checksum before its bytes, so these are worked out in a pass of their own. */
    private static ZipEntry entry(String name, Tensor tensor, boolean compressed) throws IOException {
        if (compressed) {
            return ZipEntries.deflated(name + NpzReader.SUFFIX);
        }
        CRC32 crc = new CRC32();
        NpyArray.write(tensor, DataType.F64, new CheckedOutputStream(OutputStream.nullOutputStream(), crc));
        return ZipEntries.stored(name + NpzReader.SUFFIX, NpyArray.bytes(tensor, DataType.F64), crc.getValue());
    }
}
