package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytorch.data.Normalize;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensors;

/** Packages whose checksums are right and whose content is wrong, as somebody could make them on purpose. */
class PackageContentTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config.json | \"channels\" : 4 | \"channels\" : 2000000000 | the layer '1' (batch-norm-2d): the weight",
                "config.json | \"out\" : 10 | \"out\" : 11 | the weight \"7.weight\" is (10, 24)",
                "config.json | \"p\" : 0.25 | \"p\" : 25 | p = 25.0 is not a probability",
                "labels.json | \"3\" | \"4\" | the label \"4\" is there twice",
                "labels.json | \"3\" | 3 | 3 is not a text",
                "preprocessing.json | 8 | 800000000 | more than 2^31 - 1 elements",
                "preprocessing.json | 8 | 8000 | is not possible",
                "preprocessing.json | 8 | -8 | a list of whole numbers from 0",
                "preprocessing.json | 0.37 | 0 | the deviation above 0",
                "preprocessing.json | 0.37 | 0.37, 1 | 1 means and 2 deviations",
                "preprocessing.json | mean | means | \"mean\" is missing",
                "metrics.json | 1797.0 | 1e999 | it must be a finite number",
                "metrics.json | 1797.0 | \"all\" | it must be a finite number",
                "metrics.json | images | test_accuracy | Duplicate field 'test_accuracy'",
            })
    void isRefusedWithTheFile(String file, String old, String by, String message) throws IOException {
        Path folder = directory.resolve("digits");
        Packages.digits().write(folder);
        Packages.edit(folder, file, old, by);

        assertThatThrownBy(() -> ModelPackage.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(folder.toString(), message);
    }

    @Test
    void aTokenizerWhoseTokensDoubleIsRefusedBeforeAnyIsMade() throws IOException {
        Path folder = directory.resolve("writer");
        Packages.writer().write(folder);
        String bytes = IntStream.range(0, 256).mapToObj(Integer::toString).collect(Collectors.joining(","));
        String merges = IntStream.range(0, 40)
                .mapToObj(i -> "[" + (i == 0 ? 0 : 255 + i) + "," + (i == 0 ? 0 : 255 + i) + "," + (256 + i) + "]")
                .collect(Collectors.joining(","));
        Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"format\":\"tinytorch-tokenizer\",\"version\":1,\"kind\":\"bpe\",\"bytes\":[" + bytes
                        + "],\"merges\":[" + merges + "],\"specialTokens\":{}}");
        Packages.sign(folder, PackageKind.LANGUAGE_MODEL);

        assertThatThrownBy(() -> ModelPackage.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("tokenizer.json", "more than 67108864 bytes together");
    }

    @Test
    void aTokenizerOfAnotherModelIsRefused() throws IOException {
        Path folder = directory.resolve("writer");
        Packages.writer().write(folder);
        Packages.edit(folder, "tokenizer.json", "<|end|>\":264", "<|end|>\":264,\"<|more|>\":265");

        assertThatThrownBy(() -> ModelPackage.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the tokenizer has 266 tokens, but the model 265");
    }

    @Test
    void anImageIsNormalisedOrRefused() {
        ImagePreprocessing preprocessing =
                new ImagePreprocessing(Shape.of(2, 1, 2), new Normalize(List.of(1.0, 10.0), List.of(2.0, 5.0)));

        assertThat(preprocessing
                        .apply(Tensors.of(new double[] {1, 3, 0, 15}, 2, 1, 2))
                        .data())
                .containsExactly(0, 1, -2, 1);
        assertThatThrownBy(() -> preprocessing.apply(Tensors.zeros(2, 2, 1)))
                .hasMessageContaining("an image of shape (2, 2, 1) is not what the model takes, which is (2, 1, 2)");
        assertThatThrownBy(() -> ImagePreprocessing.none(Shape.of(28, 28)))
                .hasMessageContaining("(channels, rows, columns)");
        assertThat(ImagePreprocessing.none(Shape.of(1, 1, 2))
                        .apply(Tensors.of(new double[] {4, 5}, 1, 1, 2))
                        .data())
                .containsExactly(4, 5);
    }
}
