package org.tinytorch.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.tinytorch.benchmarking.Interval;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.Roofline;
import org.tinytorch.benchmarking.RooflinePoint;

/** Draws with XChart; loaded only where that is there. */
final class XCharts {
    private static final String HEADLESS = "java.awt.headless";
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double GIGA = 1e9;

    /** In the legend; no layer has such a name. */
    private static final String ROOF = "(roof)";

    /** How far the roof goes on beyond what stands below it, as a factor. */
    private static final double MARGIN = 4;

    private XCharts() {}

    static byte[] bars(String title, List<Measurement> measurements) {
        List<String> names = new ArrayList<>();
        List<Double> medians = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        for (Measurement measured : measurements) {
            Interval interval = measured.interval();
            double median = measured.median();
            names.add(measured.name());
            medians.add(median / NANOS_PER_MILLI);
            errors.add(Math.max(interval.high() - median, median - interval.low()) / NANOS_PER_MILLI);
        }
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle("ms")
                .build();
        chart.getStyler().setLegendVisible(false);
        chart.addSeries("median", names, medians, errors);
        return png(chart);
    }

    static byte[] roofline(String title, Roofline roof, List<RooflinePoint> points) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("FLOP/byte")
                .yAxisTitle("GFLOP/s")
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        double[] x = roofCorners(roof, points);
        double[] y = Arrays.stream(x)
                .map(intensity -> roof.attainable(intensity) / GIGA)
                .toArray();
        chart.addSeries(ROOF, x, y)
                .setXYSeriesRenderStyle(XYSeriesRenderStyle.Line)
                .setMarker(SeriesMarkers.NONE);
        for (RooflinePoint point : points) {
            chart.addSeries(
                    point.name(), new double[] {point.intensity()}, new double[] {point.flopsPerSecond() / GIGA});
        }
        return png(chart);
    }

    /** Where the roof begins, bends and ends: some way beyond all points. */
    static double[] roofCorners(Roofline roof, List<RooflinePoint> points) {
        double low = roof.ridge();
        double high = roof.ridge();
        for (RooflinePoint point : points) {
            low = Math.min(low, point.intensity());
            high = Math.max(high, point.intensity());
        }
        return new double[] {low / MARGIN, roof.ridge(), high * MARGIN};
    }

    /** Without a screen, unless the program has said that it wants one. */
    private static byte[] png(Chart<?, ?> chart) {
        if (System.getProperty(HEADLESS) == null) {
            System.setProperty(HEADLESS, "true");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            BitmapEncoder.saveBitmap(List.of(chart), 1, 1, out, BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException("chart: '" + chart.getTitle() + "' cannot be drawn", e);
        }
        return out.toByteArray();
    }
}
