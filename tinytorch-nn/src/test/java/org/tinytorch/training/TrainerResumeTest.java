package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.AdamW;
import org.tinytorch.optim.CosineWithWarmup;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.optim.ReduceOnPlateau;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** A run that was interrupted and resumed gives bit for bit what it would have given without. */
class TrainerResumeTest {
    private static final int EPOCHS = 6;
    private static final Tensor X = Tensors.randn(new Generator(100), 23, 4);
    private static final Tensor Y = Tensors.randint(new Generator(101), 3, 23);

    @TempDir
    Path directory;

    /** Everything that has a state: dropout, shuffling, moments, schedules, early stopping. The seed gives the start, which resuming must overwrite. */
    private final class Run {
        private final Layer model;
        private final Generator shuffle;
        private final Trainer trainer;
        private final List<Double> losses = new ArrayList<>();

        Run(long seed, boolean plateau, TrainingListener... listeners) {
            Generator generator = new Generator(seed);
            model = new Sequential(
                    new Linear(4, 16, generator),
                    new ReLU(),
                    new Dropout(0.3, new Generator(seed + 1)),
                    new Linear(16, 3, generator));
            shuffle = new Generator(seed + 2);
            Optimizer optimizer = new AdamW(model.parameters(), 0.01);
            TrainerBuilder builder = Trainer.builder(model, new CrossEntropyLoss(), optimizer)
                    .metrics(new Accuracy())
                    .validation(Batches.of(X, Y, 7))
                    .accumulate(2)
                    .clipNorm(1)
                    .earlyStopping(EarlyStopping.highest("val_accuracy", 2))
                    .checkpoint(directory.resolve(seed + ".safetensors"))
                    .listener(new TrainingListener() {
                        @Override
                        public void onBatchEnd(BatchResult result) {
                            losses.add(result.loss());
                        }
                    });
            if (plateau) {
                builder.scheduleEachEpoch(
                        new ReduceOnPlateau(optimizer).patience(0).factor(0.5), "val_loss");
            } else {
                builder.scheduleEachStep(new CosineWithWarmup(optimizer, 3, 60));
            }
            Arrays.stream(listeners).forEach(builder::listener);
            trainer = builder.build();
        }

        Run fit(int epochs) {
            trainer.fit(Batches.of(X, Y, 4).shuffled(shuffle), epochs);
            return this;
        }

        Map<String, List<Double>> weights() {
            return model.stateDict().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            e -> Arrays.stream(e.getValue().data()).boxed().toList()));
        }

        Run resume(Path file) throws IOException {
            trainer.resume(file);
            return this;
        }
    }

    private Path file(long seed) {
        return directory.resolve(seed + ".safetensors");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void goesOnBitForBit(int interruptedAfter) throws IOException {
        for (boolean plateau : new boolean[] {false, true}) {
            Run whole = new Run(1, plateau).fit(EPOCHS);
            Run first = new Run(1, plateau).fit(interruptedAfter);
            Run second = new Run(50, plateau).resume(file(1)).fit(EPOCHS);

            List<Double> losses = new ArrayList<>(first.losses);
            losses.addAll(second.losses);
            assertThat(losses).as("every loss of every step").isEqualTo(whole.losses);
            assertThat(second.trainer.history()).isEqualTo(whole.trainer.history());
            assertThat(second.weights()).as("the weights in the end").isEqualTo(whole.weights());
            assertThat(second.trainer.steps()).isEqualTo(whole.trainer.steps());
        }
    }

    @Test
    void resumingTwiceIsAsGoodAsOnce() throws IOException {
        Run whole = new Run(1, false).fit(EPOCHS);
        new Run(2, false).fit(2);
        new Run(1, false).fit(2);
        new Run(3, false).resume(file(1)).fit(3);
        Run last = new Run(4, false).resume(file(3)).fit(EPOCHS);

        assertThat(last.trainer.history()).isEqualTo(whole.trainer.history());
        assertThat(last.weights()).isEqualTo(whole.weights());
    }

    @Test
    void aRunThatDiedInTheMiddleOfAnEpochGoesOnFromItsLastCheckpoint() throws IOException {
        Run whole = new Run(1, false).fit(EPOCHS);
        Run dying = new Run(1, false, new TrainingListener() {
            @Override
            public void onBatchEnd(BatchResult result) {
                if (result.step() == 8) {
                    throw new IllegalStateException("killed");
                }
            }
        });
        assertThatThrownBy(() -> dying.fit(EPOCHS)).hasMessage("killed");

        Run resumed = new Run(50, false).resume(file(1)).fit(EPOCHS);

        assertThat(resumed.trainer.history()).isEqualTo(whole.trainer.history());
        assertThat(resumed.weights()).isEqualTo(whole.weights());
    }

    @Test
    void aRunThatStoppedEarlyStaysStopped() throws IOException {
        Run stopped = new Run(1, false).fit(1000);
        int epochs = stopped.trainer.history().size();
        assertThat(epochs).as("stopped early").isLessThan(1000);

        Run resumed = new Run(50, false).resume(file(1)).fit(1000);

        assertThat(resumed.trainer.history().size()).isEqualTo(epochs);
        assertThat(resumed.weights()).as("the best ones, again").isEqualTo(stopped.weights());
    }

    @Test
    void aCheckpointThatIsSavedAndLoadedWithoutTrainingStaysTheSame() throws IOException {
        new Run(1, false).fit(2);
        byte[] saved = Files.readAllBytes(file(1));
        Run other = new Run(50, false).resume(file(1));
        other.fit(2); // done already: nothing to train, nothing to save
        assertThat(file(1)).hasBinaryContent(saved);
        assertThat(file(50)).doesNotExist();
    }

    @Test
    void dataWithoutTheGeneratorOfThenAreRefused() throws IOException {
        new Run(1, false).fit(1);
        Run resumed = new Run(50, false).resume(file(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resumed.trainer.fit(Batches.of(X, Y, 4), 3))
                .withMessageContainingAll("1 random generators", "these draw from 0");
        assertThat(resumed.fit(EPOCHS).trainer.history())
                .as("the right data are still welcome")
                .isEqualTo(new Run(1, false).fit(EPOCHS).trainer.history());
    }

    @Test
    void aCheckpointOfAnotherSetUpIsRefusedAndChangesNothing() throws IOException {
        new Run(1, true).fit(1);
        Run other = new Run(50, false);
        Map<String, List<Double>> before = other.weights();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.resume(file(1)))
                .withMessageContainingAll(
                        file(1).toString(), "lacks the parts step_schedule", "has the parts epoch_schedule");

        assertThat(other.weights()).isEqualTo(before);
        assertThat(other.trainer.history().size()).isZero();
        assertThatThrownBy(() -> other.resume(directory.resolve("none"))).isInstanceOf(IOException.class);
    }

    @Test
    void afterACheckpointThatDoesNotFitTrainingCanBeginAnew() throws IOException {
        Path path = file(1);
        new Run(1, false).fit(1);
        Map<String, Tensor> tensors = new HashMap<>(SafeTensors.read(path).tensors());
        tensors.put("model.0.bias", Tensors.zeros(99));
        new SafeTensors(tensors, SafeTensors.read(path).metadata()).write(path);
        Run other = new Run(50, false);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.resume(path))
                .withMessageContaining("0.bias is (16,) here but (99,) there");

        assertThat(other.fit(3).trainer.history())
                .as("as if nobody had tried to resume")
                .isEqualTo(new Run(50, false).fit(3).trainer.history());
    }

    @Test
    void ownGeneratorsAndLayersThatDrawAreKeptToo() throws IOException {
        Path path = directory.resolve("noise.safetensors");
        List<History> histories = new ArrayList<>();
        for (int interrupted : new int[] {0, 1, 2}) {
            Trainer first = noisy(1, path);
            if (interrupted == 0) {
                histories.add(first.fit(Batches.of(X, Y, 5), 3));
            } else {
                first.fit(Batches.of(X, Y, 5), interrupted);
                histories.add(noisy(70, path).resume(path).fit(Batches.of(X, Y, 5), 3));
            }
        }
        assertThat(histories).containsOnly(histories.get(0));
    }

    // A layer that adds noise, and a listener that shakes the weights by another generator.
    private static Trainer noisy(long seed, Path path) {
        Layer model = new Sequential(new Noise(new Generator(seed)), new Linear(4, 3, new Generator(seed)));
        Generator own = new Generator(seed + 1);
        return Trainer.builder(model, new CrossEntropyLoss(), new AdamW(model.parameters(), 0.1))
                .generator("shake", own)
                .checkpoint(path)
                .listener(new TrainingListener() {
                    @Override
                    public void onBatchEnd(BatchResult result) {
                        model.parameters().get(0).set(own.nextGaussian(), 0, 0);
                    }
                })
                .build();
    }

    private static final class Noise extends Layer implements Stochastic {
        private final Generator generator;

        Noise(Generator generator) {
            this.generator = generator;
        }

        @Override
        protected Tensor compute(Tensor x) {
            return x.add(Tensors.randn(generator, x.shape().dims()));
        }

        @Override
        public List<Generator> generators() {
            return List.of(generator);
        }
    }

    @Test
    void aCheckpointInAFolderThatDoesNotExistIsRefusedBeforeTraining() {
        assertThatThrownBy(() -> noisy(1, directory.resolve("no/such/directory/c")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no folder " + directory.resolve("no/such/directory"));
    }

    @Test
    void aCheckpointThatCannotBeWrittenStopsTheRunAndSaysSo() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("gone"));
        Trainer trainer = noisy(1, folder.resolve("c"));
        Files.delete(folder);
        assertThatThrownBy(() -> trainer.fit(Batches.of(X, Y, 5), 2))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll("the checkpoint of epoch 1 was not saved", "create it first");
    }
}
