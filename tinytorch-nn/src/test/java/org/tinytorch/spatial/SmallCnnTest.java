package org.tinytorch.spatial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.BatchResult;
import org.tinytorch.training.Batches;
import org.tinytorch.training.Trainer;
import org.tinytorch.training.TrainingListener;

/** A small network with every kind of layer of this module, in the hands of the trainer. */
class SmallCnnTest {
    private static final int IMAGES = 40;

    /** A bar that lies or stands, somewhere in noise. */
    private static final Tensor LABELS = Tensors.randint(new Generator(8), 2, IMAGES);

    private static final Tensor IMAGES_OF_BARS = bars();

    @TempDir
    Path directory;

    private static Tensor bars() {
        Generator generator = new Generator(9);
        Tensor x = Tensors.randn(generator, IMAGES, 1, 8, 8).mul(0.2);
        Tensor places = Tensors.randint(generator, 8, IMAGES);
        for (int n = 0; n < IMAGES; n++) {
            for (int i = 0; i < 8; i++) {
                int place = (int) places.get(n);
                if (LABELS.get(n) == 0) {
                    x.set(1, n, 0, place, i);
                } else {
                    x.set(1, n, 0, i, place);
                }
            }
        }
        return x;
    }

    private final class Run {
        private final Layer model;
        private final Generator shuffle;
        private final Trainer trainer;
        private final List<Double> losses = new ArrayList<>();

        Run(long seed) {
            Generator generator = new Generator(seed);
            shuffle = new Generator(seed + 1);
            model = new Sequential(
                    Conv2d.builder(1, 4, 3).same().noBias().build(generator),
                    new BatchNorm2d(4),
                    new ReLU(),
                    new MaxPool2d(2),
                    new Dropout2d(0.2, new Generator(seed + 2)),
                    Conv2d.builder(4, 6, 3).groups(2).padding(1).build(generator),
                    new ReLU(),
                    new AvgPool2d(2),
                    ConvTranspose2d.builder(6, 4, 2).stride(2).build(generator),
                    new AdaptiveAvgPool2d(2, 2),
                    new Flatten(),
                    new BatchNorm1d(16),
                    new Linear(16, 2, generator));
            trainer = Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.02))
                    .metrics(new Accuracy())
                    .validation(Batches.of(IMAGES_OF_BARS, LABELS, 16))
                    .checkpoint(file(seed))
                    .listener(new TrainingListener() {
                        @Override
                        public void onBatchEnd(BatchResult result) {
                            losses.add(result.loss());
                        }
                    })
                    .build();
        }

        Run fit(int epochs) {
            trainer.fit(Batches.of(IMAGES_OF_BARS, LABELS, 8).shuffled(shuffle), epochs);
            return this;
        }

        Map<String, List<Double>> state() {
            return model.stateDict().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            e -> Arrays.stream(e.getValue().data()).boxed().toList()));
        }
    }

    private Path file(long seed) {
        return directory.resolve(seed + ".safetensors");
    }

    @Test
    void learnsWhetherABarLiesOrStands() {
        Run run = new Run(1).fit(15);

        assertThat(run.trainer.history().last().get("val_accuracy")).isGreaterThanOrEqualTo(0.95);
        assertThat(run.trainer.history().last().get("train_loss"))
                .isLessThan(run.trainer.history().series("train_loss")[0] / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aRunThatIsResumedGoesOnBitForBit(int interruptedAfter) throws IOException {
        Run whole = new Run(1).fit(3);
        Run first = new Run(1).fit(interruptedAfter);
        Run second = new Run(50);
        second.trainer.resume(file(1));
        second.fit(3);

        List<Double> losses = new ArrayList<>(first.losses);
        losses.addAll(second.losses);
        assertThat(losses).as("every loss of every step").isEqualTo(whole.losses);
        assertThat(second.trainer.history()).isEqualTo(whole.trainer.history());
        assertThat(second.state())
                .as("weights and running averages")
                .isEqualTo(whole.state())
                .containsKeys("1.running_mean", "1.running_var", "11.running_mean");
    }

    @Test
    void evaluatingLeavesTheRunningAveragesAlone() {
        Run run = new Run(1).fit(1);
        Map<String, List<Double>> before = run.state();

        run.trainer.evaluate(Batches.of(IMAGES_OF_BARS, LABELS, 5));
        run.model.summary(IMAGES_OF_BARS.shape());

        assertThat(run.state()).isEqualTo(before);
        assertThat(run.model.isTraining()).isTrue();
    }
}
