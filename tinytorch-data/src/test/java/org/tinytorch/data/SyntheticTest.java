package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;

class SyntheticTest {
    /** Makes one of the sets. */
    private interface Recipe {
        TensorDataset make(int n, double noise, Generator generator);
    }

    private static final List<Recipe> RECIPES =
            List.of(Synthetic::xor, Synthetic::spirals, Synthetic::blobs, Synthetic::moons);

    /** Looks at every point and its label. */
    private interface Check {
        void point(double x, double y, int label);
    }

    private static void forEach(TensorDataset data, Check check) {
        double[] points = data.all().input().data();
        for (int i = 0; i < data.size(); i++) {
            check.point(
                    points[2 * i], points[2 * i + 1], (int) data.all().target().get(i));
        }
    }

    @Test
    void xorIsInTheCorners() {
        forEach(Synthetic.xor(50, 0, new Generator(1)), (x, y, label) -> {
            assertThat(Math.abs(x)).isEqualTo(1);
            assertThat(Math.abs(y)).isEqualTo(1);
            assertThat(x * y < 0 ? 1 : 0).isEqualTo(label);
        });
    }

    @Test
    void spiralsWindAroundTheCentre() {
        forEach(Synthetic.spirals(90, 3, 0, new Generator(1)), (x, y, label) -> {
            double radius = Math.hypot(x, y);
            assertThat(radius).isLessThanOrEqualTo(1);
            double angle = 2 * Math.PI * (1.75 * radius + label / 3.0);
            assertThat(x).isCloseTo(radius * Math.cos(angle), within(1e-9));
            assertThat(y).isCloseTo(radius * Math.sin(angle), within(1e-9));
        });
    }

    @Test
    void blobsAreAroundTheirCentres() {
        forEach(Synthetic.blobs(400, 4, 0.01, new Generator(1)), (x, y, label) -> {
            assertThat(x).isCloseTo(Math.cos(label * Math.PI / 2), within(0.06));
            assertThat(y).isCloseTo(Math.sin(label * Math.PI / 2), within(0.06));
        });
    }

    @Test
    void moonsAreHalfCircles() {
        forEach(Synthetic.moons(50, 0, new Generator(1)), (x, y, label) -> {
            assertThat(Math.hypot(x - label, y - 0.5 * label)).isCloseTo(1, within(1e-12));
            assertThat(label == 0 ? y >= 0 : y <= 0.5).isTrue();
        });
    }

    @Test
    void classesHaveTheirShareAndTheSeedDecides() {
        for (Recipe recipe : RECIPES) {
            TensorDataset data = recipe.make(60, 0.1, new Generator(7));
            int classes = 1 + (int) data.all().target().max().item();
            int[] counts = new int[classes];
            forEach(data, (x, y, label) -> counts[label]++);
            assertThat(counts).containsOnly(60 / classes);
            assertThat(recipe.make(60, 0.1, new Generator(7)).all().input().data())
                    .containsExactly(data.all().input().data());
            assertThat(recipe.make(60, 0.1, new Generator(8)).all().input().data())
                    .isNotEqualTo(data.all().input().data());
        }
    }

    @Test
    void impossibleSettingsAreRefused() {
        for (Recipe recipe : RECIPES) {
            assertThatThrownBy(() -> recipe.make(1, 0, new Generator(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 samples of");
            for (double noise : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
                assertThatThrownBy(() -> recipe.make(9, noise, new Generator(1)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("a noise of " + noise);
            }
        }
        assertThatThrownBy(() -> Synthetic.blobs(9, 1, 0, new Generator(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
