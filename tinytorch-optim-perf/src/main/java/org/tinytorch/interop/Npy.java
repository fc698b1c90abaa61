package org.tinytorch.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.AtomicFile;
import org.tinytorch.training.DataType;

/**
 * Files of one array, as {@code numpy.save} and {@code numpy.load} have them ({@code .npy}). The format is NumPy's: <a
 * href="https://numpy.org/neps/nep-0001-npy-format.html">NEP 1</a> and the documentation of {@code numpy.lib.format}.
 *
 * <pre>{@code
 * Npy.write(Tensors.arange(6).reshape(2, 3), Path.of("x.npy"));   // Python: numpy.load("x.npy")
 * Tensor x = Npy.read(Path.of("x.npy"));
 * }</pre>
 */
public final class Npy {
    private Npy() {}

    /**
     * Reads an array of any shape: format 1.0, 2.0 or 3.0, in C or Fortran order, little- or big-endian, of the dtypes {@code f8 f4 f2 i8 i4 i2 i1 u8 u4 u2 u1 b1}. All become doubles; {@code True} becomes 1.
     *
     * <p>No code of the file is run. What the header says is checked against the size of the file before memory is taken, which is therefore never much more than 8 times the file.
     *
     * @throws IOException if there is no such file, it is cut short, too long or corrupt, its elements are not numbers (objects, strings, dates, fields, complex numbers), or an integer is beyond 2⁵³, more than a
     *     double holds exactly; the message names the file and, where Python can help, what to do there
     */
    public static Tensor read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "npy: there is no such file; check the path");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                InputStream in = Channels.newInputStream(channel)) {
            return NpyArray.read(in, channel.size(), Long.MAX_VALUE);
        } catch (IOException e) {
            throw new IOException("npy: " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes a tensor as {@code <f8}, exactly as it is; as a whole or not at all: a crash at any byte leaves an older file of that name as it was.
     *
     * @throws IllegalArgumentException if the tensor has more than 64 axes, which NumPy does not have
     * @throws IOException if writing fails; no partial file is left behind
     */
    public static void write(Tensor tensor, Path file) throws IOException {
        write(tensor, file, DataType.F64);
    }

    /**
     * Writes a tensor, as a whole or not at all.
     *
     * @param type {@link DataType#F64} for {@code <f8}, or {@link DataType#F32} for {@code <f4}: half the size; numbers are rounded, those beyond 3.4e38 become infinite
     * @throws IllegalArgumentException if the type is another one, or the tensor has more than 64 axes
     * @throws IOException if writing fails; no partial file is left behind
     */
    public static void write(Tensor tensor, Path file, DataType type) throws IOException {
        AtomicFile.write(file, channel -> NpyArray.write(tensor, type, Channels.newOutputStream(channel)));
    }
}
