package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.data.Normalize;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tokenization.BpeTrainer;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/** Small models and their packages. */
final class Packages {
    static final String TEXT = "the cat sat on the mat; the hat sat on the cat";

    private Packages() {}

    /** Like the network of the digits milestone, smaller; images are (N, 1, 8, 8). */
    static Layer cnn(long seed) {
        Generator generator = new Generator(seed);
        Layer model = new Sequential(
                Conv2d.builder(1, 4, 3).same().build(generator),
                new BatchNorm2d(4),
                new ReLU(),
                new MaxPool2d(2),
                new Sequential(Conv2d.builder(4, 6, 2).same().noBias().relu().build(generator), new MaxPool2d(2)),
                new Flatten(),
                new Dropout(0.25, generator.split()),
                new Linear(6 * 2 * 2, 10, generator));
        model.forward(random(Shape.of(5, 1, 8, 8), seed)); // in training: moves the running averages
        return model.eval();
    }

    static ModelPackage digits() {
        return ModelPackage.classifier(
                        cnn(1),
                        IntStream.range(0, 10).mapToObj(Integer::toString).toList())
                .preprocessing(new ImagePreprocessing(Shape.of(1, 8, 8), new Normalize(List.of(0.3), List.of(0.37))))
                .metrics(Map.of("test_accuracy", 0.1 + 0.2, "images", 1797.0));
    }

    static ModelPackage writer() {
        var tokenizer = BpeTrainer.ofMerges(8, "<|end|>").train(TEXT);
        GptConfig config =
                GptConfig.llama(tokenizer.vocabularySize(), 16, 2, 2, 8).keyValueHeads(1);
        return ModelPackage.languageModel(new Gpt(config, new Generator(3)), tokenizer)
                .metrics(Map.of("loss", 3.5));
    }

    static Tensor random(Shape shape, long seed) {
        Generator generator = new Generator(seed);
        return Tensors.of(
                IntStream.range(0, shape.size())
                        .mapToDouble(i -> generator.nextGaussian())
                        .toArray(),
                shape);
    }

    static double[] logits(Layer model, Tensor x) {
        model.eval();
        try (NoGrad scope = NoGrad.enter()) {
            return model.forward(x).data().clone();
        }
    }

    static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    /** Writes a manifest that fits the files as they are now: somebody who changes a package on purpose does the same. */
    static void sign(Path folder, PackageKind kind) throws IOException {
        Map<String, PackageManifest.Entry> files = new TreeMap<>();
        for (Path file : entries(folder)) {
            if (!file.getFileName().toString().equals("manifest.json")) {
                files.put(file.getFileName().toString(), Checksums.of(file));
            }
        }
        Files.write(folder.resolve("manifest.json"), new PackageManifest(kind, files).encode());
    }

    /** Puts the files of a folder into a zip as they are, right or wrong. */
    static Path zip(Path folder, Path zip) throws IOException {
        ZipBytes bytes = new ZipBytes();
        for (Path file : entries(folder)) {
            bytes.stored(file.getFileName().toString(), Files.readAllBytes(file));
        }
        return bytes.write(zip);
    }

    /** Replaces a text in a file, which must be there, and signs the package again. */
    static void edit(Path folder, String file, String old, String by) throws IOException {
        PackageKind kind = ModelPackage.verify(folder).kind();
        String text = Files.readString(folder.resolve(file));
        assertThat(text).contains(old);
        Files.write(folder.resolve(file), text.replace(old, by).getBytes(StandardCharsets.UTF_8));
        sign(folder, kind);
    }
}
