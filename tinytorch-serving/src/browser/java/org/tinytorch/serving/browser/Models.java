package org.tinytorch.serving.browser;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tinytorch.data.DataLoader;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.UciDigits;
import org.tinytorch.interop.ImagePreprocessing;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.optim.AdamW;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Trainer;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModelLoss;
import org.tinytorch.transformer.RandomWindows;

/** Models for the page, trained in seconds. */
final class Models {
    static final String PROMPT = "The lamp";

    private static final String TEXT = """
            The lamp burned low and the night was long.
            The miller slept and the mill stood still.
            The river ran on under the frozen bridge.
            A fox came down from the hill for a drink.
            """;

    private static final int SIDE = 8;
    private static final int BATCH = 64;

    private Models() {}

    /** Reads digits. Trained once. */
    static ModelPackage digits() {
        return Digits.TRAINED;
    }

    /** Knows four lines by heart. Trained once. */
    static ModelPackage writer() {
        return Writer.TRAINED;
    }

    private static final class Digits {
        static final ModelPackage TRAINED = trainedDigits();
    }

    private static final class Writer {
        static final ModelPackage TRAINED = trainedWriter();
    }

    /** The network of the milestone {@code digits --model cnn}, with fewer rounds. */
    private static ModelPackage trainedDigits() {
        Generator generator = new Generator(1);
        Sequential model = new Sequential(
                Conv2d.builder(1, 16, 3).same().build(generator),
                new ReLU(),
                new MaxPool2d(2),
                Conv2d.builder(16, 32, 3).same().build(generator),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(32 * 2 * 2, 128, generator),
                new ReLU(),
                new Linear(128, 10, generator));
        DataSplit images = UciDigits.load().split(0.2, generator.split());
        double accuracy = Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), 2e-3))
                .validation(DataLoader.of(images.test(), BATCH))
                .metrics(new Accuracy())
                .build()
                .fit(DataLoader.of(images.train(), BATCH).shuffled(generator.split()), 12)
                .last()
                .get("val_accuracy");
        return ModelPackage.classifier(
                        model,
                        IntStream.range(0, 10).mapToObj(Integer::toString).toList())
                .preprocessing(ImagePreprocessing.none(Shape.of(1, 8, 8)))
                .metrics(Map.of("test_accuracy", accuracy));
    }

    /** Says which of three colours an image of 8 by 8 has most of. */
    static ModelPackage colours() {
        int pixels = SIDE * SIDE;
        Tensor weight = Tensors.zeros(3, 3 * pixels);
        for (int colour = 0; colour < 3; colour++) {
            for (int i = 0; i < pixels; i++) {
                weight.set(10.0 / pixels, colour, colour * pixels + i);
            }
        }
        return ModelPackage.classifier(
                        new Sequential(new Flatten(), Linear.of(weight)), List.of("red", "green", "blue"))
                .preprocessing(ImagePreprocessing.none(Shape.of(3, SIDE, SIDE)));
    }

    private static ModelPackage trainedWriter() {
        CharTokenizer tokenizer = CharTokenizer.of(TEXT);
        Generator generator = new Generator(1);
        GptConfig config = GptConfig.gpt2(tokenizer.vocabularySize(), 48, 2, 4, 48);
        Gpt model = new Gpt(config, generator);
        RandomWindows windows = new RandomWindows(tokenizer.encode(TEXT + TEXT), 48, 8, 150, generator.split());
        double loss = Trainer.builder(model, new LanguageModelLoss(), new AdamW(model.parameters(), 5e-3))
                .clipNorm(1)
                .build()
                .fit(windows, 2)
                .last()
                .get("train_loss");
        return ModelPackage.languageModel(model, tokenizer).metrics(Map.of("training_loss", loss));
    }
}
