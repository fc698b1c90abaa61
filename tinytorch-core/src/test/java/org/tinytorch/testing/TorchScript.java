package org.tinytorch.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A few lines of TorchScript, packed into the archive that {@code torch.jit.save} would write: a zip with the source, a pickled empty module and a version. What loads it, libtorch, is on the class
 * path of the oracle and of the comparison with peers only.
 */
public final class TorchScript {
    private final String source;

    /**
     * A program.
     *
     * @param inputs how many tensors go in: {@code x0}, {@code x1}, …
     * @param lines the statements, in the dialect of saved programs; the last one returns a tensor
     */
    public TorchScript(int inputs, String... lines) {
        StringBuilder text =
                new StringBuilder("class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
        text.append("  def forward(self: __torch__.M");
        for (int i = 0; i < inputs; i++) {
            text.append(", x").append(i).append(": Tensor");
        }
        text.append(") -> Tensor:\n");
        Arrays.stream(lines).forEach(line -> text.append("    ").append(line).append('\n'));
        this.source = text.toString();
    }

    /** The program as text. */
    public String source() {
        return source;
    }

    /** The archive. */
    public byte[] archive() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            // Pickles, protocol 2: an object of class __torch__.M whose state is {"training": True}; an empty tuple.
            store(zip, "m/data.pkl", "\u0080\u0002c__torch__\nM\n)\u0081}(X\u0008\0\0\0training\u0088ub.");
            store(zip, "m/constants.pkl", "\u0080\u0002).");
            store(zip, "m/code/__torch__.py", source);
            store(zip, "m/version", "10\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // in memory: cannot happen
        }
        return bytes.toByteArray();
    }

    /** Uncompressed, as PyTorch's reader wants it. */
    private static void store(ZipOutputStream zip, String name, String latin1) throws IOException {
        byte[] content = latin1.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
