package org.tinytorch.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tinytorch.nn.Layer;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.transformer.Gpt;

/**
 * A trained model with all that is needed to use it, without the code that trained it.
 *
 * <pre>{@code
 * ModelPackage.classifier(model, List.of("cat", "dog"))
 *         .preprocessing(new ImagePreprocessing(Shape.of(3, 32, 32), normalize))
 *         .metrics(Map.of("test_accuracy", 0.93))
 *         .write(Path.of("pets"));
 *
 * ModelPackage pets = ModelPackage.read(Path.of("pets"));
 * Tensor logits = pets.model().forward(images);
 * }</pre>
 *
 * <p>On disk it is a folder, or a zip of its files:
 *
 * <ul>
 *   <li>{@code model.safetensors}: the weights
 *   <li>{@code config.json}: the {@link Architecture}
 *   <li>{@code labels.json} (of a classifier): a list of texts
 *   <li>{@code tokenizer.json} (of a language model): as {@link Tokenizer#save} writes it
 *   <li>{@code preprocessing.json} (of a classifier, may be missing): {@code {"image": [3, 32, 32], "mean": […], "deviation": […]}}
 *   <li>{@code metrics.json} (may be missing): numbers by name
 *   <li>{@code manifest.json}: version, kind, and the size and SHA-256 of each of the files above; see {@link PackageManifest}
 * </ul>
 *
 * <p>Other files are refused, but for those in a folder whose names begin with a dot, which some systems leave everywhere; these are never opened. Links are refused. In a zip nothing is compressed; it is read where it
 * lies, and nothing is unpacked onto the disk.
 *
 * <p>The checksums find what was damaged. They do not say who wrote a package: whoever can change a file can also change the manifest. What comes from strangers cannot run code here, nor take more memory than its
 * files warrant while it is read; what the model says is another matter.
 *
 * @param kind what the model does
 * @param model the model itself, not a copy; one that was read is in evaluation mode
 * @param labels of the classes, in the order of the logits; empty for a language model
 * @param tokenizer of a language model
 * @param preprocessing of images, if there is any
 * @param metrics how good the model is, by name and sorted
 */
public record ModelPackage(
        PackageKind kind,
        Layer model,
        List<String> labels,
        Optional<Tokenizer> tokenizer,
        Optional<ImagePreprocessing> preprocessing,
        Map<String, Double> metrics) {
    /**
     * Checks that the parts fit the kind.
     *
     * @throws IllegalArgumentException if one is missing or too much, a label is blank or there twice, a metric is not finite, or the tokenizer has more tokens than the model
     */
    public ModelPackage {
        labels = List.copyOf(labels);
        metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
        switch (kind) {
            case IMAGE_CLASSIFIER -> checkClassifier(model, labels, tokenizer);
            case LANGUAGE_MODEL -> checkLanguageModel(model, labels, tokenizer, preprocessing);
        }
        metrics.forEach((name, value) -> {
            if (name.isBlank() || !Double.isFinite(value)) {
                throw new IllegalArgumentException("package: the metric '" + JsonFields.shorten(name) + "' is " + value
                        + "; a metric has a name, and a finite number");
            }
        });
    }

    private static void checkClassifier(Layer model, List<String> labels, Optional<Tokenizer> tokenizer) {
        if (model instanceof Gpt || tokenizer.isPresent()) {
            throw new IllegalArgumentException("package: a " + PackageKind.IMAGE_CLASSIFIER
                    + " has no Gpt and no tokenizer; make a " + PackageKind.LANGUAGE_MODEL);
        }
        if (labels.isEmpty()) {
            throw new IllegalArgumentException(
                    "package: a classifier needs labels, one for each class; give at least one");
        }
        Set<String> seen = new HashSet<>();
        for (String label : labels) {
            if (label.isBlank() || !seen.add(label)) {
                throw new IllegalArgumentException("package: the label \"" + JsonFields.shorten(label) + "\" is "
                        + (label.isBlank() ? "blank" : "there twice") + "; give each class a name of its own");
            }
        }
    }

    private static void checkLanguageModel(
            Layer model,
            List<String> labels,
            Optional<Tokenizer> tokenizer,
            Optional<ImagePreprocessing> preprocessing) {
        if (!(model instanceof Gpt gpt) || tokenizer.isEmpty() || !labels.isEmpty() || preprocessing.isPresent()) {
            throw new IllegalArgumentException("package: a " + PackageKind.LANGUAGE_MODEL
                    + " is a Gpt with a tokenizer, without labels and preprocessing of images");
        }
        int tokens = tokenizer.get().vocabularySize();
        if (tokens > gpt.config().vocabularySize()) {
            throw new IllegalArgumentException("package: the tokenizer has " + tokens + " tokens, but the model "
                    + gpt.config().vocabularySize() + "; use the tokenizer that the model was trained with");
        }
    }

    /**
     * A model that gives images {@code (N, channels, rows, columns)} a score for each class, {@code (N, classes)}.
     *
     * @throws IllegalArgumentException if there are no labels, or one is blank or there twice
     */
    public static ModelPackage classifier(Layer model, List<String> labels) {
        return new ModelPackage(
                PackageKind.IMAGE_CLASSIFIER, model, labels, Optional.empty(), Optional.empty(), Map.of());
    }

    /**
     * A model that writes.
     *
     * @throws IllegalArgumentException if the tokenizer has more tokens than the model
     */
    public static ModelPackage languageModel(Gpt model, Tokenizer tokenizer) {
        return new ModelPackage(
                PackageKind.LANGUAGE_MODEL, model, List.of(), Optional.of(tokenizer), Optional.empty(), Map.of());
    }

    /**
     * The same with preprocessing of images.
     *
     * @throws IllegalArgumentException if this is no classifier
     */
    public ModelPackage preprocessing(ImagePreprocessing wanted) {
        return new ModelPackage(kind, model, labels, tokenizer, Optional.of(wanted), metrics);
    }

    /**
     * The same with other metrics.
     *
     * @throws IllegalArgumentException if one is not finite, or has no name
     */
    public ModelPackage metrics(Map<String, Double> wanted) {
        return new ModelPackage(kind, model, labels, tokenizer, preprocessing, wanted);
    }

    /**
     * The model of a language model.
     *
     * @throws IllegalStateException if it is a classifier
     */
    public Gpt gpt() {
        if (model instanceof Gpt gpt) {
            return gpt;
        }
        throw new IllegalStateException("package: a package of the kind " + kind + " has no Gpt; use model()");
    }

    /**
     * Writes a new package in double precision, as a whole or not at all; {@link ModelPackageWriter} has more options.
     *
     * @param path the folder that will hold it; or a name that ends in {@code .zip}, for a single file
     * @throws IllegalArgumentException if a layer cannot be told as data; the message has its class and path
     * @throws IOException if there is something of that name already, or writing fails; nothing is left behind
     */
    public void write(Path path) throws IOException {
        new ModelPackageWriter().write(this, path);
    }

    /**
     * Reads a package. Sizes and checksums of all files are verified before anything is used. Nobody may write into the folder or the zip meanwhile; replacing it as a whole is noticed.
     *
     * @param path a folder, or a zip of any name
     * @throws IOException if there is neither, a file is missing, damaged, too large or too much, or the files do not fit each other; the message names the file and says what to do
     */
    public static ModelPackage read(Path path) throws IOException {
        return PackageReader.read(path);
    }

    /**
     * Verifies that a package is as it was written: all files there with their sizes and checksums, and no other. The model is not built, so this needs next to no memory.
     *
     * @param path a folder, or a zip of any name
     * @return what the package holds
     * @throws IOException if it is not; the message names the file
     */
    public static PackageManifest verify(Path path) throws IOException {
        return PackageReader.verify(path);
    }
}
