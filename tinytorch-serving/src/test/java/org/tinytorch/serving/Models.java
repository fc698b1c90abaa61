package org.tinytorch.serving;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tinytorch.data.Normalize;
import org.tinytorch.interop.ImagePreprocessing;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tokenization.BpeTrainer;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/** Small models for tests, with random weights. */
final class Models {
    static final String LETTERS = "abcdefghijklmnopqrstuvwxyz .\n";

    private Models() {}

    /** Ten classes of images (1, 8, 8). */
    static ModelPackage digits() {
        return classifier(Shape.of(1, 8, 8), 10);
    }

    /** Classes called c0, c1, …. */
    static ModelPackage classifier(Shape image, int classes) {
        Sequential model = new Sequential(new Flatten(), new Linear(image.size(), classes, new Generator(7)));
        List<Double> halves =
                IntStream.range(0, image.dim(0)).mapToObj(c -> 0.5).toList();
        return ModelPackage.classifier(
                        model,
                        IntStream.range(0, classes).mapToObj(i -> "c" + i).toList())
                .preprocessing(new ImagePreprocessing(image, new Normalize(halves, halves)))
                .metrics(Map.of("accuracy", 0.98));
    }

    /** Writes letters, with a context of 16. */
    static ModelPackage letters() {
        return writer(CharTokenizer.of(LETTERS), 16);
    }

    /** Writes single bytes, with a context of 16: most of what it writes is no whole character. */
    static ModelPackage bytes() {
        return writer(BpeTrainer.ofMerges(0).train("a"), 16);
    }

    static ModelPackage writer(Tokenizer tokenizer, int context) {
        return ModelPackage.languageModel(
                        new Gpt(GptConfig.gpt2(tokenizer.vocabularySize(), context, 2, 2, 16), new Generator(3)),
                        tokenizer)
                .metrics(Map.of("loss", 3.4));
    }
}
