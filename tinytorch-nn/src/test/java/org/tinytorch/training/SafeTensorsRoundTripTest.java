package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** What is written is what is read, bit for bit. */
class SafeTensorsRoundTripTest {
    @Provide
    Arbitrary<Tensor> tensors() {
        Arbitrary<Shape> shapes = Arbitraries.integers()
                .between(0, 4)
                .array(int[].class)
                .ofMaxSize(4)
                .map(Shape::of);
        Arbitrary<Double> numbers =
                Arbitraries.longs().map(Double::longBitsToDouble); // every bit pattern: NaN, −0, infinities
        return shapes.flatMap(
                shape -> numbers.array(double[].class).ofSize(shape.size()).map(data -> Tensors.of(data, shape)));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .excludeChars(lonelySurrogates())
                .ofMaxLength(12)
                .filter(name -> !name.equals("__metadata__"));
    }

    /** Half a character cannot be encoded in UTF-8. */
    private static char[] lonelySurrogates() {
        char[] chars = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (Character.MIN_SURROGATE + i);
        }
        return chars;
    }

    @Test
    void longNamesAndTextsCanBeReadBack() throws IOException {
        String name = "n".repeat(60_000);
        Map<String, String> metadata =
                Map.of("history", "x".repeat(20_100_000)); // beyond what Jackson reads by default
        SafeTensors read = writeAndRead(new SafeTensors(Map.of(name, Tensors.scalar(1)), metadata), DataType.F64);

        assertThat(read.tensors().containsKey(name)).as("the long name").isTrue();
        assertThat(read.metadata().equals(metadata)).as("the long text").isTrue();
    }

    @Property(tries = 200)
    void doublePrecisionKeepsEveryBit(
            @ForAll @Size(max = 5)
                    Map<@net.jqwik.api.From("names") String, @net.jqwik.api.From("tensors") Tensor> tensors,
            @ForAll @Size(max = 3)
                    Map<@net.jqwik.api.From("names") String, @net.jqwik.api.From("names") String> metadata)
            throws IOException {
        SafeTensors read = writeAndRead(new SafeTensors(tensors, metadata), DataType.F64);

        assertThat(read.metadata()).isEqualTo(metadata);
        assertThat(bits(read)).isEqualTo(bits(new SafeTensors(tensors, metadata)));
    }

    @Property(tries = 50)
    void singlePrecisionRoundsAndKeepsShapes(@ForAll("tensors") Tensor tensor) throws IOException {
        Tensor read = writeAndRead(new SafeTensors(Map.of("x", tensor)), DataType.F32)
                .tensors()
                .get("x");

        assertThat(read.shape()).isEqualTo(tensor.shape());
        for (int i = 0; i < tensor.size(); i++) {
            assertThat(Double.valueOf(read.data()[i])).as("element %d", i).isEqualTo(Double.valueOf((float)
                    tensor.data()[i]));
        }
    }

    private static Map<String, List<Object>> bits(SafeTensors contents) {
        return contents.tensors().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, e -> List.of(e.getValue().shape(), longs(e.getValue()))));
    }

    private static List<Long> longs(Tensor tensor) {
        return java.util.Arrays.stream(tensor.data())
                .mapToObj(Double::doubleToRawLongBits)
                .toList();
    }

    private static SafeTensors writeAndRead(SafeTensors contents, DataType type) throws IOException {
        Path file = Files.createTempFile("roundtrip", ".safetensors");
        try {
            contents.write(file, type);
            return SafeTensors.read(file);
        } finally {
            Files.delete(file);
        }
    }
}
