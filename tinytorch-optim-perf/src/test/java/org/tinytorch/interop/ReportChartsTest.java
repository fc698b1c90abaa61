package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.Roofline;
import org.tinytorch.benchmarking.RooflinePoint;
import org.tinytorch.benchmarking.WarmUp;

class ReportChartsTest {
    private static final String HEADLESS = "java.awt.headless";
    private static final Roofline ROOF = new Roofline(100e9, 20e9, "by hand");

    private static Measurement measurement(String name, Double... nanos) {
        return new Measurement(name, List.of(nanos), new WarmUp.Outcome(0, true));
    }

    /** How many pixels are neither white nor grey: bars, lines and points. */
    private static long coloured(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image).as("the picture").isNotNull();
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return Arrays.stream(pixels)
                .filter(rgb -> (rgb >> 16 & 255) != (rgb >> 8 & 255) || (rgb >> 8 & 255) != (rgb & 255))
                .count();
    }

    @Test
    void aHigherBarHasMoreColour() throws IOException {
        byte[] one = ReportCharts.bars("Times", List.of(measurement("a", 4e6, 5e6, 6e6), measurement("b", 1e6)));
        byte[] two = ReportCharts.bars("Times", List.of(measurement("a", 4e6, 5e6, 6e6), measurement("b", 5e6)));

        assertThat(coloured(one)).isPositive();
        assertThat(coloured(two)).isGreaterThan(coloured(one));
    }

    @Test
    void theRoofAndEachPointAreDrawn() throws IOException {
        byte[] roof = ReportCharts.roofline("Roofline", ROOF, List.of());
        byte[] points = ReportCharts.roofline(
                "Roofline", ROOF, List.of(ROOF.place("add", 0.04, 0.5e9), ROOF.place("fc", 100, 50e9)));

        assertThat(coloured(roof)).as("the roof alone").isPositive();
        assertThat(coloured(points)).isGreaterThan(coloured(roof));
    }

    @Test
    void theRoofReachesBeyondAllPoints() {
        List<RooflinePoint> points = List.of(ROOF.place("add", 0.04, 0.5e9), ROOF.place("fc", 100, 50e9));
        double[] corners = XCharts.roofCorners(ROOF, points);

        assertThat(corners).hasSize(3).isSorted();
        assertThat(corners[0]).isLessThan(0.04);
        assertThat(corners[1]).isEqualTo(ROOF.ridge());
        assertThat(corners[2]).isGreaterThan(100);
    }

    @Test
    void noScreenIsAskedForUnlessTheProgramWantsOne() {
        String usual = System.getProperty(HEADLESS);
        try {
            System.clearProperty(HEADLESS);
            ReportCharts.bars("Times", List.of(measurement("a", 1e6)));
            assertThat(System.getProperty(HEADLESS)).as("nothing was said").isEqualTo("true");

            System.setProperty(HEADLESS, "false"); // the JVM has made up its mind by now, so that this needs no screen
            ReportCharts.bars("Times", List.of(measurement("a", 1e6)));
            assertThat(System.getProperty(HEADLESS)).as("a screen is wanted").isEqualTo("false");
        } finally {
            System.setProperty(HEADLESS, usual == null ? "true" : usual);
        }
    }

    @Test
    void noMeasurementsAreNoChart() {
        assertThatThrownBy(() -> ReportCharts.bars("Times", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("chart: 'Times' has no measurements; give at least one");
    }

    @Test
    void pointsHaveDifferentNames() {
        RooflinePoint point = ROOF.place("fc", 100, 50e9);

        assertThatThrownBy(() -> ReportCharts.roofline("Roofline", ROOF, List.of(point, point)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("chart: two points of 'Roofline' are named 'fc'; give them different names");
        assertThat(ReportCharts.roofline("Roofline", ROOF, List.of(ROOF.place("roof", 1, 1e9))))
                .as("a layer that is named like the roof")
                .isNotEmpty();
    }

    @Test
    void withoutXChartTheErrorSaysWhatToAdd() throws ReflectiveOperationException {
        Class<?> charts = new WithoutClasses("org.knowm.").loadClass(ReportCharts.class.getName());
        List<Measurement> measurements = List.of(measurement("a", 1e6));

        assertThatThrownBy(
                        () -> charts.getMethod("bars", String.class, List.class).invoke(null, "Times", measurements))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("add org.knowm.xchart:xchart to the dependencies");
    }
}
