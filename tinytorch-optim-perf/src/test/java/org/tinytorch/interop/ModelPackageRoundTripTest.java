package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.nn.ReLU;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.training.DataType;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/** What was written is read again, to the last bit. */
class ModelPackageRoundTripTest {
    @TempDir
    Path directory;

    private Path folder;

    @BeforeEach
    void name() {
        folder = directory.resolve("model");
    }

    @Test
    void aClassifierGivesTheSameBits() throws IOException {
        ModelPackage digits = Packages.digits();
        Tensor images = Packages.random(Shape.of(7, 1, 8, 8), 11);

        digits.write(folder);
        ModelPackage back = ModelPackage.read(folder);

        assertThat(Packages.logits(back.model(), images)).isEqualTo(Packages.logits(digits.model(), images));
        assertThat(back.model().isTraining()).as("training").isFalse();
        assertThat(back.kind()).isEqualTo(PackageKind.IMAGE_CLASSIFIER);
        assertThat(back.labels()).isEqualTo(digits.labels());
        assertThat(back.preprocessing()).isEqualTo(digits.preprocessing());
        assertThat(back.metrics()).isEqualTo(digits.metrics());
        assertThat(back.tokenizer()).isEmpty();
    }

    @Test
    void aLanguageModelGivesTheSameBits() throws IOException {
        ModelPackage writer = Packages.writer();
        int[] tokens = writer.tokenizer().orElseThrow().encode(Packages.TEXT.substring(0, 14));
        Tensor ids = Tensors.of(Arrays.stream(tokens).asDoubleStream().toArray(), 1, tokens.length);

        writer.write(folder);
        ModelPackage back = ModelPackage.read(folder);

        assertThat(Packages.logits(back.gpt(), ids)).isEqualTo(Packages.logits(writer.model(), ids));
        assertThat(back.gpt().config()).isEqualTo(writer.gpt().config());
        assertThat(back.tokenizer().orElseThrow().encode(Packages.TEXT))
                .isEqualTo(writer.tokenizer().orElseThrow().encode(Packages.TEXT));
        assertThat(back.metrics()).isEqualTo(writer.metrics());
    }

    @Test
    void aGptInTheOtherStyleToo() throws IOException {
        CharTokenizer tokenizer = CharTokenizer.of("abc");
        Gpt model = new Gpt(GptConfig.gpt2(4, 5, 2, 2, 6).hidden(7).bias(false).tied(false), new Generator(1));
        Tensor ids = Tensors.of(new double[] {0, 3, 1}, 1, 3);

        ModelPackage.languageModel(model, tokenizer).write(folder);

        assertThat(Packages.logits(ModelPackage.read(folder).model(), ids)).isEqualTo(Packages.logits(model, ids));
    }

    @Test
    void theSamePackageHasTheSameBytes() throws IOException {
        Packages.digits().write(folder);
        Packages.digits().write(directory.resolve("again"));

        for (Path file : Packages.entries(folder)) {
            assertThat(directory.resolve("again").resolve(file.getFileName().toString()))
                    .hasSameBinaryContentAs(file);
        }
    }

    @Test
    void halfTheSizeInSinglePrecision() throws IOException {
        ModelPackage digits = Packages.digits();
        Tensor images = Packages.random(Shape.of(3, 1, 8, 8), 4);
        digits.write(folder);
        long exact = Files.size(folder.resolve("model.safetensors"));

        new ModelPackageWriter().weights(DataType.F32).replacing().write(digits, folder);

        assertThat(Files.size(folder.resolve("model.safetensors"))).isLessThan(exact * 3 / 4);
        double[] expected = Packages.logits(digits.model(), images);
        double[] found = Packages.logits(ModelPackage.read(folder).model(), images);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], Offset.offset(1e-5));
        }
    }

    @Test
    void theManifestSaysWhatIsThere() throws IOException {
        Packages.digits().write(folder);

        PackageManifest manifest = ModelPackage.verify(folder);

        assertThat(manifest.files().keySet())
                .containsExactly(
                        "config.json", "labels.json", "metrics.json", "model.safetensors", "preprocessing.json");
        assertThat(manifest.files().get("labels.json").bytes()).isEqualTo(Files.size(folder.resolve("labels.json")));
        assertThat(Packages.entries(folder)).hasSize(6);
    }

    @Test
    void onlyTypesThatKeepTheMeaningAreWritten() {
        assertThatThrownBy(() -> new ModelPackageWriter().weights(DataType.I8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("F64 or F32, not as I8");
    }

    @Test
    void aReplacedPartOfAGptIsNoticedBeforeAnythingIsThere() {
        Gpt model = new Gpt(GptConfig.gpt2(3, 4, 1, 1, 2), new Generator(1));
        model.replaceChild("blocks.0.feedForward.activation", new ReLU());
        ModelPackage changed = ModelPackage.languageModel(model, CharTokenizer.of("abc"));

        assertThatThrownBy(() -> changed.write(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'blocks.0.feedForward.activation'", "ReLU()", "GELU(form=EXACT)");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void labelsForOtherClassesAreNoticedBeforeAnythingIsThere() {
        ModelPackage changed = ModelPackage.classifier(Packages.cnn(1), List.of("a", "b"))
                .preprocessing(ImagePreprocessing.none(Shape.of(1, 8, 8)));

        assertThatThrownBy(() -> changed.write(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("for one image (1, 8, 8) the model gives (1, 10), but there are 2 labels");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        Gpt gpt = new Gpt(GptConfig.gpt2(2, 4, 1, 1, 2), new Generator(1));
        ReLU relu = new ReLU();

        assertThatThrownBy(() -> ModelPackage.languageModel(gpt, CharTokenizer.of("abc")))
                .hasMessageContaining("the tokenizer has 3 tokens, but the model 2");
        assertThatThrownBy(() -> ModelPackage.classifier(gpt, List.of("a"))).hasMessageContaining("no Gpt");
        assertThatThrownBy(() -> ModelPackage.classifier(relu, List.of())).hasMessageContaining("needs labels");
        assertThatThrownBy(() -> ModelPackage.classifier(relu, List.of("a", "a")))
                .hasMessageContaining("\"a\" is there twice");
        assertThatThrownBy(() -> ModelPackage.classifier(relu, List.of(" "))).hasMessageContaining("is blank");
        assertThatThrownBy(() -> ModelPackage.classifier(relu, List.of("a")).metrics(Map.of("loss", Double.NaN)))
                .hasMessageContaining("'loss' is NaN");
        assertThatThrownBy(() -> Packages.writer().preprocessing(ImagePreprocessing.none(Shape.of(1, 2, 2))))
                .hasMessageContaining("without labels and preprocessing");
        assertThatThrownBy(() -> ModelPackage.classifier(relu, List.of("a")).gpt())
                .isInstanceOf(IllegalStateException.class);
    }
}
