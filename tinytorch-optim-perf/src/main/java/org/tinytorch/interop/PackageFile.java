package org.tinytorch.interop;

import java.nio.file.Path;
import java.util.Optional;

/** The files that a model package can have. Their names are fixed, so that no name in a package leads anywhere else. */
enum PackageFile {
    WEIGHTS("model.safetensors", Long.MAX_VALUE), // read piece by piece
    CONFIG("config.json", 1 << 22),
    TOKENIZER("tokenizer.json", 1 << 26),
    LABELS("labels.json", 1 << 22),
    PREPROCESSING("preprocessing.json", 1 << 16),
    METRICS("metrics.json", 1 << 20),
    MANIFEST("manifest.json", 1 << 16);

    private final String fileName;
    private final long limit;

    PackageFile(String fileName, long limit) {
        this.fileName = fileName;
        this.limit = limit;
    }

    /** The most bytes that it may have. */
    long limit() {
        return limit;
    }

    Path in(Path folder) {
        return folder.resolve(fileName);
    }

    static Optional<PackageFile> named(String name) {
        for (PackageFile file : values()) {
            if (file.fileName.equals(name)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** The name in the folder. */
    @Override
    public String toString() {
        return fileName;
    }
}
