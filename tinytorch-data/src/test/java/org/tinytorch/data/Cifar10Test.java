package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tensor.Shape;

class Cifar10Test {
    @TempDir
    private Path folder;

    private void writeTraining() throws IOException {
        for (int i = 1; i <= 5; i++) {
            CifarBytes.write(folder, "data_batch_" + i + ".bin", new int[] {i}, new int[] {0});
        }
    }

    private void refuses(Path file, String message) {
        assertThatThrownBy(() -> Cifar10.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("cifar10: " + file + ": " + message);
    }

    @Test
    void readsLabelsAndPlanesOfColour() throws IOException {
        Path file = CifarBytes.write(folder, "some.bin", new int[] {9}, new int[] {3});
        ImageDataset images = Cifar10.read(file, file);
        assertThat(images).hasToString("4 images (3, 32, 32), 10 classes");
        assertThat(images.labels(0, 4).data()).containsExactly(9, 3, 9, 3);
        assertThat(images.images(3, 4).get(0, 0, 31, 31)).isEqualTo(1 / 255.0);
        assertThat(images.images(3, 4).get(0, 1, 0, 0)).isEqualTo(2 / 255.0);
        assertThat(images.images(3, 4).get(0, 2, 5, 5)).isEqualTo(3 / 255.0);
        assertThat(images.classNames().get(images.label(0))).isEqualTo("truck");
    }

    @Test
    void moreRecordsThanAreReadAtOnce() throws IOException {
        int[][] labels = new int[1300][1];
        Arrays.setAll(labels, i -> new int[] {i % 10});
        ImageDataset images = Cifar10.read(CifarBytes.write(folder, "many.bin", labels));
        assertThat(images.size()).isEqualTo(1300);
        for (int i = 0; i < 1300; i++) {
            assertThat(images.label(i)).as("label of record %d", i).isEqualTo(i % 10);
        }
        assertThat(images.images(1299, 1300).get(0, 0, 0, 0)).isEqualTo((1299 % 256) / 255.0);
    }

    @Test
    void loadsTheOfficialFiles() throws IOException {
        writeTraining();
        CifarBytes.write(folder, "test_batch.bin", new int[] {8});
        Cifar10.Parts parts = Cifar10.load(folder);
        assertThat(parts.heldOut()).isEmpty();
        assertThat(parts.train().labels(0, 10).data()).containsExactly(1, 0, 2, 0, 3, 0, 4, 0, 5, 0);
        assertThat(parts.split().test().labels(0, 1).data()).containsExactly(8);
        assertThat(parts.train().imageShape()).isEqualTo(Shape.of(3, 32, 32));
    }

    @Test
    void withoutATestFileTheLastTrainingFileIsHeldOutAndThatIsSaid() throws IOException {
        writeTraining();
        Cifar10.Parts parts = Cifar10.load(folder);
        assertThat(parts.heldOut()).contains(folder.resolve("data_batch_5.bin"));
        assertThat(parts.train().size()).isEqualTo(8);
        assertThat(parts.test().labels(0, 2).data()).containsExactly(5, 0);
    }

    @Test
    void missingFilesAreListedWithWhereToGetThem() throws IOException {
        writeTraining();
        Files.delete(folder.resolve("data_batch_2.bin"));
        Files.delete(folder.resolve("data_batch_5.bin"));
        assertThatThrownBy(() -> Cifar10.load(folder))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "cifar10: " + folder
                                + " lacks data_batch_2.bin, data_batch_5.bin; ./tito download cifar10 fetches them; or put there the files of"
                                + " the binary version, cifar-10-binary.tar.gz, from https://www.cs.toronto.edu/~kriz/cifar.html");
        assertThatThrownBy(() -> Cifar10.load(folder.resolve("nowhere")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere is not a folder; it should hold data_batch_1.bin");
    }

    @Test
    void aLabelOutOfRangeIsRefused() throws IOException {
        refuses(
                CifarBytes.write(folder, "wrong.bin", new int[] {9}, new int[] {12}),
                "record 1: label 12 is not in 0 … 9");
        refuses(CifarBytes.write(folder, "wrong.bin", new int[] {255}), "record 0: label 255 is not in 0 … 9");
    }

    @Test
    void aLengthThatIsNoWholeNumberOfRecordsIsRefused() throws IOException {
        byte[] two = CifarBytes.records(new int[] {1}, new int[] {2});
        refuses(
                Files.write(folder.resolve("short.bin"), Arrays.copyOf(two, two.length - 1)),
                "truncated, or not a file of cifar10: its 6145 bytes are 1 records of 3073 bytes and 3072 left over;"
                        + " it should be a whole number of records, at least one");
        refuses(
                Files.write(folder.resolve("empty.bin"), new byte[0]),
                "empty: its 0 bytes are 0 records of 3073 bytes and 0 left over;"
                        + " it should be a whole number of records, at least one");
        refuses(folder.resolve("nowhere.bin"), "there is no such file");
    }

    @Test
    void readingNoFileIsRefused() {
        assertThatThrownBy(Cifar10::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there are no images");
    }

    @Test
    void namesStayWithImagesThatAreSelectedOrSplit() throws IOException {
        ImageDataset images = Cifar10.read(CifarBytes.write(folder, "some.bin", new int[] {9}, new int[] {3}));
        assertThat(images.select(1).classNames()).isEqualTo(Cifar10.CLASS_NAMES);
        assertThatThrownBy(() -> images.named(Cifar10.CLASS_NAMES.subList(0, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("images: 3 names do not fit 10 classes; give one for each");
    }
}
