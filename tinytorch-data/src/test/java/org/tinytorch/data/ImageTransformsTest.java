package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class ImageTransformsTest {
    /** Two channels, two rows, three columns: 1 to 12. */
    private static Tensor image() {
        return Tensors.arange(1, 13).reshape(2, 2, 3);
    }

    private static double[] apply(Transform transform) {
        return transform.apply(image(), new Generator(1)).data();
    }

    @Test
    void shiftMovesDownAndToTheRightAndZerosComeIn() {
        assertThat(apply(new Shift(1, 0))).containsExactly(0, 0, 0, 1, 2, 3, 0, 0, 0, 7, 8, 9);
        assertThat(apply(new Shift(0, 1))).containsExactly(0, 1, 2, 0, 4, 5, 0, 7, 8, 0, 10, 11);
        assertThat(apply(new Shift(-1, -2))).containsExactly(6, 0, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0);
        assertThat(apply(new Shift(0, 0))).containsExactly(image().data());
    }

    @Property
    void shiftPutsEveryPixelInItsPlace(
            @ForAll @IntRange(min = -6, max = 6) int rows, @ForAll @IntRange(min = -6, max = 6) int columns) {
        Tensor in = Tensors.rand(new Generator(2), 2, 4, 5);
        Tensor out = new Shift(rows, columns).apply(in, new Generator(1));
        for (int c = 0; c < 2; c++) {
            for (int y = 0; y < 4; y++) {
                for (int x = 0; x < 5; x++) {
                    boolean inside = y - rows >= 0 && y - rows < 4 && x - columns >= 0 && x - columns < 5;
                    assertThat(out.get(c, y, x))
                            .as("channel %d, row %d, column %d", c, y, x)
                            .isEqualTo(inside ? in.get(c, y - rows, x - columns) : 0);
                }
            }
        }
    }

    @Test
    void shiftFarOutLeavesNothing() {
        for (int far : new int[] {Integer.MIN_VALUE, -100, 100, Integer.MAX_VALUE}) {
            assertThat(apply(new Shift(far, 0))).as("rows %d", far).containsOnly(0);
            assertThat(apply(new Shift(0, far))).as("columns %d", far).containsOnly(0);
        }
    }

    @Test
    void randomCropTakesEveryPositionAlikeOften() {
        Map<String, Integer> seen = new HashMap<>();
        Generator random = new Generator(3);
        Tensor image = Tensors.arange(1, 10).reshape(1, 3, 3);
        for (int i = 0; i < 9000; i++) {
            seen.merge(Arrays.toString(new RandomCrop(1).apply(image, random).data()), 1, Integer::sum);
        }
        assertThat(seen).hasSize(9);
        assertThat(seen.values()).allMatch(count -> count > 850 && count < 1150, "about 1000 times");
        assertThat(seen)
                .containsKey(
                        Arrays.toString(new Shift(-1, 1).apply(image, random).data()));
        assertThat(apply(new RandomCrop(0))).containsExactly(image().data());
    }

    @Test
    void horizontalFlipMirrorsEachRow() {
        assertThat(apply(new RandomHorizontalFlip(1))).containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10);
        assertThat(apply(new RandomHorizontalFlip(0))).containsExactly(image().data());
    }

    @Test
    void horizontalFlipMirrorsEverySecondImage() {
        Generator random = new Generator(4);
        long mirrored = 0;
        for (int i = 0; i < 1000; i++) {
            mirrored += new RandomHorizontalFlip().apply(image(), random).data()[0] == 3 ? 1 : 0;
        }
        assertThat(mirrored).isBetween(450L, 550L);
    }

    @Property
    void cutoutClearsOneSquareOfAllChannels(@ForAll @IntRange(min = 1, max = 9) int size, @ForAll long seed) {
        Tensor out = new Cutout(size).apply(Tensors.ones(2, 6, 7), new Generator(seed));
        Generator same = new Generator(seed);
        int top = same.nextInt(6) - size / 2;
        int left = same.nextInt(7) - size / 2;
        for (int c = 0; c < 2; c++) {
            for (int y = 0; y < 6; y++) {
                for (int x = 0; x < 7; x++) {
                    boolean cut = y >= top && y < top + size && x >= left && x < left + size;
                    assertThat(out.get(c, y, x))
                            .as("channel %d, row %d, column %d", c, y, x)
                            .isEqualTo(cut ? 0 : 1);
                }
            }
        }
    }

    @Test
    void cutoutOfAnySizeStaysInside() {
        assertThat(apply(new Cutout(Integer.MAX_VALUE))).hasSize(12);
    }

    @Test
    void permutedPixelsKeepTheirChannelsTogetherAndTheirOrderIsFixed() {
        Transform permute = new PermutePixels(Shape.of(2, 2, 3), new Generator(5));
        double[] out = apply(permute);
        assertThat(apply(permute)).containsExactly(out);
        assertThat(permute.apply(image(), new Generator(77)).data()).containsExactly(out);
        assertThat(Arrays.copyOf(out, 6))
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6)
                .isNotEqualTo(new double[] {1, 2, 3, 4, 5, 6});
        for (int i = 0; i < 6; i++) {
            assertThat(out[i + 6]).as("pixel %d of the second channel", i).isEqualTo(out[i] + 6);
        }
        assertThat(apply(new PermutePixels(Shape.of(2, 2, 3), new Generator(6))))
                .isNotEqualTo(out);
    }

    @Test
    void noTransformChangesItsInput() {
        for (Transform transform : List.of(
                new Shift(1, 1),
                new RandomCrop(2),
                new RandomHorizontalFlip(1),
                new Cutout(2),
                new PermutePixels(Shape.of(2, 2, 3), new Generator(5)),
                new Normalize(List.of(1.0, 2.0), List.of(3.0, 4.0)))) {
            Tensor image = image();
            transform.apply(image, new Generator(8));
            assertThat(image.data()).as(transform.toString()).containsExactly(image().data());
        }
    }

    @Test
    void whatIsNoImageIsRefused() {
        Tensor vector = Tensors.zeros(12);
        for (Transform transform :
                List.of(new Shift(1, 1), new RandomCrop(2), new RandomHorizontalFlip(), new Cutout(2))) {
            assertThatThrownBy(() -> transform.apply(vector, new Generator(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a sample of shape (12,) is not an image (channels, rows, columns)");
        }
        assertThatThrownBy(
                        () -> new PermutePixels(Shape.of(1, 2, 2), new Generator(1)).apply(image(), new Generator(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("permute pixels: made for images (1, 2, 2), but this one is (2, 2, 3)");
        assertThatThrownBy(() -> new PermutePixels(Shape.of(4), new Generator(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new RandomCrop(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cutout(0)).isInstanceOf(IllegalArgumentException.class);
        for (double p : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new RandomHorizontalFlip(p))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a probability of " + p);
        }
    }

    @Test
    void bytesBecomeTensors() {
        ToTensor toTensor = new ToTensor(Shape.of(1, 1, 3), 255);
        assertThat(toTensor.apply(IdxBytes.bytes(0, 51, 255)).shape()).isEqualTo(Shape.of(1, 1, 3));
        assertThat(toTensor.apply(IdxBytes.bytes(0, 51, 255)).data()).containsExactly(0, 0.2, 1);
        assertThatThrownBy(() -> toTensor.apply(new byte[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("images: 4 pixels are not an image of shape (1, 1, 3), which takes 3");
    }

    @Test
    void picturesBecomeTensors() {
        BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(1, 0, 0xFF3300);
        Tensor tensor = ToTensor.of(picture);
        assertThat(tensor.shape()).isEqualTo(Shape.of(3, 1, 2));
        assertThat(tensor.data()).containsExactly(0, 1, 0, 0.2, 0, 0);
    }
}
