package org.tinytorch.milestones;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.tinytorch.benchmarking.Interval;

/** How many times as fast as the loops each step is, on a logarithmic axis, with the interval that it lies in; a picture for each model, side by side. */
final class SpeedupChart {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 480;

    private SpeedupChart() {}

    /** A PNG file's content. No display is needed. */
    static byte[] png(List<SpeedupResult> results) throws IOException {
        System.setProperty("java.awt.headless", "true");
        List<CategoryChart> charts = results.stream().map(SpeedupChart::draw).toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BitmapEncoder.saveBitmap(charts, 1, charts.size(), out, BitmapFormat.PNG);
        return out.toByteArray();
    }

    private static CategoryChart draw(SpeedupResult result) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(result.model().name())
                .yAxisTitle("times as fast as the loops")
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
        // no bars, which would begin at 0
        chart.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
        chart.getStyler().setOverlapped(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setXAxisLabelRotation(30);
        List<String> steps = result.rows().stream().map(SpeedupChart::label).toList();
        List<Interval> intervals =
                result.rows().stream().map(SpeedupRow::interval).toList();
        // lines of their own: error bars come out wrong on a logarithmic axis
        chart.addSeries("at most", steps, intervals.stream().map(Interval::high).toList());
        chart.addSeries(
                "median", steps, result.rows().stream().map(SpeedupRow::overall).toList());
        chart.addSeries("at least", steps, intervals.stream().map(Interval::low).toList());
        return chart;
    }

    /** A step that does not pay has its name in brackets. */
    private static String label(SpeedupRow row) {
        return row.verdict().pays() ? row.step() : "(" + row.step() + ")";
    }
}
