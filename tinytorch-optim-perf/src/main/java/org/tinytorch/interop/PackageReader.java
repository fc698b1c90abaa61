package org.tinytorch.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tinytorch.nn.Layer;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.tokenization.Tokenizers;
import org.tinytorch.training.SafeTensors;

/** Reads the folder of a {@link ModelPackage}: first the manifest, then sizes and checksums of all files, and only then what is in them. */
final class PackageReader {
    private final Path folder;
    private final byte[] manifestBytes;
    private final PackageManifest manifest;

    /** Verifies the whole package. */
    PackageReader(Path folder) throws IOException {
        this.folder = folder;
        checkFolder();
        this.manifestBytes = bytes(PackageFile.MANIFEST);
        this.manifest = in(PackageFile.MANIFEST.in(folder), () -> PackageManifest.parse(manifestBytes));
        checkNames();
        for (Map.Entry<String, PackageManifest.Entry> entry : manifest.files().entrySet()) {
            check(PackageFile.named(entry.getKey()).orElseThrow(), entry.getValue());
        }
    }

    static PackageManifest verify(Path folder) throws IOException {
        return new PackageReader(folder).manifest;
    }

    static ModelPackage read(Path folder) throws IOException {
        return new PackageReader(folder).read();
    }

    /** Reads what was verified. */
    ModelPackage read() throws IOException {
        SafeTensors weights = SafeTensors.read(PackageFile.WEIGHTS.in(folder));
        Layer model = parse(PackageFile.CONFIG, utf8 -> new Architecture(new String(utf8, StandardCharsets.UTF_8))
                .build(weights.tensors()));
        List<String> labels =
                manifest.has(PackageFile.LABELS) ? parse(PackageFile.LABELS, PackageReader::labels) : List.of();
        Optional<Tokenizer> tokenizer =
                manifest.has(PackageFile.TOKENIZER) ? Optional.of(tokenizer()) : Optional.empty();
        Optional<ImagePreprocessing> preprocessing = manifest.has(PackageFile.PREPROCESSING)
                ? Optional.of(parse(PackageFile.PREPROCESSING, ImagePreprocessing::parse))
                : Optional.empty();
        Map<String, Double> metrics =
                manifest.has(PackageFile.METRICS) ? parse(PackageFile.METRICS, PackageReader::metrics) : Map.of();
        ModelPackage read =
                in(folder, () -> new ModelPackage(manifest.kind(), model, labels, tokenizer, preprocessing, metrics));
        if (!Arrays.equals(bytes(PackageFile.MANIFEST), manifestBytes)) { // else old and new files could be mixed
            throw new IOException("package: " + folder + " was replaced while it was read; read it again");
        }
        return read;
    }

    private Tokenizer tokenizer() throws IOException {
        parse(
                PackageFile.TOKENIZER,
                BoundedJson::parse); // nested no deeper than is safe, which its own reader does not look at
        return Tokenizers.load(PackageFile.TOKENIZER.in(folder));
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

    // ---- what is in the folder

    private void checkFolder() throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (Files.exists(folder)) {
            throw new IOException(
                    "package: " + folder + " is not a folder; name the folder that holds " + PackageFile.MANIFEST);
        }
        String hint = AtomicFolder.interrupted(folder)
                .map(old ->
                        "; a replacement of it was interrupted: the former one is " + old + ", give it back its name")
                .orElse("; check the path");
        throw new IOException("package: there is no folder " + folder + hint);
    }

    /** Missing files are found one by one. */
    private void checkNames() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                boolean known = name.startsWith(".")
                        || name.equals(PackageFile.MANIFEST.toString())
                        || manifest.files().containsKey(name);
                if (!known) {
                    throw new IOException("package: " + entry + " is not in " + PackageFile.MANIFEST
                            + "; take it out, or get the package anew");
                }
            }
        }
    }

    private void check(PackageFile file, PackageManifest.Entry expected) throws IOException {
        long size = size(file);
        if (size != expected.bytes()) {
            throw new IOException("package: " + file.in(folder) + " has " + size + " bytes, but "
                    + PackageFile.MANIFEST + " says " + expected.bytes() + "; "
                    + (size < expected.bytes() ? "it is cut off" : "something was added") + ": get the package anew");
        }
        PackageManifest.Entry found = Checksums.of(file.in(folder), size);
        if (!found.equals(expected)) {
            throw new IOException("package: " + file.in(folder) + " is not what it was when the package was written: "
                    + "its SHA-256 is " + found.sha256() + ", but " + PackageFile.MANIFEST + " says "
                    + expected.sha256() + "; get the package anew");
        }
    }

    /** The size of a file, which must be one, and no larger than its kind may be. */
    private long size(PackageFile file) throws IOException {
        Path path = file.in(folder);
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("package: " + path + " is missing; the package is incomplete, get it anew");
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("package: " + path + " is a link, a folder or a device; a package has only files");
        }
        long size = Files.size(path);
        if (size > file.limit()) {
            throw new IOException("package: " + path + " has " + size + " bytes, more than the " + file.limit()
                    + " that such a file may have; this is not a model package");
        }
        return size;
    }

    private byte[] bytes(PackageFile file) throws IOException {
        int size = (int) size(file); // its limit is an int
        try (InputStream in = Files.newInputStream(file.in(folder), LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(size);
        }
    }

    private <T> T parse(PackageFile file, Function<byte[], T> parser) throws IOException {
        byte[] utf8 = bytes(file);
        return in(file.in(folder), () -> parser.apply(utf8));
    }

    private static <T> T in(Path place, Supplier<T> work) throws IOException {
        try {
            return work.get();
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new IOException("package: " + place + ": " + e.getMessage(), e);
        }
    }
}
