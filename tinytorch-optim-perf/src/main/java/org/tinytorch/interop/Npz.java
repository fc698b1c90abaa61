package org.tinytorch.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.tinytorch.tensor.Tensor;

/**
 * Files of several arrays with names, as {@code numpy.savez} and {@code numpy.load} have them ({@code .npz}): a zip in which each entry is an array as {@link Npy} reads it, called {@code NAME.npy}.
 *
 * <pre>{@code
 * Npz.write(model.stateDict(), Path.of("model.npz"));   // Python: numpy.load("model.npz")["0.weight"]
 * model.loadStateDict(Npz.read(Path.of("model.npz")));
 * }</pre>
 *
 * <p><b>Zip bombs.</b> A small zip can claim to unfold to terabytes. An entry is therefore never unfolded further than its own header says, and refused before that if the zip states another size, if deflate cannot make so much of so few
 * bytes (1032 from one at most, <a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951</a>), if entries share bytes, or if the tensors of all compressed entries together would take more memory than a limit. Entries that are not
 * compressed need no limit: the size of the file is theirs.
 */
public final class Npz {
    private static final long LEAST_LIMIT = 1L << 30;
    private static final double LIMIT_PER_BYTE = 64; // a double, so that the product stops at the largest long

    private Npz() {}

    /**
     * Reads all arrays. Those that are compressed may take 64 times the size of the file in memory, at 8 bytes for each number, or 1 GiB if that is more.
     *
     * @return the tensors by name, in the order of the file; a name loses {@code .npy} at its end
     * @throws IOException as {@link #read(Path, long)}
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        checkThere(file);
        return read(file, Math.max(LEAST_LIMIT, (long) (LIMIT_PER_BYTE * Files.size(file))));
    }

    /**
     * Reads all arrays.
     *
     * @param limit how many bytes the tensors of compressed entries may take together, at 8 for each number
     * @return the tensors by name, in the order of the file; a name loses {@code .npy} at its end
     * @throws IllegalArgumentException if the limit is negative
     * @throws IOException if there is no such file, it is no zip, cut short or corrupt (the checksums are compared), two entries have one name, an entry is no array that {@link Npy#read} reads, or more than the limit would be needed; the message
     *     names the file and the entry
     */
    public static Map<String, Tensor> read(Path file, long limit) throws IOException {
        if (limit < 0) {
            throw new IllegalArgumentException("npz: the limit " + limit + " is negative; give a number of bytes");
        }
        checkThere(file);
        return NpzReader.read(file, limit);
    }

    private static void checkThere(Path file) throws NoSuchFileException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "npz: there is no such file; check the path");
        }
    }

    /**
     * Writes tensors as {@code <f8}, uncompressed as {@code numpy.savez} does, in the order of the map; as a whole or not at all. The same tensors give the same bytes: the file holds no time.
     *
     * @throws IllegalArgumentException if a name is longer than 65,000 bytes, is no text that UTF-8 can express, or holds the character 0, at which Python would cut it off; or a tensor has more than 64 axes
     * @throws IOException if writing fails; no partial file is left behind
     */
    public static void write(Map<String, Tensor> tensors, Path file) throws IOException {
        NpzWriter.write(tensors, file, false);
    }

    /**
     * As {@link #write}, but compressed as {@code numpy.savez_compressed} does. Trained weights hardly become smaller, zeros and integers do.
     *
     * @throws IllegalArgumentException as {@link #write}
     * @throws IOException if writing fails; no partial file is left behind
     */
    public static void writeCompressed(Map<String, Tensor> tensors, Path file) throws IOException {
        NpzWriter.write(tensors, file, true);
    }
}
