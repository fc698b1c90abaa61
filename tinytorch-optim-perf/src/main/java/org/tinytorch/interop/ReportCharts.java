package org.tinytorch.interop;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.Roofline;
import org.tinytorch.benchmarking.RooflinePoint;

/**
 * Pictures for reports, as PNG; no display is needed. They are drawn by XChart, which this library does not bring along: add {@code org.knowm.xchart:xchart} to your own dependencies.
 *
 * <p>The first picture sets the property {@code java.awt.headless} to true for the whole JVM, unless it is set already: a program that shows windows too sets it to false beforehand.
 */
public final class ReportCharts {
    private ReportCharts() {}

    /**
     * The median of each measurement as a bar in milliseconds, with a line as long as the interval that it lies in: by the longer of its two sides, up and down.
     *
     * @throws IllegalArgumentException if there is no measurement
     * @throws IllegalStateException if XChart is missing
     */
    public static byte[] bars(String title, List<Measurement> measurements) {
        if (measurements.isEmpty()) {
            throw new IllegalArgumentException("chart: '" + title + "' has no measurements; give at least one");
        }
        checkXChart();
        return XCharts.bars(title, measurements);
    }

    /**
     * A roof and what stands below it, on logarithmic axes: FLOP/s over FLOPs for each byte.
     *
     * @throws IllegalArgumentException if two points have the same name
     * @throws IllegalStateException if XChart is missing
     */
    public static byte[] roofline(String title, Roofline roof, List<RooflinePoint> points) {
        Set<String> names = new HashSet<>();
        for (RooflinePoint point : points) {
            if (!names.add(point.name())) {
                throw new IllegalArgumentException("chart: two points of '" + title + "' are named '" + point.name()
                        + "'; give them different names");
            }
        }
        checkXChart();
        return XCharts.roofline(title, roof, points);
    }

    /** Before the class that uses it is loaded, so that there is an error that says what to do. */
    private static void checkXChart() {
        try {
            Class.forName("org.knowm.xchart.XYChart", false, ReportCharts.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(
                    "chart: XChart is not on the class path; add org.knowm.xchart:xchart to the dependencies", missing);
        }
    }
}
