package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvDatasetTest {
    @TempDir
    private Path folder;

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("table.csv"), content);
    }

    private void refuses(String content, CsvFormat format, String message) throws IOException {
        Path file = write(content);
        assertThatThrownBy(() -> CsvDataset.read(file, format))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("csv: " + file + ": ")
                .hasMessageContaining(message);
        assertThatThrownBy(() ->
                        DataLoader.ofStream(CsvDataset.stream(file, format), 10).forEach(batch -> {}))
                .as("read as a stream")
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsNumbersAndTheLabelOfTheLastColumn() throws IOException {
        CsvDataset data = CsvDataset.read(write("1,2.5,0\n-3e2, 4 ,1\n\n5,6,0"), CsvFormat.withoutHeader());
        assertThat(data).hasToString("3 samples (2,)");
        assertThat(data.all().input().data()).containsExactly(1, 2.5, -300, 4, 5, 6);
        assertThat(data.batch(1, 2).target().data()).containsExactly(1, 0);
        assertThat(data.featureNames()).containsExactly("0", "1");
    }

    @Test
    void theLabelColumnHasANameOrAPosition() throws IOException {
        Path file = write("\uFEFFa,\"the label\",b\r\n1,2,3\r\n4,5,6\r\n");
        CsvDataset data = CsvDataset.read(file, CsvFormat.withHeader().label("the label"));
        assertThat(data.all().input().data()).containsExactly(1, 3, 4, 6);
        assertThat(data.all().target().data()).containsExactly(2, 5);
        assertThat(data.featureNames()).containsExactly("a", "b");
        CsvDataset first = CsvDataset.read(file, CsvFormat.withHeader().label(0));
        assertThat(first.all().target().data()).containsExactly(1, 4);
    }

    @Test
    void labelsMayBeNamesAndSeparatorsOther() throws IOException {
        CsvFormat format = CsvFormat.withoutHeader().separator(';').label(0).classes("cat", "dog");
        CsvDataset data = CsvDataset.read(write("dog;1\n\"cat\";2\n"), format);
        assertThat(data.all().target().data()).containsExactly(1, 0);
        refuses("dog;1\ncow;2\n", format, "line 2: column 0: 'cow' is none of the classes cat, dog");
    }

    @Test
    void aStreamGivesTheSameSamples() throws IOException {
        Path file = write("a,b,y\n1,2,0\n3,4,1\n5,6,0\n");
        List<String> batches = new ArrayList<>();
        DataLoader.ofStream(CsvDataset.stream(file, CsvFormat.withHeader()), 2)
                .forEach(batch -> batches.add(batch.input() + " " + batch.target()));
        assertThat(batches).containsExactly("[[1. 2.]\n [3. 4.]] [0. 1.]", "[[5. 6.]] [0.]");
    }

    @Test
    void cellsThatAreNoNumbersAreReportedWithLineAndColumn() throws IOException {
        refuses("a,b,y\n1,2,0\n3,,1\n", CsvFormat.withHeader(), "line 3: column 'b': the number is missing");
        refuses("1,2,0\n3,4,\n", CsvFormat.withoutHeader(), "line 2: column 2: the number is missing");
        for (String wrong : new String[] {"x", "NaN", "Infinity", "1e999", "1d", "0x1p3", "1.2.3"}) {
            refuses(
                    "a,b,y\n" + wrong + ",2,0\n",
                    CsvFormat.withHeader(),
                    "line 2: column 'a': '" + wrong + "' is not a finite number");
        }
    }

    @Test
    void linesWithTooFewOrTooManyCellsAreReported() throws IOException {
        refuses("1,2,0\n3,4\n", CsvFormat.withoutHeader(), "line 2: has 2 cells, but there are 3 columns");
        refuses("1,2,0\n3,4,5,6\n", CsvFormat.withoutHeader(), "line 2: has 4 cells, but there are 3 columns");
    }

    @Test
    void aQuoteThatIsNotClosedIsReported() throws IOException {
        refuses(
                "1,2,0\n3,\"4,1\n5,6,0\n",
                CsvFormat.withoutHeader(),
                "Unclosed quoted field at end of input (record starting at line 2)");
    }

    @Test
    void filesWithoutAnySampleAreRefused() throws IOException {
        refuses("", CsvFormat.withoutHeader(), "the file is empty");
        Path headerOnly = write("a,y\n");
        assertThatThrownBy(() -> CsvDataset.read(headerOnly, CsvFormat.withHeader()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is a header, but no line of numbers");
        refuses("1;2\n", CsvFormat.withoutHeader(), "there is only one column");
        Path nowhere = folder.resolve("nowhere.csv");
        assertThatThrownBy(() -> CsvDataset.read(nowhere, CsvFormat.withHeader()))
                .isInstanceOf(IOException.class)
                .hasMessage("csv: " + nowhere + ": there is no such file");
    }

    @Test
    void aLabelColumnThatIsNotThereIsRefused() throws IOException {
        refuses("a,b\n1,2\n", CsvFormat.withHeader().label("c"), "there is no label column 'c'; the columns are a, b");
        refuses("a,b\n1,2\n", CsvFormat.withHeader().label(2), "there is no label column 2; the columns are a, b");
        assertThatThrownBy(() -> CsvFormat.withoutHeader().label("y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no header");
        assertThatThrownBy(() -> CsvFormat.withoutHeader().label(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void featuresAreMadeComparableByNormalize() throws IOException {
        Dataset data = CsvDataset.read(write("1,100,0\n3,300,1\n"), CsvFormat.withoutHeader());
        assertThat(data.transformed(Normalize.fit(data)).batch(0, 1).input().data())
                .containsExactly(-1, -1, 1, 1);
    }
}
