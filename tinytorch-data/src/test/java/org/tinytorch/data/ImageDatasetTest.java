package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.training.Batch;

class ImageDatasetTest {
    private static final Shape TWO_PIXELS = Shape.of(1, 1, 2);

    private static ImageDataset three() {
        return ImageDataset.of(TWO_PIXELS, 200, 3, IdxBytes.bytes(0, 200, 50, 100, 150, 20), IdxBytes.bytes(2, 0, 1));
    }

    private static void refuses(Shape shape, int maximum, int classes, byte[] pixels, byte[] labels, String message) {
        assertThatThrownBy(() -> ImageDataset.of(shape, maximum, classes, pixels, labels))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("images: ")
                .hasMessageContaining(message);
    }

    @Test
    void bytesBecomeNumbersFromZeroToOne() {
        assertThat(three().images(0, 2).shape()).isEqualTo(Shape.of(2, 1, 1, 2));
        assertThat(three().images(0, 2).data()).containsExactly(0, 1, 0.25, 0.5);
        assertThat(three().labels(1, 3).data()).containsExactly(0, 1);
    }

    @Test
    void aBatchHoldsTheImagesInTheOrderAskedFor() {
        Batch batch = three().batch(2, 0, 2);
        assertThat(batch.input().shape()).isEqualTo(Shape.of(3, 1, 1, 2));
        assertThat(batch.input().data()).containsExactly(0.75, 0.1, 0, 1, 0.75, 0.1);
        assertThat(batch.target().data()).containsExactly(1, 2, 1);
    }

    @Test
    void allIsOneBatch() {
        assertThat(three().all().target().data()).containsExactly(2, 0, 1);
    }

    @Test
    void bytesAreCopiedWhenTheyComeAndWhenTheyGo() {
        byte[] pixels = IdxBytes.bytes(1, 2);
        byte[] labels = IdxBytes.bytes(0);
        ImageDataset dataset = ImageDataset.of(TWO_PIXELS, 2, 1, pixels, labels);
        pixels[0] = 2;
        labels[0] = 1;
        dataset.images(0, 1).mutableData()[1] = -5;
        assertThat(dataset.images(0, 1).data()).containsExactly(0.5, 1);
        assertThat(dataset.label(0)).isZero();
    }

    @Test
    void anImageThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> three().batch(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> three().batch(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> three().images(1, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> three().labels(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> three().label(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void selectsSomeImages() {
        ImageDataset some = three().select(2, 1);
        assertThat(some.size()).isEqualTo(2);
        assertThat(some.all().input().data()).containsExactly(0.75, 0.1, 0.25, 0.5);
        assertThat(some.all().target().data()).containsExactly(1, 0);
        assertThatThrownBy(() -> three().select())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there are no images");
    }

    @Test
    void countsTheClasses() {
        assertThat(three().select(0, 0, 1).classCounts()).containsExactly(1, 0, 2);
    }

    @Test
    void printsItsSize() {
        assertThat(three()).hasToString("3 images (1, 1, 2), 3 classes");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        byte[] label = IdxBytes.bytes(0);
        byte[] pixels = IdxBytes.bytes(1, 2);
        refuses(Shape.of(2, 1), 255, 1, pixels, label, "image shape (2, 1) is not (channels, rows, columns)");
        refuses(Shape.of(1, 0, 2), 255, 1, new byte[0], label, "image shape (1, 0, 2) is not");
        refuses(TWO_PIXELS, 0, 1, pixels, label, "a maximum of 0 is not in 1 … 255");
        refuses(TWO_PIXELS, 255, 257, pixels, label, "257 classes cannot be labelled with bytes");
        refuses(TWO_PIXELS, 255, 1, new byte[0], new byte[0], "there are no images");
        refuses(TWO_PIXELS, 255, 1, new byte[3], label, "3 pixels are not 1 images of shape (1, 1, 2), which take 2");
        refuses(TWO_PIXELS, 255, 3, new byte[4], IdxBytes.bytes(2, 3), "label 3 of image 1 is not in 0 … 2");
        refuses(TWO_PIXELS, 16, 1, IdxBytes.bytes(0, 16, 17, 0), new byte[2], "pixel 17 of image 1 is not in 0 … 16");
    }

    /** 40 images: class 0 ten times, class 1 thirty times; pixel i is i, so that an image can be told. */
    private static ImageDataset forty() {
        byte[] pixels = new byte[40];
        byte[] labels = new byte[40];
        for (int i = 0; i < 40; i++) {
            pixels[i] = (byte) i;
            labels[i] = (byte) (i % 4 == 0 ? 0 : 1);
        }
        return ImageDataset.of(Shape.of(1, 1, 1), 40, 2, pixels, labels);
    }

    @Property(tries = 50)
    void bothPartsHoldEveryClassInTheSameProportionAndEveryImageOnce(@ForAll long seed) {
        DataSplit split = forty().split(0.2, new Generator(seed));
        assertThat(split.test().classCounts()).containsExactly(2, 6);
        assertThat(split.train().classCounts()).containsExactly(8, 24);
        double[] both = new double[40];
        System.arraycopy(split.train().all().input().data(), 0, both, 0, 32);
        System.arraycopy(split.test().all().input().data(), 0, both, 32, 8);
        Arrays.sort(both);
        assertThat(both).containsExactly(forty().all().input().data());
    }

    @Test
    void theSeedDecidesTheSplit() {
        double[] first =
                forty().split(0.2, new Generator(7)).test().all().input().data();
        assertThat(forty().split(0.2, new Generator(7)).test().all().input().data())
                .containsExactly(first);
        assertThat(forty().split(0.2, new Generator(8)).test().all().input().data())
                .isNotEqualTo(first);
    }

    @Test
    void aFractionThatLeavesNothingIsRefused() {
        for (double fraction : new double[] {-0.5, 0, 0.01, 0.99, 1, 3, Double.NaN}) {
            assertThatThrownBy(() -> forty().split(fraction, new Generator(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a test fraction of " + fraction);
        }
    }

    @Test
    void partsThatDoNotBelongTogetherAreRefused() {
        assertThatThrownBy(() -> new DataSplit(three(), forty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("training images (1, 1, 2) of 3 classes and test images (1, 1, 1) of 2 classes");
    }
}
