package org.tinytorch.interop;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.training.AtomicFile;
import org.tinytorch.training.DataType;
import org.tinytorch.training.SafeTensors;

/**
 * Writes a {@link ModelPackage}, as a whole or not at all: the files go to a temporary folder beside the target, are forced to the disk and read back, and then the folder, or the zip made of it, gets its name. A process that is killed
 * leaves no half package under that name, only perhaps a folder {@code .NAME.….tmp}, which can be deleted.
 *
 * <pre>{@code
 * new ModelPackageWriter().weights(DataType.F32).replacing().write(pack, Path.of("digits"));
 * }</pre>
 *
 * <p>A name that ends in {@code .zip} becomes one file: a zip of the files that else lie in a folder. Nothing in it is compressed, since weights hardly become smaller; and the same package gives the same bytes.
 *
 * <p>A zip takes the place of an older one in one step. To replace a folder, the old one is put aside once the new one is complete, and then deleted. Between the two renames, for an instant, there is none; a process that is killed just then leaves the old one as {@code .NAME.….old}, and reading
 * says so.
 *
 * @param weights how each number is kept: {@link DataType#F64}, which is exact, or {@link DataType#F32} for half the size
 * @param replace whether a package of that name may be replaced
 */
public record ModelPackageWriter(DataType weights, boolean replace) {
    /**
     * Checks the type.
     *
     * @throws IllegalArgumentException if it is neither F64 nor F32
     */
    public ModelPackageWriter {
        if (weights != DataType.F64 && weights != DataType.F32) {
            throw new IllegalArgumentException("package: weights are kept as F64 or F32, not as " + weights);
        }
    }

    /** Writes numbers as they are, and replaces nothing. */
    public ModelPackageWriter() {
        this(DataType.F64, false);
    }

    /**
     * The same with another type of numbers.
     *
     * @throws IllegalArgumentException if it is neither F64 nor F32
     */
    public ModelPackageWriter weights(DataType type) {
        return new ModelPackageWriter(type, replace);
    }

    /** The same, but a package of that name is replaced; anything else of that name is refused. */
    public ModelPackageWriter replacing() {
        return new ModelPackageWriter(weights, true);
    }

    /**
     * Checks, before a long training say, that a package could be written there.
     *
     * @param path as {@link #write} takes it
     * @throws IOException if the folder above does not exist, or the name is taken
     */
    public void checkFree(Path path) throws IOException {
        AtomicPackage.check(path, replace);
    }

    /**
     * Writes a package.
     *
     * @param path the folder that will hold it, or a name that ends in {@code .zip}; the folder above must exist
     * @throws IllegalArgumentException if a layer cannot be told as data, whose class and path the message has; or the model, given an image of the preprocessing's shape, does not give a number for each label
     * @throws IOException if the name is taken, or writing fails, or what was written does not give the same model again; nothing is left behind
     */
    public void write(ModelPackage pack, Path path) throws IOException {
        write(pack, path, AtomicPackage.Disk.REAL);
    }

    void write(ModelPackage pack, Path path, AtomicPackage.Disk disk) throws IOException {
        Architecture architecture = Architecture.of(pack.model()); // before the disk is touched
        AtomicPackage.write(
                path,
                replace,
                temporary -> {
                    Path made = make(temporary, path, pack, architecture, disk);
                    readBack(made, pack);
                    return made;
                },
                disk);
    }

    private Path make(Path temporary, Path path, ModelPackage pack, Architecture architecture, AtomicPackage.Disk disk)
            throws IOException {
        try {
            PackageManifest manifest = fill(temporary, pack, architecture);
            return PackageFiles.isZipName(path) ? PackageZip.write(temporary, manifest, disk) : temporary;
        } catch (IOException e) { // which speaks, if of any place, of one that the user does not know
            throw new IOException(
                    "package: " + path + " cannot be written: " + e.getMessage()
                            + "; look for room on the disk and for the right to write there. Nothing was left behind",
                    e);
        }
    }

    private PackageManifest fill(Path folder, ModelPackage pack, Architecture architecture) throws IOException {
        new SafeTensors(pack.model().stateDict()).write(PackageFile.WEIGHTS.in(folder), weights);
        AtomicFile.writeText(PackageFile.CONFIG.in(folder), architecture.json());
        if (!pack.labels().isEmpty()) {
            ArrayNode labels = BoundedJson.array();
            pack.labels().forEach(labels::add);
            AtomicFile.writeText(PackageFile.LABELS.in(folder), BoundedJson.text(labels));
        }
        if (pack.tokenizer().isPresent()) {
            Tokenizer tokenizer = pack.tokenizer().get();
            tokenizer.save(PackageFile.TOKENIZER.in(folder));
        }
        if (pack.preprocessing().isPresent()) {
            AtomicFile.writeText(
                    PackageFile.PREPROCESSING.in(folder),
                    pack.preprocessing().get().json());
        }
        if (!pack.metrics().isEmpty()) {
            ObjectNode metrics = BoundedJson.object();
            pack.metrics().forEach(metrics::put);
            AtomicFile.writeText(PackageFile.METRICS.in(folder), BoundedJson.text(metrics));
        }
        PackageManifest manifest = manifest(folder, pack.kind());
        byte[] encoded = manifest.encode();
        AtomicFile.write(
                PackageFile.MANIFEST.in(folder), channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(encoded)));
        return manifest;
    }

    private static PackageManifest manifest(Path folder, PackageKind kind) throws IOException {
        Map<String, PackageManifest.Entry> files = new TreeMap<>();
        for (PackageFile file : kind.allowed()) {
            if (Files.exists(file.in(folder))) {
                files.put(file.toString(), Checksums.of(file.in(folder)));
            }
        }
        return new PackageManifest(kind, files);
    }

    /** Better the one who writes learns that a package is none than the one who reads. */
    private static void readBack(Path made, ModelPackage pack) throws IOException {
        ModelPackage back = reread(made);
        Architecture.checkSame("", pack.model(), back.model());
        back.preprocessing().ifPresent(preprocessing -> checkLabels(back, preprocessing.image()));
    }

    private static ModelPackage reread(Path made) throws IOException {
        try {
            return PackageReader.read(made);
        } catch (IOException e) {
            throw new IOException(
                    "package: what was written cannot be read again, so it was discarded: " + e.getMessage(), e);
        }
    }

    private static void checkLabels(ModelPackage back, Shape image) {
        Shape logits;
        try (NoGrad scope = NoGrad.enter()) {
            logits = back.model()
                    .forward(Tensors.zeros(1, image.dim(0), image.dim(1), image.dim(2)))
                    .shape();
        }
        if (!logits.equals(Shape.of(1, back.labels().size()))) {
            throw new IllegalArgumentException("package: for one image " + image + " the model gives " + logits
                    + ", but there are " + back.labels().size() + " labels; give one for each class");
        }
    }
}
