package org.tinytorch.interop;

import java.util.EnumSet;
import java.util.Set;

/** What the model of a {@link ModelPackage} does. */
public enum PackageKind {
    /** Gives images a score for each class; has labels and perhaps what to do with an image first. */
    IMAGE_CLASSIFIER("image-classifier"),
    /** Says which token comes next; has a tokenizer. */
    LANGUAGE_MODEL("language-model");

    private final String text;

    PackageKind(String text) {
        this.text = text;
    }

    /** The files without which there is no package of this kind; the manifest, which lists them, is not among them. */
    Set<PackageFile> required() {
        return switch (this) {
            case IMAGE_CLASSIFIER -> EnumSet.of(PackageFile.WEIGHTS, PackageFile.CONFIG, PackageFile.LABELS);
            case LANGUAGE_MODEL -> EnumSet.of(PackageFile.WEIGHTS, PackageFile.CONFIG, PackageFile.TOKENIZER);
        };
    }

    /** All files that may be listed in a manifest. */
    Set<PackageFile> allowed() {
        Set<PackageFile> files = required();
        files.add(PackageFile.METRICS);
        if (this == IMAGE_CLASSIFIER) {
            files.add(PackageFile.PREPROCESSING);
        }
        return files;
    }

    /** As it stands in a manifest, such as {@code image-classifier}. */
    @Override
    public String toString() {
        return text;
    }
}
