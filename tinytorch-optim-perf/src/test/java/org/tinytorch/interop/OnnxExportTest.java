package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.BatchNorm1d;
import org.tinytorch.spatial.ConvTranspose2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.DataType;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/** The file itself: what is in it, and when there is none. */
class OnnxExportTest {
    private static final Generator GENERATOR = new Generator(5);

    @TempDir
    Path folder;

    private static ModelProto read(Path file) throws IOException {
        return ModelProto.parseFrom(Files.readAllBytes(file));
    }

    @Test
    void theFileTellsWhatItIs() throws IOException {
        Path file = folder.resolve("a.onnx");
        Layer model = new Sequential(new Flatten(), new Linear(4, 3, GENERATOR));

        new OnnxExport().name("tiny").metadata(Map.of("author", "a test")).write(model, Shape.of(2, 1, 4), file);

        ModelProto proto = read(file);
        assertThat(proto.getIrVersion()).isEqualTo(8);
        assertThat(proto.getOpsetImport(0).getVersion()).isEqualTo(17);
        assertThat(proto.getProducerName()).isEqualTo("TinyTorch for Java");
        assertThat(proto.getGraph().getName()).isEqualTo("tiny");
        assertThat(proto.getMetadataPropsList()).singleElement().satisfies(text -> assertThat(
                        text.getKey() + "=" + text.getValue())
                .isEqualTo("author=a test"));
        assertThat(OnnxGptTest.dims(proto.getGraph().getInput(0))).containsExactly("batch", "1", "4");
        assertThat(OnnxGptTest.dims(proto.getGraph().getOutput(0))).containsExactly("batch", "3");
        assertThat(proto.getGraph().getInput(0).getName()).isEqualTo("input");
        assertThat(proto.getGraph().getOutput(0).getName()).isEqualTo("logits");
        assertThat(proto.getGraph().getNodeList())
                .extracting(node -> node.getName() + ": " + node.getOpType())
                .containsExactly("0/Reshape: Reshape", "1/Gemm: Gemm", "logits: Identity");
        assertThat(proto.getGraph().getInitializerList())
                .extracting(TensorProto::getName)
                .contains("1.weight", "1.bias");
    }

    @Test
    void aBatchThatIsMergedWithWhatItHoldsIsOpen() {
        ModelProto proto = OnnxFile.model(new OnnxExport(), new Flatten(0), Shape.of(2, 3), OnnxGraph.LARGEST);

        assertThat(OnnxGptTest.dims(proto.getGraph().getOutput(0))).containsExactly("?");
    }

    @ParameterizedTest
    @CsvSource({"17, 8", "18, 8", "19, 9", "20, 9", "21, 10", "22, 10"}) // of ONNX's table of versions
    void everyVersionOfTheOperatorsRuns(int opset, int format) {
        OnnxExport export = new OnnxExport().opset(opset);

        ModelProto proto = OnnxFile.model(export, new ReLU(), Shape.of(1, 4), OnnxGraph.LARGEST);
        assertThat(proto.getIrVersion()).isEqualTo(format);
        assertThat(proto.getOpsetImport(0).getVersion()).isEqualTo(opset);
        OnnxRuns.assertSame(
                export, OnnxRuns.SINGLE, Packages.cnn(1), Shape.of(1, 1, 8, 8), OnnxRuns.numbers(1, 2, 1, 8, 8));
        for (GptConfig config : List.of(GptConfig.gpt2(7, 5, 1, 2, 8), GptConfig.llama(7, 5, 1, 2, 8))) {
            OnnxRuns.assertSame(
                    export,
                    OnnxRuns.SINGLE,
                    new Gpt(config, new Generator(1)),
                    Shape.of(1, 1),
                    OnnxRuns.ids(1, 7, 2, 5));
        }
    }

    @Test
    void theRuntimeHandsOutWhatAPackageTells() throws IOException, OrtException {
        Path file = folder.resolve("digits.onnx");
        ModelPackage digits = Packages.digits();

        new OnnxExport().metadata(Map.of("metrics", "mine")).write(digits, file);

        try (OrtSession session = OnnxRuns.session(Files.readAllBytes(file))) {
            Map<String, String> told = session.getMetadata().getCustomMetadata();
            assertThat(told).containsOnlyKeys("kind", "labels", "preprocessing", "metrics");
            assertThat(told).containsEntry("kind", "image-classifier").containsEntry("metrics", "mine");
            assertThat(BoundedJson.parseText(told.get("labels")).get(9).asText())
                    .isEqualTo("9");
            assertThat(told.get("preprocessing"))
                    .isEqualTo(digits.preprocessing().orElseThrow().json());
            assertThat(OnnxRuns.run(session, OnnxRuns.numbers(1, 2, 1, 8, 8)).shape())
                    .isEqualTo(Shape.of(2, 10));
        }
    }

    @Test
    void aLanguageModelOfAPackageTakesAnyText() throws IOException, OrtException {
        Path file = folder.resolve("tales.onnx");

        new OnnxExport().write(Packages.writer(), file);

        try (OrtSession session = OnnxRuns.session(Files.readAllBytes(file))) {
            assertThat(session.getMetadata().getCustomMetadata()).containsOnlyKeys("kind", "metrics");
            assertThat(OnnxRuns.run(session, OnnxRuns.ids(1, 7, 2, 11)).shape().dim(1))
                    .isEqualTo(11);
        }
    }

    @Test
    void aPackageWithoutTheShapeOfAnImageSaysWhatToDo() {
        ModelPackage pack = ModelPackage.classifier(new Linear(4, 1, GENERATOR), List.of("a"));

        assertThatThrownBy(() -> new OnnxExport().write(pack, folder.resolve("a.onnx")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use write(pack.model(), shape, file)");
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        new OnnxExport().write(Packages.digits(), folder.resolve("a.onnx"));
        new OnnxExport().write(Packages.digits(), folder.resolve("b.onnx"));

        assertThat(folder.resolve("a.onnx")).hasSameBinaryContentAs(folder.resolve("b.onnx"));
    }

    @Test
    void doublesTakeTwiceTheSpace() {
        Layer model = new Linear(100, 100, GENERATOR);

        int singles = OnnxRuns.export(new OnnxExport(), model, Shape.of(1, 100)).length;
        int doubles = OnnxRuns.export(OnnxRuns.doubles(), model, Shape.of(1, 100)).length;

        assertThat(singles).isBetween(40_400, 41_000);
        assertThat(doubles).isBetween(80_800, 81_400);
    }

    @Test
    void aModelInTrainingIsExportedForEvaluationAndLeftAsItIs() {
        Layer model = new Sequential(new BatchNorm1d(3), new Dropout(0.9, GENERATOR));
        model.forward(OnnxRuns.numbers(1, 8, 3));
        double[] before = model.stateDict().get("0.running_mean").data().clone();

        byte[] inTraining = OnnxRuns.export(new OnnxExport(), model, Shape.of(1, 3));

        assertThat(model.isTraining()).isTrue();
        assertThat(model.child("1").isTraining()).isTrue();
        assertThat(model.stateDict().get("0.running_mean").data()).isEqualTo(before);
        assertThat(OnnxRuns.export(new OnnxExport(), model.eval(), Shape.of(1, 3)))
                .isEqualTo(inTraining);
    }

    @Test
    void anOldFileStaysIfTheModelCannotBeExported() throws IOException {
        Path file = folder.resolve("a.onnx");
        Files.writeString(file, "old");

        assertThatThrownBy(() ->
                        new OnnxExport().write(new ConvTranspose2d(1, 1, 2, GENERATOR), Shape.of(1, 1, 4, 4), file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("onnx: the model is a org.tinytorch.spatial.ConvTranspose2d");
        assertThat(file).hasContent("old");

        new OnnxExport().write(new ReLU(), Shape.of(1, 4), file);
        assertThat(read(file).getGraph().getNodeCount()).isEqualTo(2);
        assertThat(Packages.entries(folder)).containsExactly(file);
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new OnnxExport()
                        .write(
                                new ReLU(),
                                Shape.of(1, 4),
                                folder.resolve("nowhere").resolve("a.onnx")))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("nowhere", "does not exist");
    }

    @Test
    void anExampleThatHoldsNothingIsRefused() {
        for (Shape shape : List.of(Shape.SCALAR, Shape.of(0, 4), Shape.of(1, 0))) {
            assertThatThrownBy(() -> new OnnxExport().write(new ReLU(), shape, folder.resolve("a.onnx")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("onnx: an example of shape " + shape, "the batch first");
        }
    }

    @Test
    void weightsThatAFileCannotHoldAreRefused() {
        Layer model = new Sequential(new Linear(10, 10, GENERATOR), new Linear(10, 10, GENERATOR));

        assertThat(OnnxFile.model(new OnnxExport(), model, Shape.of(1, 10), 880).getSerializedSize())
                .isGreaterThan(880);
        assertThatThrownBy(() -> OnnxFile.model(new OnnxExport(), model, Shape.of(1, 10), 879))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("with '1.bias' the weights take 880 bytes", "holds 879", "a smaller model");
        assertThatThrownBy(() -> OnnxFile.model(OnnxRuns.doubles(), model, Shape.of(1, 10), 880))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'1.weight'", "use weights(DataType.F32)");
    }

    @Test
    void aWeightBeyondSinglePrecisionIsRefused() {
        Layer model = new Sequential(Linear.of(Tensors.of(new double[] {1, -1e300}, 1, 2)));

        assertThatThrownBy(() -> OnnxRuns.export(new OnnxExport(), model, Shape.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "onnx: '0.weight' holds -1.0E300, which is beyond single precision; use weights(DataType.F64)");
        OnnxRuns.assertSame(OnnxRuns.doubles(), 1e-15, model, Shape.of(1, 2), OnnxRuns.numbers(1, 3, 2));
    }

    @Test
    void optionsThatAreNotPossibleAreRefused() {
        assertThatThrownBy(() -> new OnnxExport().opset(16)).hasMessageContaining("use 17 to 22");
        assertThatThrownBy(() -> new OnnxExport().opset(23)).hasMessageContaining("use 17 to 22");
        assertThatThrownBy(() -> new OnnxExport().weights(DataType.F16)).hasMessageContaining("not as F16");
        assertThatThrownBy(() -> new OnnxExport().name(" ")).hasMessageContaining("blank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ai.onnx.proto.", "com.google.protobuf."})
    void withoutTheSchemaTheErrorSaysWhatToAdd(String missing) throws ReflectiveOperationException {
        Class<?> type = new WithoutClasses(missing).loadClass(OnnxExport.class.getName());
        Object export = type.getConstructor().newInstance();

        assertThatThrownBy(() -> type.getMethod("write", Layer.class, Shape.class, Path.class)
                        .invoke(export, new ReLU(), Shape.of(1, 4), folder.resolve("a.onnx")))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("add org.tribuo:tribuo-util-onnx to the dependencies");
    }
}
