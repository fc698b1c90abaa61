package org.tinytorch.interop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a {@link ModelPackage} says that it holds: {@code manifest.json}.
 *
 * <pre>{@code
 * {"format": "tinytorch-model-package", "version": 1, "kind": "image-classifier", "files": {
 *   "config.json": {"bytes": 812, "sha256": "9f86d081…"}, …}}
 * }</pre>
 *
 * <p>There is one text for one content, with line breaks, indentation and the order of names as {@code ModelPackage.write} makes them; another is refused, so that each changed byte is noticed.
 *
 * @param kind what the model does
 * @param files the size and checksum of each other file in the folder, by name and sorted
 */
public record PackageManifest(PackageKind kind, Map<String, Entry> files) {
    /** The version of the format that this library writes and reads. */
    public static final int VERSION = 1;

    private static final String FORMAT = "tinytorch-model-package";
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * One file.
     *
     * @param bytes its size, 0 or more
     * @param sha256 its checksum (FIPS 180-4), 64 hexadecimal digits in lower case
     */
    public record Entry(long bytes, String sha256) {
        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if the size is negative or the checksum is none
         */
        public Entry {
            if (bytes < 0) {
                throw new IllegalArgumentException("manifest: a file cannot have " + bytes + " bytes");
            }
            if (!SHA_256.matcher(sha256).matches()) {
                throw new IllegalArgumentException("manifest: \"" + JsonFields.shorten(sha256)
                        + "\" is no SHA-256 checksum, which has 64 digits 0 … 9 and a … f");
            }
        }
    }

    /**
     * Checks that the files are those of the kind.
     *
     * @throws IllegalArgumentException if one is missing, or a name is not one that such a package has
     */
    public PackageManifest {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        for (String name : files.keySet()) {
            if (PackageFile.named(name).filter(kind.allowed()::contains).isEmpty()) {
                throw new IllegalArgumentException("manifest: \"" + JsonFields.shorten(name)
                        + "\" is no file of a package of the kind " + kind + ", which can have " + kind.allowed());
            }
        }
        for (PackageFile file : kind.required()) {
            if (!files.containsKey(file.toString())) {
                throw new IllegalArgumentException("manifest: " + file + " is not listed, but a package of the kind "
                        + kind + " needs " + kind.required() + "; the package is incomplete, get it anew");
            }
        }
    }

    /** Whether a file is in the package. */
    boolean has(PackageFile file) {
        return files.containsKey(file.toString());
    }

    /** The text of the file, in UTF-8. */
    byte[] encode() {
        ObjectNode root = BoundedJson.object();
        root.put("format", FORMAT).put("version", VERSION).put("kind", kind.toString());
        ObjectNode list = root.putObject("files");
        files.forEach((name, entry) ->
                list.putObject(name).put("bytes", entry.bytes()).put("sha256", entry.sha256()));
        return BoundedJson.text(root).getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException if the text is no such manifest, or not written as {@link #encode} does */
    static PackageManifest parse(byte[] utf8) {
        JsonFields root = new JsonFields("manifest", BoundedJson.parse(utf8));
        root.constant("format", FORMAT);
        if (root.size("version") != VERSION) {
            throw new IllegalArgumentException("manifest: the package is of version " + root.size("version")
                    + ", this library reads version " + VERSION
                    + "; use the version of the library that wrote it, or write it anew");
        }
        PackageKind kind = kind(root.text("kind"));
        Map<String, Entry> files = new TreeMap<>();
        JsonFields list = root.object("files");
        root.end();
        for (String name : list.names()) {
            JsonFields entry = list.object(name);
            files.put(name, new Entry(entry.bytes("bytes"), entry.text("sha256")));
            entry.end();
        }
        PackageManifest manifest = new PackageManifest(kind, files);
        if (!Arrays.equals(manifest.encode(), utf8)) {
            throw new IllegalArgumentException(
                    "manifest: the text is not as this library writes it; somebody edited it: get the package anew, or write it anew with ModelPackage.write");
        }
        return manifest;
    }

    private static PackageKind kind(String text) {
        for (PackageKind kind : PackageKind.values()) {
            if (kind.toString().equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("manifest: the kind \"" + JsonFields.shorten(text)
                + "\" is unknown; it can be " + Arrays.toString(PackageKind.values()));
    }
}
