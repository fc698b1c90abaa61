package org.tinytorch.milestones;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;

/** What each network recognises, over the time that an image takes: the best are on the upper left. */
final class CompressionChart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 480;
    private static final double NANOS_PER_MICRO = 1e3;

    private CompressionChart() {}

    /** A PNG file's content. No display is needed. */
    static byte[] png(List<CompressedRow> rows) throws IOException {
        System.setProperty("java.awt.headless", "true");
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Smaller networks")
                .xAxisTitle("µs an image")
                .yAxisTitle("share of test images")
                .build();
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setXAxisMin(0.0);
        for (CompressedRow row : rows) {
            chart.addSeries(
                    row.how().toString(),
                    List.of(row.time().median() / NANOS_PER_MICRO),
                    List.of(row.network().accuracy()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BitmapEncoder.saveBitmap(List.of(chart), 1, 1, out, BitmapFormat.PNG);
        return out.toByteArray();
    }
}
