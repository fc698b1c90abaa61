package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tensor.Shape;

class MnistTest {
    private static final byte[] TRAIN_IMAGES = IdxBytes.images(3, 2, 1, 0, 51, 102, 153, 204, 255);
    private static final byte[] TEST_IMAGES = IdxBytes.images(1, 2, 1, 255, 0);

    @TempDir
    private Path folder;

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private void writeAll() throws IOException {
        write("train-images-idx3-ubyte.gz", IdxBytes.gzip(TRAIN_IMAGES));
        write("train-labels-idx1-ubyte.gz", IdxBytes.gzip(IdxBytes.labels(9, 0, 5)));
        write("t10k-images-idx3-ubyte", TEST_IMAGES);
        write("t10k-labels-idx1-ubyte", IdxBytes.labels(7));
    }

    private void refuses(String... messages) {
        assertThatThrownBy(() -> Mnist.load(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(messages);
    }

    @Test
    void readsTheFourFilesCompressedOrNot() throws IOException {
        writeAll();
        DataSplit split = Mnist.load(folder);
        assertThat(split.train().size()).isEqualTo(3);
        assertThat(split.train().imageShape()).isEqualTo(Shape.of(1, 2, 1));
        assertThat(split.train().images(0, 3).data()).containsExactly(0, 0.2, 0.4, 0.6, 0.8, 1);
        assertThat(split.train().labels(0, 3).data()).containsExactly(9, 0, 5);
        assertThat(split.test().images(0, 1).data()).containsExactly(1, 0);
        assertThat(split.test().labels(0, 1).data()).containsExactly(7);
    }

    @Test
    void missingFilesAreListedWithWhereToGetThem() throws IOException {
        writeAll();
        Files.delete(folder.resolve("train-labels-idx1-ubyte.gz"));
        Files.delete(folder.resolve("t10k-images-idx3-ubyte"));
        refuses(
                folder + " lacks train-labels-idx1-ubyte, t10k-images-idx3-ubyte (each may end in .gz)",
                "./tito download fashion-mnist",
                "put there",
                "https://");
    }

    @Test
    void aFolderThatIsNotThereIsSaidNotToBe() {
        assertThatThrownBy(() -> Mnist.load(folder.resolve("nowhere")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere is not a folder; it should hold train-images-idx3-ubyte, ");
    }

    @Test
    void imagesAndLabelsMustBeAsMany() throws IOException {
        writeAll();
        write("train-labels-idx1-ubyte.gz", IdxBytes.labels(9, 0));
        refuses("train-images-idx3-ubyte.gz holds 3 images, but ", "train-labels-idx1-ubyte.gz 2 labels");
    }

    @Test
    void aLabelOutOfRangeIsNamedWithItsRecord() throws IOException {
        writeAll();
        write("train-labels-idx1-ubyte.gz", IdxBytes.labels(9, 200, 5));
        refuses("train-labels-idx1-ubyte.gz: label 200 of record 1 is not in 0 … 9");
    }

    @Test
    void filesInEachOthersPlaceAreRefused() throws IOException {
        writeAll();
        write("train-images-idx3-ubyte.gz", IdxBytes.labels(9, 0, 5));
        refuses("train-images-idx3-ubyte.gz: expected images (count, rows, columns), found shape (3,)");
    }

    @Test
    void trainingAndTestImagesMustBeOfOneSize() throws IOException {
        writeAll();
        write("t10k-images-idx3-ubyte", IdxBytes.images(1, 1, 1, 0));
        refuses("training images (1, 2, 1) and test images (1, 1, 1) differ in size");
    }

    @Test
    void noImagesAreRefused() throws IOException {
        writeAll();
        write("t10k-images-idx3-ubyte", IdxBytes.images(0, 2, 1));
        write("t10k-labels-idx1-ubyte", IdxBytes.labels());
        refuses("t10k-images-idx3-ubyte holds no images: shape (0, 2, 1)");
    }
}
