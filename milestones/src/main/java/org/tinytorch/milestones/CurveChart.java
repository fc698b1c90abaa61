package org.tinytorch.milestones;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves over the epochs of a training, as a PNG. */
final class CurveChart {
    private final String title;
    private final String unit;
    private String axis = "epoch";
    private final Map<String, List<Double>> curves = new LinkedHashMap<>();

    /**
     * A chart without curves yet.
     *
     * @param unit what the vertical axis measures
     */
    CurveChart(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    /** Names what the values follow each other by, if not epochs. */
    CurveChart over(String what) {
        axis = what;
        return this;
    }

    /** Adds a curve; its first value belongs to epoch 1. */
    CurveChart curve(String name, double... values) {
        curves.put(name, Arrays.stream(values).boxed().toList());
        return this;
    }

    private XYChart draw() {
        XYChart chart = new XYChartBuilder()
                .width(640)
                .height(480)
                .title(title)
                .xAxisTitle(axis)
                .yAxisTitle(unit)
                .build();
        curves.forEach((name, values) -> chart.addSeries(
                        name, IntStream.rangeClosed(1, values.size()).boxed().toList(), values)
                .setMarker(SeriesMarkers.NONE));
        return chart;
    }

    /** Draws charts side by side into one PNG file, replacing it. No display is needed. */
    static void save(Path file, CurveChart... charts) throws IOException {
        System.setProperty("java.awt.headless", "true");
        List<XYChart> drawn = List.of(charts).stream().map(CurveChart::draw).toList();
        try (OutputStream out = Files.newOutputStream(file)) {
            BitmapEncoder.saveBitmap(drawn, 1, charts.length, out, BitmapFormat.PNG);
        }
    }
}
