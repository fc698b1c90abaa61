package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.embedding.SinusoidalPositions;
import org.tinytorch.nn.GELU;
import org.tinytorch.nn.LogSoftmax;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/** Language models, in ONNX Runtime and here. */
class OnnxGptTest {
    private static final int VOCABULARY = 13;
    private static final int CONTEXT = 9;

    static Stream<GptConfig> configs() {
        GptConfig gpt2 = GptConfig.gpt2(VOCABULARY, CONTEXT, 2, 2, 8);
        GptConfig llama = GptConfig.llama(VOCABULARY, CONTEXT, 2, 4, 16);
        return Stream.of(
                gpt2,
                gpt2.bias(false).tied(false).dropout(0.2),
                gpt2.keyValueHeads(1).hidden(5),
                llama,
                llama.keyValueHeads(2).tied(false),
                llama.keyValueHeads(1).bias(true).hidden(7));
    }

    private static Gpt model(GptConfig config) {
        return OnnxRuns.trained(new Gpt(config, new Generator(4)));
    }

    private static void assertSame(Gpt model) {
        OnnxRuns.assertSame(
                model,
                Shape.of(1, 1),
                OnnxRuns.ids(1, VOCABULARY, 1, 1),
                OnnxRuns.ids(2, VOCABULARY, 3, 1),
                OnnxRuns.ids(3, VOCABULARY, 1, 5),
                OnnxRuns.ids(4, VOCABULARY, 4, CONTEXT));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void everyBatchAndLengthGivesTheSameLogits(GptConfig config) {
        assertSame(model(config));
    }

    @Test
    void partsThatWereReplacedAreExportedToo() {
        Gpt model = model(GptConfig.gpt2(VOCABULARY, CONTEXT, 2, 2, 8));
        model.replaceChild("positions", new SinusoidalPositions(CONTEXT, 8));
        model.replaceChild("blocks.1.feedForward.activation", new GELU(GELU.Form.TANH));

        assertSame(model);
    }

    @Test
    void inDoublePrecisionTheyAgreeTo12Digits() {
        Gpt model = model(GptConfig.llama(VOCABULARY, CONTEXT, 2, 4, 16).keyValueHeads(2));

        OnnxRuns.assertSame(OnnxRuns.doubles(), 1e-12, model, Shape.of(1, 1), OnnxRuns.ids(3, VOCABULARY, 2, CONTEXT));
    }

    @Test
    void aModelOfRealSizeAgreesToo() {
        Gpt model = new Gpt(GptConfig.gpt2(65, 64, 4, 4, 128), new Generator(1));

        OnnxRuns.assertSame(model, Shape.of(1, 1), OnnxRuns.ids(1, 65, 2, 64));
    }

    @Test
    void aTextBeyondTheContextIsRefusedByTheRuntime() throws OrtException {
        for (GptConfig config : configs().toList()) {
            try (OrtSession session =
                    OnnxRuns.session(OnnxRuns.export(new OnnxExport(), model(config), Shape.of(1, 1)))) {
                assertThatThrownBy(() -> OnnxRuns.run(session, OnnxRuns.ids(1, VOCABULARY, 1, CONTEXT + 1)))
                        .as(config.toString())
                        .isInstanceOf(OrtException.class)
                        .hasMessageContaining("out of data bounds");
            }
        }
    }

    @Test
    void aTableThatIsReadBothWaysIsWrittenOnce() {
        assertThat(weights(model(GptConfig.gpt2(VOCABULARY, CONTEXT, 2, 2, 8)), VOCABULARY, 8))
                .containsExactly("tokens.weight");
        assertThat(weights(model(GptConfig.gpt2(VOCABULARY, CONTEXT, 2, 2, 8).tied(false)), VOCABULARY, 8))
                .containsExactlyInAnyOrder("tokens.weight", "head.weight");
    }

    @Test
    void blocksShareTheirAngles() {
        assertThat(weights(model(GptConfig.llama(VOCABULARY, CONTEXT, 3, 2, 8)), CONTEXT, 1, 2, 1))
                .containsExactly("blocks.0.attention/cosines", "blocks.0.attention/sines");
    }

    private static List<String> weights(Gpt model, long... dims) {
        return proto(model).getGraph().getInitializerList().stream()
                .filter(weight ->
                        weight.getDimsList().equals(Arrays.stream(dims).boxed().toList()))
                .map(TensorProto::getName)
                .toList();
    }

    private static ModelProto proto(Gpt model) {
        return OnnxFile.model(new OnnxExport(), model, Shape.of(1, 1), OnnxGraph.LARGEST);
    }

    @Test
    void inputAndOutputHaveNamesTypesAndOpenAxes() {
        ModelProto proto = proto(model(GptConfig.gpt2(VOCABULARY, CONTEXT, 2, 2, 8)));

        ValueInfoProto ids = proto.getGraph().getInput(0);
        assertThat(ids.getName()).isEqualTo("token_ids");
        assertThat(ids.getType().getTensorType().getElemType()).isEqualTo(TensorProto.DataType.INT64_VALUE);
        assertThat(dims(ids)).containsExactly("batch", "sequence");
        ValueInfoProto logits = proto.getGraph().getOutput(0);
        assertThat(logits.getName()).isEqualTo("logits");
        assertThat(dims(logits)).containsExactly("batch", "sequence", Integer.toString(VOCABULARY));
    }

    static List<String> dims(ValueInfoProto value) {
        return value.getType().getTensorType().getShape().getDimList().stream()
                .map(OnnxGptTest::text)
                .toList();
    }

    private static String text(Dimension dim) {
        return switch (dim.getValueCase()) {
            case DIM_PARAM -> dim.getDimParam();
            case DIM_VALUE -> Long.toString(dim.getDimValue());
            case VALUE_NOT_SET -> "?";
        };
    }

    @Test
    void withinASequenceTheLengthIsTheExamples() {
        Sequential model = new Sequential(
                model(GptConfig.llama(VOCABULARY, CONTEXT, 1, 2, 8)), new Sequential(new LogSoftmax(-1)));

        OnnxRuns.assertSame(model, Shape.of(1, 4), OnnxRuns.ids(1, VOCABULARY, 3, 4));
        ModelProto proto = OnnxFile.model(new OnnxExport(), model, Shape.of(1, 4), OnnxGraph.LARGEST);
        assertThat(dims(proto.getGraph().getInput(0))).containsExactly("batch", "4");
    }

    @Test
    void idsThatDoNotFitAreRefused() {
        Gpt model = model(GptConfig.gpt2(VOCABULARY, CONTEXT, 1, 2, 8));

        assertThatThrownBy(() -> OnnxRuns.export(new OnnxExport(), model, Shape.of(1, CONTEXT + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("onnx: the model (Gpt), given (1, 10): gpt: ids of shape (1, 10) are not (batch, 1 … 9)");
        assertThatThrownBy(() -> OnnxRuns.export(new OnnxExport(), model, Shape.of(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(3,) are not (batch, 1 … 9)");
    }

    @Test
    void aPartThatCannotBeExportedIsNamed() {
        Gpt other = model(GptConfig.gpt2(VOCABULARY, CONTEXT, 1, 2, 8));
        other.replaceChild("tokens", new ReLU());
        assertThatThrownBy(() -> OnnxRuns.export(new OnnxExport(), other, Shape.of(1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("its table of tokens is a org.tinytorch.nn.ReLU", "only an Embedding");
    }
}
