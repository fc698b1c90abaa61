package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.UciDigits;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/** What each technique does to the models themselves. */
class SpeedupModelsTest {
    private static final int CONTEXT = 16;

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
        DataSplit digits = UciDigits.load().split(0.2, new Generator(1));
        Sequential trained =
                DigitModel.MLP.build(digits.train().imageShape(), digits.train().classes(), new Generator(1));
        return new ImageSpeedup(
                "mlp",
                trained,
                () -> DigitModel.MLP.build(
                        digits.train().imageShape(), digits.train().classes(), new Generator(2)),
                ImageTask.of(digits, 1),
                new ImageSpeedup.Pruning(0.5, 1, 1e-3));
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
    void theLossIsTheLogarithmOfTheProbability() {
        assertThat(GptSpeedup.minusLog(new double[] {0, 0}, 1)).isCloseTo(Math.log(2), within(1e-12));
        assertThat(GptSpeedup.minusLog(new double[] {1000, 0}, 0)).isCloseTo(0, within(1e-12));
        assertThat(GptSpeedup.minusLog(new double[] {1000, 0}, 1)).isCloseTo(1000, within(1e-9));
    }
}
