package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.tokenization.Tokenizers;
import org.tinytorch.training.History;
import org.tinytorch.training.SafeTensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModel;
import org.tinytorch.transformer.Sampler;
import org.tinytorch.transformer.TextGenerator;

class GptMilestoneTest {
    /** A text in which what comes next depends on two characters. */
    private static final String TEXT = "the fox and the owl sat on the mill and sang\n".repeat(60);

    @TempDir
    private Path folder;

    private Path text;
    private Path out;

    @BeforeEach
    void writeText() throws IOException {
        text = Files.writeString(folder.resolve("text.txt"), TEXT);
        out = folder.resolve("out");
    }

    /** A small model, some seconds of training. */
    private MilestoneRun run(String... options) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("--out", out.toString());
        all.put("--data", text.toString());
        all.put("--layers", "1");
        all.put("--width", "16");
        all.put("--heads", "2");
        all.put("--context", "16");
        all.put("--lr", "0.01");
        all.put("--max-tokens", "40");
        List<String> flags = new ArrayList<>(List.of("gpt"));
        for (String option : options) {
            String[] parts = option.split("=", 2);
            if (parts.length == 2) {
                all.put(parts[0], parts[1]);
            } else {
                flags.add(option);
            }
        }
        all.forEach((name, value) -> flags.add(name + "=" + value));
        return MilestoneRun.of(flags.toArray(String[]::new));
    }

    @Test
    void learnsWritesAndLeavesCurvesAttentionMapTokenizerAndCheckpoint() throws IOException {
        MilestoneRun run = run("--iterations=150", "--every=50", "--prompt=the ", "--temperature=0");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("2,700 characters; 2,430 char tokens to learn from, 269 to be measured on")
                .contains("   step   train loss   validation loss   learning rate   tokens/s   seconds   time left")
                .contains("\n100/150   ")
                .contains("          | ")
                .contains("---- It writes:\nthe ")
                .contains("Of its words")
                .doesNotContain("\r");
        assertThat(run.resultLine())
                .startsWith("RESULT milestone=gpt validation_loss=")
                .endsWith("passed=true");
        assertThat(run.figure("target")).as("a table of pairs").isCloseTo(run.figure("bigram"), within(1e-4));
        assertThat(run.figure("validation_loss")).isLessThan(run.figure("without_attention"));
        assertThat(run.figure("known_words")).isGreaterThan(0.8);
        History history = History.fromCsv(Files.readString(out.resolve("history.csv")));
        assertThat(history.size()).isEqualTo(3);
        assertThat(ImageIO.read(out.resolve("curves.png").toFile()).getWidth()).isGreaterThan(600);
        assertThat(ImageIO.read(out.resolve("attention.png").toFile()).getWidth())
                .as("two heads and 16 tokens")
                .isGreaterThan(2 * 16 * 9);
        assertThat(Tokenizers.load(out.resolve("tokenizer.json")).encode("fox")).hasSize(3);
        assertThat(out.resolve("checkpoint.safetensors")).isNotEmptyFile();
    }

    @Test
    void theWeightsAndTheTokenizerAreEnoughToWriteWith() throws IOException {
        MilestoneRun run = run("--iterations=60", "--prompt=the ", "--temperature=0");

        Tokenizer tokenizer = Tokenizers.load(out.resolve("tokenizer.json"));
        GptConfig config =
                GptConfig.gpt2(tokenizer.vocabularySize(), 16, 1, 2, 16).bias(false);
        Gpt gpt = new Gpt(config, new Generator(9));
        gpt.loadStateDict(SafeTensors.read(out.resolve("model.safetensors")).tensors());
        String text = TextGenerator.of(LanguageModel.of(gpt), tokenizer)
                .sampler(Sampler.greedy())
                .maxTokens(40)
                .generate("the ", new Generator(1))
                .text();

        assertThat(text).isNotBlank();
        assertThat(run.out()).contains("---- It writes:\nthe " + text);
    }

    @Test
    void aTargetDecides() {
        MilestoneRun run = run("--iterations=2", "--target=0.5");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("Missed: validation_loss is", "above the target of 0.5");
        assertThat(run.resultLine()).contains("target=0.5 ").endsWith("passed=false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tokenizer=bpe --vocabulary=270", "--style=llama", "--float32", "--dropout=0.1"})
    void everyKindTrains(String options) {
        List<String> all = new ArrayList<>(List.of("--iterations=80", "--every=40", "--target=9"));
        all.addAll(List.of(options.split(" ")));

        MilestoneRun run = run(all.toArray(String[]::new));

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.figure("validation_loss")).isBetween(0.1, 9.0);
    }

    @Test
    void goingOnAfterTheEndWritesAgain() {
        MilestoneRun whole = run("--iterations=4", "--every=2");
        MilestoneRun again = run("--iterations=4", "--every=2", "--resume", "--prompt=owl");

        assertThat(again.out()).contains("Going on after round 2.", "---- It writes:\nowl");
        assertThat(again.figure("validation_loss")).isEqualTo(whole.figure("validation_loss"));
    }

    @Test
    void aCheckpointOfAnotherTextIsRefused() throws IOException {
        run("--iterations=2");
        Files.writeString(text, TEXT.replace("fox", "cat"));

        MilestoneRun run = run("--iterations=2", "--resume");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("is of another run: text is ");
    }

    @Test
    void aMissingFileIsNamedAndNothingIsMade() {
        MilestoneRun run = run("--data=" + folder.resolve("nowhere.txt"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--data: there is no " + folder.resolve("nowhere.txt"));
        assertThat(out).doesNotExist();
    }

    @Test
    void missingFilesOfGpt2AreNamedWithWhereToGetThem() {
        MilestoneRun run = run("--tokenizer=gpt2", "--gpt2=" + folder);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(folder.resolve("encoder.json").toString(), "fetch");
    }

    @Test
    void aTextShorterThanTheContextIsRefused() {
        MilestoneRun run = run("--context=3000");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("too short for windows of 3000");
    }

    @Test
    void aTextThatSaysTheSameAllTheTimeIsRefusedBeforeTheTraining() throws IOException {
        Files.writeString(text, "a".repeat(2000));

        MilestoneRun run = run();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("the last tenth of the text has no 16 tokens in a row whose order matters");
        assertThat(run.out()).doesNotContain("train loss");
    }

    @Test
    void aContextTooShortToBeJudgedIsRefusedBeforeTheTraining() {
        MilestoneRun run = run("--context=2");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("a context of at least 3 tokens");
        assertThat(run.out()).doesNotContain("train loss");
    }

    @Test
    void anEarlierRunKeepsItsTokenizerUntilThereAreNewWeights() throws IOException {
        run("--iterations=2");
        byte[] before = Files.readAllBytes(out.resolve("tokenizer.json"));
        Files.writeString(text, TEXT.replace("fox", "zebra"));

        MilestoneRun run = run("--iterations=2", "--lr=1e300");

        assertThat(run.exitCode()).as("the training diverges").isEqualTo(1);
        assertThat(run.out()).contains("train loss").doesNotContain("Weights:");
        assertThat(Files.readAllBytes(out.resolve("tokenizer.json"))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--iterations=0",
                "--iterations=5 --every=2",
                "--width=15",
                "--dropout=1",
                "--lr=0",
                "--temperature=-1",
                "--top-k=-1",
                "--top-p=0",
                "--max-tokens=-1",
                "--prompt=ZEBRA",
                "--prompt=",
                "--tokenizer=words",
                "--tokenizer=gpt2",
                "--tokenizer=bpe --vocabulary=100",
                "--threads=0"
            })
    void badUsageExitsWithTwoBeforeAnythingIsTrained(String options) {
        MilestoneRun run = run(options.split(" "));

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
        assertThat(run.err()).isNotBlank();
        assertThat(run.out()).doesNotContain("train loss");
    }
}
