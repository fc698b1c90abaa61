package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tensor.Shape;

class ImageFolderTest {
    @TempDir
    private Path folder;

    private Path write(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private static BufferedImage filled(int rows, int columns, Color color) {
        BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                image.setRGB(column, row, color.getRGB());
            }
        }
        return image;
    }

    private void refuses(String... messages) {
        assertThatThrownBy(() -> ImageFolder.load(folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("image folder: ")
                .hasMessageContainingAll(messages);
    }

    @Test
    void foldersAreClassesInTheOrderOfTheirNames() throws IOException {
        write("dog/b.png", filled(2, 3, new Color(255, 51, 0)));
        write("dog/a.png", filled(2, 3, Color.BLUE));
        write("cat/z.PNG", filled(2, 3, Color.BLACK));
        Files.writeString(folder.resolve("dog/notes.txt"), "left out");
        Files.writeString(folder.resolve("dog/.hidden.png"), "left out");
        Files.createDirectories(folder.resolve(".cache"));
        ImageDataset images = ImageFolder.load(folder);
        assertThat(images).hasToString("3 images (3, 2, 3), 2 classes");
        assertThat(images.classNames()).containsExactly("cat", "dog");
        assertThat(images.labels(0, 3).data()).containsExactly(0, 1, 1);
        assertThat(images.images(1, 2).get(0, 2, 1, 2)).as("a.png is blue").isEqualTo(1);
        assertThat(images.images(2, 3).get(0, 1, 0, 0)).as("green of b.png").isEqualTo(0.2);
    }

    @Test
    void pixelsKeepTheirPlaces() throws IOException {
        BufferedImage image = filled(2, 3, Color.BLACK);
        image.setRGB(2, 1, 0x0A141E);
        write("one/a.png", image);
        double[] pixels = ImageFolder.load(folder).images(0, 1).data();
        assertThat(pixels[5]).isEqualTo(10 / 255.0);
        assertThat(pixels[11]).isEqualTo(20 / 255.0);
        assertThat(pixels[17]).isEqualTo(30 / 255.0);
        assertThat(pixels[0]).isZero();
    }

    @Test
    void greyIsTakenAsItIsStored() throws IOException {
        BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(0, 0, 0, 128);
        write("a/8bit.png", grey);
        BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(0, 0, 0, 128 * 257);
        write("b/16bit.png", deep);
        assertThat(ImageFolder.load(folder).all().input().data()).containsOnly(128 / 255.0);
        assertThat(ImageFolder.load(folder, 4, 4).all().input().data()).containsOnly(128 / 255.0);
    }

    @Test
    void imagesAreScaledToOneSizeOnDemand() throws IOException {
        write("a/1.png", filled(2, 3, Color.RED));
        write("b/1.png", filled(9, 5, Color.GREEN));
        ImageDataset images = ImageFolder.load(folder, 4, 6);
        assertThat(images.imageShape()).isEqualTo(Shape.of(3, 4, 6));
        assertThat(images.images(0, 1).select(1, 0).data()).as("red").containsOnly(1);
        assertThat(images.images(1, 2).select(1, 1).data()).as("green").containsOnly(1);
        assertThatThrownBy(() -> ImageFolder.load(folder, 0, 6)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anImageOfAnotherSizeIsNamedWithBothShapes() throws IOException {
        Path first = write("a/1.png", filled(2, 3, Color.RED));
        Path second = write("b/1.png", filled(3, 2, Color.RED));
        refuses(second + ": shape (3, 3, 2), but " + first + " is (3, 2, 3)", "one size");
    }

    @Test
    void aFileThatIsNoImageIsNamed() throws IOException {
        write("a/1.png", filled(1, 1, Color.RED));
        Path broken = Files.writeString(folder.resolve("a/2.jpg"), "not a picture");
        refuses(broken + ": the content is no image");
    }

    @Test
    void aTruncatedImageIsNamed() throws IOException {
        Path file = write("a/1.png", filled(40, 40, Color.RED));
        byte[] content = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(content, 50));
        refuses(file + ": cannot be read as an image");
    }

    @Test
    void emptyFoldersAreNamed() throws IOException {
        refuses(folder + " holds 0 folders");
        Files.createDirectories(folder.resolve("a"));
        refuses(folder.resolve("a") + " holds no image; names of images end in .bmp, ");
        assertThatThrownBy(() -> ImageFolder.load(folder.resolve("nowhere")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere is not a folder");
    }
}
