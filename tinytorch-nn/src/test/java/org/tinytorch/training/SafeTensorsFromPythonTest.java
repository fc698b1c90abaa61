package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.BatchNorm1d;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Weights that were trained in PyTorch and saved with Python's safetensors, whose bytes are written down here. */
class SafeTensorsFromPythonTest {
    /**
     * What version 0.8.0 of Python's library writes: metadata first, then the tensors, those with wide numbers before narrow ones and by name among themselves, no blank in the JSON, and spaces up to a multiple of
     * eight bytes.
     */
    private static final String HEADER = "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
            + "\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]},"
            + "\"0.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[16,24]},"
            + "\"0.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[24,48]},"
            + "\"h\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[48,54]},"
            + "\"m\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[54,57]}}       ";

    private static final String NUMBERS = "0700000000000000" + "0000000000000a40" + "0000003f" + "000000bf" + "0000803f"
            + "00000040" + "00004040" + "00008040" + "0000a040" + "0000c040" + "003c00c0ff7b" + "010001";

    @TempDir
    Path directory;

    private Path file(String header, byte[] data) throws IOException {
        return SafeTensorsFiles.write(directory.resolve("model.safetensors"), header, data);
    }

    private static String entry(String name, DataType type, String shape, int begin, int end) {
        return "\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + ","
                + end + "]}";
    }

    private static byte[] floats(double... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double number : numbers) {
            bytes.putFloat((float) number);
        }
        return bytes.array();
    }

    @Test
    void whatPythonWroteIsReadByteForByte() throws IOException {
        assertThat(HEADER).hasSize(400);
        SafeTensors read = SafeTensors.read(file(HEADER, HexFormat.of().parseHex(NUMBERS)));

        assertThat(read.metadata()).isEqualTo(Map.of("format", "pt"));
        assertThat(read.tensors().keySet())
                .containsExactly("1.num_batches_tracked", "d", "0.bias", "0.weight", "h", "m");
        assertThat(read.tensors().get("0.weight").shape()).isEqualTo(Shape.of(2, 3));
        assertThat(read.tensors().get("0.weight").data()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(read.tensors().get("0.bias").data()).containsExactly(0.5, -0.5);
        assertThat(read.tensors().get("1.num_batches_tracked").item()).isEqualTo(7);
        assertThat(read.tensors().get("d").data()).containsExactly(3.25);
        assertThat(read.tensors().get("h").data()).containsExactly(1, -2, 65504);
        assertThat(read.tensors().get("m").data()).containsExactly(1, 0, 1);
    }

    @Test
    void whatLiesWithinAnotherFileIsReadToItsEndAndNoFurther() throws IOException {
        byte[] bytes = Files.readAllBytes(file(HEADER, HexFormat.of().parseHex(NUMBERS)));
        ByteBuffer more = ByteBuffer.allocate(bytes.length + 3).put(bytes).put(new byte[] {7, 8, 9});
        ByteArrayInputStream in = new ByteArrayInputStream(more.array());

        SafeTensors read = SafeTensors.read(Channels.newChannel(in), bytes.length);

        assertThat(read.tensors()).hasSize(6);
        assertThat(in.readAllBytes()).containsExactly(7, 8, 9);
    }

    @Test
    void aNetworkOfPyTorchComputesWhatItDidThere() throws IOException {
        // y = W2 relu(W1 x + b1) + b2 with W1 = [[1, -1, 2], [0, 3, -2]], b1 = [0.5, -1], W2 = [[2, -4]], b2 = [10]
        Path file = file(
                "{" + entry("0.bias", DataType.F32, "[2]", 0, 8) + "," + entry("0.weight", DataType.F32, "[2,3]", 8, 32)
                        + "," + entry("2.bias", DataType.F32, "[1]", 32, 36) + ","
                        + entry("2.weight", DataType.F32, "[1,2]", 36, 44) + "}",
                floats(0.5, -1, 1, -1, 2, 0, 3, -2, 10, 2, -4));
        Layer model =
                new Sequential(new Linear(3, 2, new Generator(1)), new ReLU(), new Linear(2, 1, new Generator(2)));

        SafeTensors.load(file, model);

        Tensor y = model.forward(Tensors.of(new double[] {1, 2, 3, 1, 0, -1}, 2, 3));
        // [1, 2, 3]: relu([5.5, -1]) = [5.5, 0] -> 21; [1, 0, -1]: relu([-0.5, 1]) = [0, 1] -> 6
        assertThat(y.data()).containsExactly(21, 6);
    }

    @Test
    void convolutionsAndBatchNormalisationHaveTheNamesOfPyTorch() throws IOException {
        Path file = file(
                "{" + entry("1.num_batches_tracked", DataType.I64, "[]", 0, 8) + ","
                        + entry("0.weight", DataType.F32, "[2,1,1,2]", 8, 24) + ","
                        + entry("1.bias", DataType.F32, "[2]", 24, 32) + ","
                        + entry("1.running_mean", DataType.F32, "[2]", 32, 40) + ","
                        + entry("1.running_var", DataType.F32, "[2]", 40, 48) + ","
                        + entry("1.weight", DataType.F32, "[2]", 48, 56) + "}",
                concat(new byte[8], floats(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)));
        Layer model = new Sequential(Conv2d.builder(1, 2, 1, 2).noBias().build(new Generator(1)), new BatchNorm2d(2));

        SafeTensors.load(file, model);

        assertThat(model.stateDict().get("0.weight").data()).containsExactly(1, 2, 3, 4);
        assertThat(model.stateDict().get("1.bias").data()).containsExactly(5, 6);
        assertThat(model.stateDict().get("1.running_mean").data()).containsExactly(7, 8);
        assertThat(model.stateDict().get("1.running_var").data()).containsExactly(9, 10);
        assertThat(model.stateDict().get("1.weight").data()).containsExactly(11, 12);
    }

    @Test
    void aSingleLayerTooWithoutAPrefix() throws IOException {
        Path file = file(
                "{" + entry("num_batches_tracked", DataType.I64, "[]", 0, 8) + ","
                        + entry("bias", DataType.F32, "[1]", 8, 12) + ","
                        + entry("running_mean", DataType.F32, "[1]", 12, 16) + ","
                        + entry("running_var", DataType.F32, "[1]", 16, 20) + ","
                        + entry("weight", DataType.F32, "[1]", 20, 24) + "}",
                concat(new byte[8], floats(1, 2, 3, 4)));
        Layer model = new BatchNorm1d(1);

        SafeTensors.load(file, model);

        assertThat(model.stateDict().get("running_var").data()).containsExactly(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"F16", "BF16", "F32", "F64"})
    void weightsOfEveryPrecisionFit(DataType type) throws IOException {
        byte[] one = HexFormat.of()
                .parseHex(
                        switch (type) {
                            case F16 -> "003c";
                            case BF16 -> "803f";
                            case F32 -> "0000803f";
                            default -> "000000000000f03f";
                        });
        Path file = file("{" + entry("weight", type, "[1,1]", 0, one.length) + "}", one);
        Layer model = new Linear(1, 1, false, new Generator(1));

        SafeTensors.load(file, model);

        assertThat(model.stateDict().get("weight").data()).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weight | [1,2] | shapes differ: weight is (2, 1) here but (1, 2) there",
                "weights | [2,1] | missing: weight; unexpected: weights",
                "layer.num_batches | [2,1] | unexpected: layer.num_batches"
            })
    void whatDoesNotFitIsListedAndTheModelStaysAsItWas(String name, String shape, String problem) throws IOException {
        Path file = file("{" + entry(name, DataType.F32, shape, 0, 8) + "}", floats(1, 2));
        Layer model = new Linear(1, 2, false, new Generator(1));
        double[] before = model.stateDict().get("weight").data().clone();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SafeTensors.load(file, model))
                .withMessageContainingAll(file.toString(), problem, "nothing was loaded");
        assertThat(model.stateDict().get("weight").data()).isEqualTo(before);
    }

    @Test
    void aFileThatIsCutOffIsNamedAndTheModelStaysAsItWas() throws IOException {
        Path file = file("{" + entry("weight", DataType.F32, "[2,1]", 0, 8) + "}", floats(1));
        Layer model = new Linear(1, 2, false, new Generator(1));
        double[] before = model.stateDict().get("weight").data().clone();

        assertThatThrownBy(() -> SafeTensors.load(file, model))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(file.toString(), "tensor \"weight\"", "cut short");
        assertThat(model.stateDict().get("weight").data()).isEqualTo(before);
    }

    /** IEEE 754: the 10 bits of fraction moved to where single precision has its 23, and the bias of 15 made one of 127 by a product, which is exact. */
    @Test
    void allNumbersOfHalfPrecision() throws IOException {
        double[] found = allOfTwoBytes(DataType.F16);

        for (int bits = 0; bits < 1 << 16; bits++) {
            float magnitude = Float.intBitsToFloat((bits & 0x7fff) << 13) * 0x1p112f;
            boolean special = (bits & 0x7c00) == 0x7c00;
            double expected = !special ? magnitude : (bits & 0x3ff) == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            assertSame(bits, (bits & 0x8000) == 0 ? expected : -expected, found[bits]);
        }
    }

    /** 1 bit of sign, 8 of exponent with a bias of 127, 7 of fraction. */
    @Test
    void allNumbersOfBfloat16() throws IOException {
        double[] found = allOfTwoBytes(DataType.BF16);

        for (int bits = 0; bits < 1 << 16; bits++) {
            int exponent = bits >> 7 & 0xff;
            int fraction = bits & 0x7f;
            double magnitude = exponent == 0xff
                    ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                    : exponent == 0
                            ? fraction / 128.0 * Math.pow(2, -126)
                            : (1 + fraction / 128.0) * Math.pow(2, exponent - 127);
            assertSame(bits, (bits & 0x8000) == 0 ? magnitude : -magnitude, found[bits]);
        }
    }

    private double[] allOfTwoBytes(DataType type) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits = 0; bits < 1 << 16; bits++) {
            all.putShort((short) bits);
        }
        return SafeTensors.read(file("{" + entry("x", type, "[65536]", 0, 2 << 16) + "}", all.array()))
                .tensors()
                .get("x")
                .data();
    }

    /** The same number: all NaNs are one, and −0 is not 0. */
    private static void assertSame(int bits, double expected, double found) {
        assertThat(Double.doubleToLongBits(found))
                .as("bits %04x: %s and %s", bits, expected, found)
                .isEqualTo(Double.doubleToLongBits(expected));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
