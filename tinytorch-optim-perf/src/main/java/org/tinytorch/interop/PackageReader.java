package org.tinytorch.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.ZipException;
import org.tinytorch.nn.Layer;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.tokenization.Tokenizers;
import org.tinytorch.training.SafeTensors;

/** Reads a {@link ModelPackage}: first the manifest, then sizes and checksums of all files, and only then what is in them. */
final class PackageReader {
    private final PackageFiles files;
    private final byte[] manifestBytes;
    private final PackageManifest manifest;

    /**
     * Verifies the whole package.
     *
     * @param files stay open until all is read
     */
    PackageReader(PackageFiles files) throws IOException {
        this.files = files;
        this.manifestBytes = bytes(PackageFile.MANIFEST);
        this.manifest = in(files.place(PackageFile.MANIFEST), () -> PackageManifest.parse(manifestBytes));
        checkNames();
        for (Map.Entry<String, PackageManifest.Entry> entry : manifest.files().entrySet()) {
            check(PackageFile.named(entry.getKey()).orElseThrow(), entry.getValue());
        }
    }

    static PackageManifest verify(Path path) throws IOException {
        try (PackageFiles files = PackageFiles.at(path)) {
            return new PackageReader(files).manifest;
        }
    }

    static ModelPackage read(Path path) throws IOException {
        try (PackageFiles files = PackageFiles.at(path)) {
            return new PackageReader(files).read();
        }
    }

    /** Reads what was verified. */
    ModelPackage read() throws IOException {
        long bytes = size(PackageFile.WEIGHTS);
        SafeTensors weights = use(PackageFile.WEIGHTS, in -> SafeTensors.read(Channels.newChannel(in), bytes));
        Layer model = parse(PackageFile.CONFIG, utf8 -> new Architecture(new String(utf8, StandardCharsets.UTF_8))
                .build(weights.tensors()));
        List<String> labels =
                manifest.has(PackageFile.LABELS) ? parse(PackageFile.LABELS, PackageReader::labels) : List.of();
        Optional<Tokenizer> tokenizer = manifest.has(PackageFile.TOKENIZER)
                ? Optional.of(parse(PackageFile.TOKENIZER, PackageReader::tokenizer))
                : Optional.empty();
        Optional<ImagePreprocessing> preprocessing = manifest.has(PackageFile.PREPROCESSING)
                ? Optional.of(parse(PackageFile.PREPROCESSING, ImagePreprocessing::parse))
                : Optional.empty();
        Map<String, Double> metrics =
                manifest.has(PackageFile.METRICS) ? parse(PackageFile.METRICS, PackageReader::metrics) : Map.of();
        ModelPackage read = in(
                files.path(),
                () -> new ModelPackage(manifest.kind(), model, labels, tokenizer, preprocessing, metrics));
        if (!Arrays.equals(bytes(PackageFile.MANIFEST), manifestBytes)) { // else old and new files could be mixed
            throw new IOException("package: " + files.path() + " was replaced while it was read; read it again");
        }
        return read;
    }

    private static Tokenizer tokenizer(byte[] utf8) {
        BoundedJson.parse(utf8); // nested no deeper than is safe, which its own reader does not look at
        return Tokenizers.parse(utf8);
    }

    private static List<String> labels(byte[] utf8) {
        JsonNode root = BoundedJson.parse(utf8);
        if (!root.isArray()) {
            throw new IllegalArgumentException("labels: the text is not a list of texts; write the package anew");
        }
        List<String> labels = new ArrayList<>();
        for (JsonNode label : root) {
            if (!label.isTextual()) {
                throw new IllegalArgumentException(
                        "labels: " + JsonFields.shorten(label.toString()) + " is not a text; a label is one");
            }
            labels.add(label.textValue());
        }
        return labels;
    }

    private static Map<String, Double> metrics(byte[] utf8) {
        JsonFields root = new JsonFields("metrics", BoundedJson.parse(utf8));
        Map<String, Double> metrics = new TreeMap<>();
        for (String name : root.names()) {
            metrics.put(name, root.number(name));
        }
        return metrics;
    }

    // ---- what is there

    /** Missing files are found one by one. */
    private void checkNames() throws IOException {
        for (String name : files.names()) {
            boolean known = name.equals(PackageFile.MANIFEST.toString())
                    || manifest.files().containsKey(name);
            if (!known) {
                throw new IOException("package: " + files.path() + " holds \"" + JsonFields.shorten(name)
                        + "\", which is not in its " + PackageFile.MANIFEST + "; take it out, or get the package anew");
            }
        }
    }

    private void check(PackageFile file, PackageManifest.Entry expected) throws IOException {
        long size = size(file);
        if (size != expected.bytes()) {
            throw new IOException("package: " + files.place(file) + " has " + size + " bytes, but "
                    + PackageFile.MANIFEST + " says " + expected.bytes() + "; "
                    + (size < expected.bytes() ? "it is cut off" : "something was added") + ": get the package anew");
        }
        PackageManifest.Entry found = use(file, in -> Checksums.of(in, size));
        if (!found.equals(expected)) {
            throw new IOException("package: " + files.place(file) + " is not what it was when the package was written: "
                    + "its SHA-256 is " + found.sha256() + ", but " + PackageFile.MANIFEST + " says "
                    + expected.sha256() + "; get the package anew");
        }
    }

    /** The size of a file, which must be no larger than its kind may be. */
    private long size(PackageFile file) throws IOException {
        long size = files.size(file);
        if (size > file.limit()) {
            throw new IOException("package: " + files.place(file) + " has " + size + " bytes, more than the "
                    + file.limit() + " that such a file may have; this is not a model package");
        }
        return size;
    }

    private byte[] bytes(PackageFile file) throws IOException {
        int size = (int) size(file); // its limit is an int
        return use(file, in -> in.readNBytes(size));
    }

    /** What reads a file. */
    @FunctionalInterface
    private interface Use<T> {
        T of(InputStream in) throws IOException;
    }

    private <T> T use(PackageFile file, Use<T> use) throws IOException {
        try (InputStream in = files.open(file)) {
            return use.of(in);
        } catch (ZipException e) { // the JDK's words, which say what is wrong and not what to do
            throw new IOException(
                    "package: " + files.place(file) + ": " + e.getMessage() + "; the zip is corrupt: get it anew", e);
        } catch (IOException e) {
            throw new IOException("package: " + files.place(file) + ": " + e.getMessage(), e);
        }
    }

    private <T> T parse(PackageFile file, Function<byte[], T> parser) throws IOException {
        byte[] utf8 = bytes(file);
        return in(files.place(file), () -> parser.apply(utf8));
    }

    private static <T> T in(Path place, Supplier<T> work) throws IOException {
        try {
            return work.get();
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new IOException("package: " + place + ": " + e.getMessage(), e);
        }
    }
}
