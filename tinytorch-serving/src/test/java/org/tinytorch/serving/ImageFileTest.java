package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntBinaryOperator;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Shape;

/** Files as pixels. */
class ImageFileTest {
    private static final Offset<Double> CLOSE = within(1e-9);

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, "png", out)).isTrue();
        return out.toByteArray();
    }

    private static byte[] colours(int width, int height, IntBinaryOperator argb) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, argb.applyAsInt(x, y));
            }
        }
        return png(image);
    }

    private static double[] read(byte[] file, int channels, int rows, int columns) {
        return new ImageFile(Shape.of(channels, rows, columns), 1_000_000).read(file, "png");
    }

    @Test
    void channelsComeOneAfterTheOther() throws IOException {
        byte[] file = colours(2, 1, (x, y) -> x == 0 ? 0xFFFF0000 : 0xFF0000FF);

        assertThat(read(file, 3, 1, 2)).containsExactly(new double[] {1, 0, 0, 0, 0, 1}, CLOSE);
    }

    @Test
    void greyIsTheLuminance() throws IOException {
        byte[] file = colours(3, 1, (x, y) -> 0xFF000000 | (0xFF << (8 * (2 - x))));

        assertThat(read(file, 1, 1, 3)).containsExactly(new double[] {0.299, 0.587, 0.114}, CLOSE);
    }

    @Test
    void whatIsTransparentIsBlack() throws IOException {
        byte[] file = colours(2, 1, (x, y) -> x == 0 ? 0x00FFFFFF : 0x33FFFFFF);

        assertThat(read(file, 1, 1, 2)).containsExactly(new double[] {0, 0.2}, CLOSE);
    }

    @Test
    void aGreyFileKeepsItsNumbers() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 51);
        image.getRaster().setSample(1, 0, 0, 255);

        assertThat(read(png(image), 1, 1, 2)).containsExactly(new double[] {0.2, 1}, CLOSE);
        assertThat(read(png(image), 3, 1, 2)).containsExactly(new double[] {0.2, 1, 0.2, 1, 0.2, 1}, CLOSE);
    }

    @Test
    void sixteenBitsAreWhiteAtTheirOwnLargest() throws IOException {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 65_535 / 5);

        assertThat(read(png(image), 1, 1, 1)).containsExactly(new double[] {0.2}, CLOSE);
    }

    @Test
    void aPixelIsTheMeanOfWhatItCovers() throws IOException {
        byte[] file = colours(4, 2, (x, y) -> (x + y) % 2 == 0 ? 0xFFFFFFFF : x == 3 ? 0xFF333333 : 0xFF000000);

        // row 0: 1 0 1 0.2, row 1: 0 1 0 1
        assertThat(read(file, 1, 1, 2)).containsExactly(new double[] {0.5, (1 + 0.2 + 0 + 1) / 4}, CLOSE);
        assertThat(read(file, 1, 2, 1)).containsExactly(new double[] {0.55, 0.5}, CLOSE);
    }

    @Test
    void rowsAndColumnsMayBeStretched() throws IOException {
        byte[] file = colours(1, 2, (x, y) -> y == 0 ? 0xFF000000 : 0xFFFFFFFF);

        assertThat(read(file, 1, 4, 2)).containsExactly(new double[] {0, 0, 0, 0, 1, 1, 1, 1}, CLOSE);
    }

    @Test
    void theSizeIsReadBeforeThePicture() throws IOException {
        byte[] file = colours(1, 1, (x, y) -> 0);
        ByteBuffer.wrap(file).putInt(16, 60_000).putInt(20, 60_000); // width and height in the header
        CRC32 checksum = new CRC32();
        checksum.update(file, 12, 17);
        ByteBuffer.wrap(file).putInt(29, (int) checksum.getValue());

        assertThatThrownBy(() -> read(file, 1, 8, 8))
                .hasMessageContaining("the image has 3600000000 pixels")
                .isInstanceOfSatisfying(HttpProblem.class, problem -> assertThat(problem.status())
                        .isEqualTo(413));
    }

    @Test
    void otherChannelsAreOnlyPossibleInJson() throws IOException {
        byte[] file = colours(1, 1, (x, y) -> 0);

        assertThatThrownBy(() -> read(file, 4, 8, 8))
                .hasMessageContaining("4 channels")
                .isInstanceOfSatisfying(HttpProblem.class, problem -> assertThat(problem.status())
                        .isEqualTo(415));
    }
}
