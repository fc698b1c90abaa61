package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class CheckpointTest {
    @TempDir
    Path directory;

    private Path file;

    /** A model, an optimiser that has made two steps, a generator that has drawn, and a text. */
    private static final class Run {
        private final Layer model;
        private final Optimizer optimizer;
        private final Generator generator;
        private final AtomicReference<String> note = new AtomicReference<>("note");

        Run(long seed, int hidden) {
            generator = new Generator(seed);
            model = new Sequential(new Linear(2, hidden, generator), new ReLU(), new Linear(hidden, 1, generator));
            optimizer = new Adam(model.parameters(), 0.1 / seed);
        }

        void train() {
            for (int i = 0; i < 2; i++) {
                optimizer.zeroGrad();
                new MseLoss()
                        .forward(model.forward(Tensors.randn(generator, 4, 2)), Tensors.zeros(4, 1))
                        .backward();
                optimizer.step();
            }
        }

        Checkpoint checkpoint() {
            return new Checkpoint()
                    .model(model)
                    .optimizer(optimizer)
                    .generator("shuffle", generator)
                    .text("note", note::get, note::set);
        }

        String everything() {
            StringBuilder text = new StringBuilder();
            model.stateDict().forEach((name, tensor) -> text.append(name)
                    .append(Arrays.toString(tensor.data()))
                    .append('\n'));
            new java.util.TreeMap<>(optimizer.stateDict()).forEach((name, tensor) -> text.append(name)
                    .append(Arrays.toString(tensor.data()))
                    .append('\n'));
            return text.append(generator.state()).append(note).toString();
        }
    }

    @BeforeEach
    void save() throws IOException {
        file = directory.resolve("run.safetensors");
        Run run = new Run(1, 3);
        run.train();
        run.note.set("saved");
        run.checkpoint().save(file);
    }

    @Test
    void whatWasSavedIsLoadedBitForBit() throws IOException {
        Run original = new Run(1, 3);
        original.train();
        original.note.set("saved");
        Run other = new Run(2, 3);

        other.checkpoint().load(file);

        assertThat(other.everything()).isEqualTo(original.everything());
        other.train();
        original.train();
        assertThat(other.everything()).as("and goes on in the same way").isEqualTo(original.everything());
    }

    @Test
    void isASafetensorsFileWithPlainNames() throws IOException {
        SafeTensors contents = SafeTensors.read(file);

        assertThat(contents.tensors())
                .containsKeys(
                        "model.0.weight",
                        "model.0.bias",
                        "model.2.weight",
                        "optimizer.group.0.lr",
                        "optimizer.0.firstMoment");
        assertThat(contents.metadata())
                .containsEntry("format", "tinytorch-checkpoint-1")
                .containsEntry("parts", "model,optimizer")
                .containsEntry("note", "saved")
                .containsKey("generator.shuffle");
        assertThat(Long.parseLong(contents.metadata().get("generator.shuffle")))
                .as("64 bits, more than a double holds")
                .isNotZero();
    }

    private void assertRefusedAndUnchanged(Run run, Checkpoint checkpoint, String... parts) {
        String before = run.everything();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checkpoint.load(file))
                .withMessageContaining("checkpoint: " + file)
                .withMessageContainingAll(parts);
        assertThat(run.everything()).as("nothing has changed").isEqualTo(before);
    }

    @Test
    void anotherModelIsRefusedByName() {
        Run wider = new Run(2, 5);
        assertRefusedAndUnchanged(
                wider, wider.checkpoint(), "does not fit", "model", "0.weight is (5, 2) here but (3, 2) there");
    }

    @Test
    void anotherOptimizerIsRefusedAfterTheModelWasLoadedAndTakenBack() {
        Run run = new Run(2, 3);
        Checkpoint withSgd = new Checkpoint()
                .model(run.model)
                .optimizer(new Sgd(run.model.parameters(), 0.1))
                .generator("shuffle", run.generator)
                .text("note", run.note::get, run.note::set);
        assertRefusedAndUnchanged(run, withSgd, "does not fit", "optimizer");
    }

    @Test
    void missingAndUnknownPartsAreNamed() {
        Run run = new Run(2, 3);
        Checkpoint different = new Checkpoint()
                .model(run.model)
                .part("schedule", Stateful.of(Map::of, state -> {}))
                .generator("dropout", run.generator);
        assertRefusedAndUnchanged(
                run,
                different,
                "lacks the parts schedule",
                "has the parts optimizer",
                "lacks the texts generator.dropout",
                "note, unknown here");
    }

    @Test
    void aTextThatCannotBeTakenUndoesEverything() {
        Run run = new Run(2, 3);
        Checkpoint picky = new Checkpoint()
                .model(run.model)
                .optimizer(run.optimizer)
                .generator("shuffle", run.generator)
                .text("note", run.note::get, text -> {
                    if (text.equals("saved")) {
                        throw new IllegalArgumentException("not this one");
                    }
                });
        assertRefusedAndUnchanged(run, picky, "note: not this one");
    }

    @Test
    void aGeneratorStateThatIsNoNumberIsRefused() throws IOException {
        SafeTensors contents = SafeTensors.read(file);
        Map<String, String> metadata = new java.util.HashMap<>(contents.metadata());
        metadata.put("generator.shuffle", "many");
        new SafeTensors(contents.tensors(), metadata).write(file);
        Run run = new Run(2, 3);
        assertRefusedAndUnchanged(run, run.checkpoint(), "generator.shuffle", "many");
    }

    @Test
    void weightsAloneAreNoCheckpoint() throws IOException {
        Run run = new Run(2, 3);
        new SafeTensors(run.model.stateDict()).write(file);
        assertRefusedAndUnchanged(run, run.checkpoint(), "not a checkpoint", "model.loadStateDict");
    }

    @Test
    void aDamagedFileChangesNothing() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Run run = new Run(2, 3);
        String before = run.everything();
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> run.checkpoint().load(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString());
        }
        assertThat(run.everything()).isEqualTo(before);
    }

    @Test
    void loadedTensorsAreNotShared() throws IOException {
        Run run = new Run(2, 3);
        run.checkpoint().load(file);
        byte[] before = Files.readAllBytes(file);
        run.train();
        assertThat(file).hasBinaryContent(before);
        Run again = new Run(3, 3);
        again.checkpoint().load(file);
        Tensor weight = again.model.stateDict().get("0.weight");
        assertThat(weight.data())
                .isNotEqualTo(run.model.stateDict().get("0.weight").data());
    }

    @Test
    void namesMustDiffer() {
        Run run = new Run(1, 3);
        Checkpoint checkpoint = run.checkpoint();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checkpoint.model(run.model))
                .withMessageContaining("'model'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checkpoint.generator("shuffle", run.generator))
                .withMessageContaining("shuffle");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checkpoint.part("a.b", Stateful.of(run.model)))
                .withMessageContaining("without dots");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checkpoint.text("format", () -> "", text -> {}))
                .withMessageContaining("'format'");
    }
}
