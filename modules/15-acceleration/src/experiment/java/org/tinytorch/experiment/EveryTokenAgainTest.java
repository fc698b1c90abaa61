package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.data.DataLoader;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.UciDigits;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Checkpoint;
import org.tinytorch.training.Modes;
import org.tinytorch.training.Trainer;
import org.tinytorch.transformer.Gpt;

/** Holds the closing experiment of module 15 to its claims, by counting; and a model that was trained before this module to what it said then. */
final class EveryTokenAgainTest {

    @Test
    @DisplayName("a token takes as many multiply-adds as the formula says, and eight times the text eight times as many")
    void grows() {
        for (int length : new int[] {8, 16, 64}) {
            assertThat(EveryTokenAgain.counted(length)).as("multiply-adds of the token after %d others", length).isEqualTo(EveryTokenAgain.predicted(length));
        }
        assertThat(EveryTokenAgain.counted(64) / (double) EveryTokenAgain.counted(8)).as("64 tokens against 8").isBetween(7.5, 9.0);
        assertThat(EveryTokenAgain.needed(64) / (double) EveryTokenAgain.counted(64)).as("part of the last token").isLessThan(0.03);
    }

    @Test
    @DisplayName("the work for the tokens before is the same work again: they don't see the new one")
    void again() {
        Gpt model = EveryTokenAgain.gpt();
        model.eval();
        int[] tokens = EveryTokenAgain.tokens(20);
        Tensor ids = Tensors.of(Arrays.stream(tokens).asDoubleStream().toArray(), 1, 20);
        EveryTokenAgain.on(Backend.reference(), () -> {
            Tensor now = model.forward(ids);
            Tensor before = model.forward(ids.slice(1, 0, 19));
            assertThat(now.slice(1, 0, 19).data()).as("logits of the first 19 places, with and without the twentieth token").containsExactly(before.data());
        });
    }

    @Test
    @DisplayName("all backends compute the same product, convolution and step")
    void same() {
        List<Double> losses = new ArrayList<>();
        EveryTokenAgain.backends().forEach((name, backend) -> EveryTokenAgain.on(backend, () -> {
            EveryTokenAgain.product().run();
            EveryTokenAgain.convolution().run();
            EveryTokenAgain.step().run();
            Gpt model = EveryTokenAgain.gpt();
            Tensor ids = Tensors.randint(new Generator(2), EveryTokenAgain.VOCABULARY, 4, 32);
            losses.add(model.forward(ids).square().mean().item());
        }));
        assertThat(losses).as("mean square of the logits on plain, blocked, parallel, auto").hasSize(4).allSatisfy(loss -> assertThat(loss).isCloseTo(losses.get(0), within(1e-9)));
    }

    // ---- models from before

    private static Sequential mlp(Generator generator) {
        return new Sequential(new Flatten(), new Linear(64, 64, generator), new ReLU(), new Linear(64, 10, generator));
    }

    private static Sequential cnn(Generator generator) {
        return new Sequential(
                Conv2d.builder(1, 8, 3).same().build(generator),
                new BatchNorm2d(8),
                new ReLU(),
                new MaxPool2d(2),
                Conv2d.builder(8, 16, 3).same().build(generator),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(64, 10, generator));
    }

    @Test
    @DisplayName("an MLP and a CNN, trained and saved on the plain loops, say the same on every backend")
    void trainedBefore(@TempDir Path folder) throws IOException {
        DataSplit images = UciDigits.load().split(0.2, new Generator(1));
        List<Function<Generator, Sequential>> kinds = List.of(EveryTokenAgainTest::mlp, EveryTokenAgainTest::cnn);
        for (int kind = 0; kind < kinds.size(); kind++) {
            Path file = folder.resolve("model" + kind + ".safetensors");
            Sequential model = kinds.get(kind).apply(new Generator(1));
            double[] accuracy = new double[1];
            EveryTokenAgain.on(Backend.reference(), () -> accuracy[0] = train(model, images));
            new Checkpoint().model(model).save(file);
            double[] expected = predict(Backend.reference(), model, images);
            assertThat(accuracy[0]).as("new digits read, by the plain loops").isGreaterThan(0.8);

            for (Backend backend : EveryTokenAgain.backends().values()) {
                Sequential loaded = kinds.get(kind).apply(new Generator(99));
                new Checkpoint().model(loaded).load(file);
                assertThat(predict(backend, loaded, images))
                        .as("logits of model %d, saved on the plain loops, loaded and used on '%s'", kind, backend.name())
                        .containsExactly(expected, within(1e-9));
            }
        }
    }

    private static double train(Layer model, DataSplit images) {
        Trainer trainer = Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.005)).metrics(new Accuracy()).build();
        trainer.fit(DataLoader.of(images.train(), 32).shuffled(new Generator(1)), 3);
        return trainer.evaluate(DataLoader.of(images.test(), 32)).get("accuracy");
    }

    private static double[] predict(Backend backend, Layer model, DataSplit images) {
        double[][] logits = new double[1][];
        EveryTokenAgain.on(backend, () -> {
            try (Modes modes = Modes.evaluation(model); NoGrad scope = NoGrad.enter()) {
                logits[0] = model.forward(images.test().images(0, 100)).data().clone();
            }
        });
        return logits[0];
    }
}
