package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.checks.Glyphs;
import org.tinytorch.training.Trainer;

/** Holds the closing experiment of module 08 to its claims. */
final class ShuffledPixelsTest {

    private static Trainer plain;
    private static Trainer blind;

    @BeforeAll
    static void train() {
        plain = ShuffledPixels.train(images -> images);
        blind = ShuffledPixels.train(ShuffledPixels::shuffled);
    }

    private static double accuracy(int right, int down) {
        return ShuffledPixels.accuracy(plain, ShuffledPixels.test().shifted(right, down));
    }

    @Test
    @DisplayName("shuffled images hold the same pixels at other places")
    void shuffled() {
        Glyphs images = ShuffledPixels.test();
        double[] image = images.pixels()[4];
        double[] mixed = ShuffledPixels.shuffled(images).pixels()[4];
        assertThat(mixed).as("a shuffled image, against the image").isNotEqualTo(image);
        assertThat(Arrays.stream(mixed).sorted().toArray())
                .as("its pixels, sorted")
                .containsExactly(Arrays.stream(image).sorted().toArray());
    }

    @Test
    @DisplayName("the network learns the signs")
    void learns() {
        assertThat(ShuffledPixels.accuracy(plain, ShuffledPixels.test())).as("new images right").isCloseTo(0.998, within(0.002));
    }

    @Test
    @DisplayName("with all pixels shuffled it is exactly as good, in every epoch")
    void doesNotCare() {
        double[] losses = plain.history().series("train_loss");
        assertThat(losses).as("losses, one for each epoch").hasSize(10);
        assertThat(blind.history().series("train_loss"))
                .as("losses with shuffled pixels, against those with pixels in order")
                .containsExactly(losses, within(1e-9));
        assertThat(ShuffledPixels.accuracy(blind, ShuffledPixels.shuffled(ShuffledPixels.test())))
                .as("new images right, shuffled, against unshuffled")
                .isEqualTo(ShuffledPixels.accuracy(plain, ShuffledPixels.test()));
    }

    @Test
    @DisplayName("moved by one pixel, most images are taken for another sign")
    void shifted() {
        assertThat(accuracy(1, 0)).as("right, after one pixel to the right").isCloseTo(0.184, within(0.02));
        assertThat(accuracy(-1, 0)).as("right, after one pixel to the left").isCloseTo(0.147, within(0.02));
        assertThat(accuracy(0, 1)).as("right, after one pixel down").isCloseTo(0.304, within(0.02));
        assertThat(accuracy(0, -1)).as("right, after one pixel up").isCloseTo(0.361, within(0.02));
    }
}
