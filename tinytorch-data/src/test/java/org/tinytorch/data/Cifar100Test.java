package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar100Test {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        CifarBytes.write(folder, "train.bin", new int[] {1, 73}, new int[] {19, 99});
        CifarBytes.write(folder, "test.bin", new int[] {0, 4});
    }

    @Test
    void readsFineAndCoarseLabels() throws IOException {
        DataSplit fine = Cifar100.load(folder);
        assertThat(fine.train().labels(0, 2).data()).containsExactly(73, 99);
        assertThat(fine.test().classes()).isEqualTo(100);
        DataSplit coarse = Cifar100.load(folder, Cifar100.Labels.COARSE);
        assertThat(coarse.train().labels(0, 2).data()).containsExactly(1, 19);
        assertThat(coarse.train().classes()).isEqualTo(20);
        assertThat(coarse.train().images(1, 2).data())
                .containsExactly(fine.train().images(1, 2).data());
        assertThat(fine.train().images(1, 2).get(0, 0, 0, 0)).isEqualTo(1 / 255.0);
        assertThat(fine.train().images(1, 2).get(0, 2, 31, 31)).isEqualTo(3 / 255.0);
    }

    @Test
    void takesClassNamesFromTheFileBeside() throws IOException {
        assertThat(Cifar100.load(folder).train().classNames().get(73)).isEqualTo("73");
        Files.write(
                folder.resolve("fine_label_names.txt"),
                IntStream.range(0, 100).mapToObj(i -> "name" + i).toList());
        assertThat(Cifar100.load(folder).test().classNames().get(73)).isEqualTo("name73");
        Files.writeString(folder.resolve("coarse_label_names.txt"), "fish\nflowers\n");
        assertThatThrownBy(() -> Cifar100.load(folder, Cifar100.Labels.COARSE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("coarse_label_names.txt: 2 class names, expected 20");
    }

    @Test
    void bothLabelsAreChecked() throws IOException {
        Path coarse = CifarBytes.write(folder, "coarse.bin", new int[] {20, 0});
        assertThatThrownBy(() -> Cifar100.read(Cifar100.Labels.FINE, coarse))
                .isInstanceOf(IOException.class)
                .hasMessage("cifar100: " + coarse + ": record 0: label 20 is not in 0 … 19");
        Path fine = CifarBytes.write(folder, "fine.bin", new int[] {0, 0}, new int[] {19, 100});
        assertThatThrownBy(() -> Cifar100.read(Cifar100.Labels.COARSE, fine))
                .isInstanceOf(IOException.class)
                .hasMessage("cifar100: " + fine + ": record 1: label 100 is not in 0 … 99");
    }

    @Test
    void aFileOfCifar10IsNotTaken() throws IOException {
        Path other = CifarBytes.write(folder, "data_batch_1.bin", new int[] {1}, new int[] {2});
        assertThatThrownBy(() -> Cifar100.read(Cifar100.Labels.FINE, other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a file of cifar100: its 6146 bytes are 1 records of 3074 bytes and 3072");
    }

    @Test
    void missingFilesAreListedWithWhereToGetThem() throws IOException {
        Files.delete(folder.resolve("test.bin"));
        assertThatThrownBy(() -> Cifar100.load(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lacks test.bin; put there")
                .hasMessageContaining("cifar-100-binary.tar.gz, from https://");
    }
}
