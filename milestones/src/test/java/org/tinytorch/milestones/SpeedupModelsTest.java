package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.caching.CachedLanguageModel;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.UciDigits;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/** What each technique does to the models themselves. */
class SpeedupModelsTest {
    private static final int CONTEXT = 16;
    private static final int BATCHES = 3;

    private static GptSpeedup gpt() throws IOException {
        GptText text = GptText.load(Optional.empty());
        Tokenizer tokenizer = CharTokenizer.of(text.whole());
        GptConfig config = GptConfig.gpt2(tokenizer.vocabularySize(), CONTEXT, 1, 4, 16);
        return new GptSpeedup(
                new TrainedGpt(new Gpt(config, new Generator(1)), tokenizer),
                text,
                new GptSpeedup.Sizes(20, 8, 4, 10, 4, 2, 1e-3),
                1);
    }

    private static ImageSpeedup mlp() throws IOException {
        return mlp(new AtomicInteger());
    }

    /** Counts how often it is trained. */
    private static ImageSpeedup mlp(AtomicInteger trainings) throws IOException {
        DataSplit digits = UciDigits.load().split(0.2, new Generator(1));
        ImageTask task = ImageTask.of(digits, 1);
        Sequential trained =
                DigitModel.MLP.build(digits.train().imageShape(), digits.train().classes(), new Generator(1));
        return new ImageSpeedup(
                "mlp",
                trained,
                () -> DigitModel.MLP.build(
                        digits.train().imageShape(), digits.train().classes(), new Generator(2)),
                new ImageTask(
                        () -> {
                            trainings.incrementAndGet();
                            return task.training().get();
                        },
                        task.calibration(),
                        task.test(),
                        task.remark()),
                BATCHES,
                new ImageSpeedup.Pruning(0.5, new FineTuning(1, 1e-3)));
    }

    @Test
    void precisionTakesAboutAnEighthOfTheMemory() throws IOException {
        for (SpeedupModel model : List.of(mlp(), gpt())) {
            long plain = model.with(Set.of()).weightBytes();
            long small = model.with(EnumSet.of(Technique.PRECISION)).weightBytes();

            assertThat(small).as(model.name()).isLessThan(plain / 2).isGreaterThan(plain / 9);
        }
    }

    @Test
    void compressionRemovesWeightsAndLeavesTheTrainedModelAsItWas() throws IOException {
        ImageSpeedup model = mlp();
        long plain = model.with(Set.of()).weightBytes();
        double before = model.with(Set.of()).quality().getAsDouble();

        Workload compressed = model.with(EnumSet.of(Technique.COMPRESSION));

        int in = 64;
        int hidden = 128 / 2;
        int classes = 10;
        assertThat(compressed.weightBytes()).isEqualTo(8L * (hidden * (in + 1) + classes * (hidden + 1)));
        assertThat(compressed.quality().getAsDouble())
                .as("an epoch of training teaches what an untrained network does not know")
                .isGreaterThan(before);
        assertThat(model.with(Set.of()).weightBytes()).isEqualTo(plain);
        assertThat(model.with(Set.of()).quality().getAsDouble()).isEqualTo(before);
    }

    @Test
    void whatIsLeftIsTrainedOnceForAllSetsOfTechniques() throws IOException {
        AtomicInteger trainings = new AtomicInteger();
        ImageSpeedup model = mlp(trainings);

        double first = model.with(EnumSet.of(Technique.COMPRESSION)).quality().getAsDouble();
        double integers = model.with(EnumSet.of(Technique.PRECISION, Technique.COMPRESSION))
                .quality()
                .getAsDouble();
        double again = model.with(EnumSet.of(Technique.COMPRESSION)).quality().getAsDouble();

        assertThat(trainings).hasValue(1);
        assertThat(again).isEqualTo(first);
        assertThat(integers).as("in integers of 8 bits").isCloseTo(first, within(0.05));
    }

    @Test
    void whatIsCountedFollowsTheTechniques() throws IOException {
        ImageSpeedup model = mlp();
        double hidden = 128;

        double plain = model.with(Set.of()).counted().get().get(Counted.MULTIPLY_ADDS);
        double half =
                model.with(EnumSet.of(Technique.COMPRESSION)).counted().get().get(Counted.MULTIPLY_ADDS);

        assertThat(plain).isCloseTo((64 + 10) * hidden / 1e6, within(1e-12));
        assertThat(half).isCloseTo(plain / 2, within(1e-12));
        assertThat(model.with(EnumSet.of(Technique.PRECISION)).counted().get().get(Counted.MEMORY))
                .isLessThan(model.with(Set.of()).counted().get().get(Counted.MEMORY) / 4);
        assertThat(gpt().with(Set.of()).counted().get()).isEmpty();
    }

    @Test
    void onlyWhatWritesHasAWriter() throws IOException {
        GptSpeedup model = gpt();

        LiveWriter plain = model.writer(Set.of()).orElseThrow();
        LiveWriter cached = model.writer(EnumSet.of(Technique.CACHING)).orElseThrow();

        assertThat(mlp().writer(Set.of())).isEmpty();
        assertThat(plain.prompt()).hasSize(CONTEXT).isEqualTo(cached.prompt());
        assertThat(cached.generator().model()).isInstanceOf(CachedLanguageModel.class);
        assertThat(plain.generator()
                        .maxTokens(5)
                        .generate(plain.prompt(), new Generator(1))
                        .tokens())
                .isEqualTo(5);
    }

    @Test
    void aCopyComputesWhatTheTrainedModelComputes() throws IOException {
        GptSpeedup model = gpt();

        double plain = model.with(Set.of()).quality().getAsDouble();

        assertThat(model.with(EnumSet.of(Technique.PRECISION)).quality().getAsDouble())
                .as("in integers of 8 bits")
                .isNotEqualTo(plain)
                .isCloseTo(plain, within(0.05));
        assertThat(model.with(EnumSet.of(Technique.CACHING)).quality().getAsDouble())
                .as("predicted from fewer tokens")
                .isNotEqualTo(plain)
                .isCloseTo(plain, within(0.2));
    }

    @Test
    void whatIsSlowWritesFewerTokens() throws IOException {
        GptSpeedup model = gpt();

        Workload loops = model.with(Set.of());
        Workload cached = model.with(EnumSet.of(Technique.ACCELERATION, Technique.CACHING));

        assertThat(loops.items()).isEqualTo(4);
        assertThat(loops.shortened()).isTrue();
        assertThat(model.with(EnumSet.of(Technique.ACCELERATION)).items()).isEqualTo(8);
        assertThat(cached.items()).isEqualTo(20);
        assertThat(cached.shortened()).isFalse();
    }

    @Test
    void anImageModelGoesOnUntilAsManyImagesAreDone() throws IOException {
        Workload work = mlp().with(Set.of());
        int batch = 64;

        assertThat(work.items()).isEqualTo(BATCHES * batch);
        assertThat(operations(work, BATCHES * batch)).isEqualTo(BATCHES * operations(work, batch));
        assertThat(operations(work, batch + 1)).isEqualTo(2 * operations(work, batch));
    }

    private static int operations(Workload work, int images) {
        AtomicInteger count = new AtomicInteger();
        Backend before = Backend.use((operation, inputs) -> {
            count.incrementAndGet();
            return operation.forward(inputs);
        });
        try {
            work.run().accept(images);
            return count.get();
        } finally {
            Backend.use(before);
        }
    }

    @Test
    void whatMustBeSaidOfTheTestImagesIsInTheDescription(@TempDir Path folder) throws IOException {
        Cifar10Data official = Cifar10Data.load(Optional.of(Cifar10Files.write(folder, 1, true)));
        Files.delete(folder.resolve("test_batch.bin"));
        Cifar10Data heldOut = Cifar10Data.load(Optional.of(folder));

        assertThat(cnn(heldOut).description())
                .contains("a run is 1 batch of 4 images")
                .endsWith(
                        " There is no test_batch.bin, so data_batch_5.bin is held out: the accuracy is one on training"
                                + " images that the network does not see.");
        assertThat(cnn(official).description()).endsWith("more epoch.");
        assertThat(mlp().description())
                .contains("a run is 3 batches of 64 images")
                .endsWith("more epoch.");
    }

    private static ImageSpeedup cnn(Cifar10Data images) {
        return new ImageSpeedup(
                "cnn",
                TrainedCifar10.fresh(),
                TrainedCifar10::fresh,
                ImageTask.of(images, Cifar10Models.SMALL.recipe(), 1),
                1,
                new ImageSpeedup.Pruning(0.5, new FineTuning(1, 1e-3)));
    }
}
