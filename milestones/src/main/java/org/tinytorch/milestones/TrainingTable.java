package org.tinytorch.milestones;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.tinytorch.training.BatchResult;
import org.tinytorch.training.EpochResult;
import org.tinytorch.training.TrainingListener;

/**
 * Shows a long training as a table with a row for each epoch. On a terminal, below it, a bar with the speed and the time left, drawn over and over; elsewhere rows
 * only.
 *
 * @see Layout
 */
final class TrainingTable implements TrainingListener {
    private static final int BAR = 20;
    private static final int NARROWEST = 7;
    private static final double NANOS = 1e9;
    private static final double REDRAW_SECONDS = 0.1;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;

    private final PrintWriter out;
    private final boolean terminal;
    private final Layout layout;
    private final LongSupplier clock;
    private int firstEpoch;
    private int lastEpoch;
    private double trainingBegan;
    private double epochBegan;
    private double lastBatch;
    private double drawn;
    private long samples;
    private int width;

    private TrainingTable(PrintWriter out, boolean terminal, Layout layout, LongSupplier clock) {
        this.out = out;
        this.terminal = terminal;
        this.layout = layout;
        this.clock = clock;
    }

    /**
     * One value of an {@link EpochResult} in a column of its own.
     *
     * @param title of the column, which is as wide
     * @param format of the number
     */
    record Column(String title, String value, String format) {
        String cell(EpochResult result) {
            return right(String.format(Locale.ROOT, format, result.get(value)), title.length());
        }
    }

    /**
     * What is shown.
     *
     * @param row the title of the first column
     * @param stepsOfRow how far a row counts: 1 for epochs
     * @param parts what the speed counts
     * @param partsOfSample how many of them a sample has
     */
    record Layout(String row, int stepsOfRow, List<Column> columns, String parts, int partsOfSample) {
        private static final Column RATE = new Column("learning rate", "learning_rate", "%.2e");

        /** Of images with a class. */
        static final Layout IMAGES = new Layout(
                "epoch",
                1,
                List.of(
                        new Column("train loss", "train_loss", "%.4f"),
                        new Column("test loss", "val_loss", "%.4f"),
                        new Column("test accuracy", "val_accuracy", "%.4f"),
                        RATE),
                "images/s",
                1);

        /** Of images with a class that are not tested after each epoch. */
        static final Layout LEARNING =
                new Layout("epoch", 1, List.of(new Column("train loss", "train_loss", "%.4f"), RATE), "images/s", 1);

        /** Of windows of text. */
        static Layout ofText(int stepsOfRow, int tokensOfWindow) {
            return new Layout(
                    "step",
                    stepsOfRow,
                    List.of(
                            new Column("train loss", "train_loss", "%.4f"),
                            new Column("validation loss", "val_token_loss", "%.4f"),
                            RATE),
                    "tokens/s",
                    tokensOfWindow);
        }

        /** {@code 3/12}. */
        String progress(int epoch, int last) {
            return epoch * stepsOfRow + "/" + last * stepsOfRow;
        }
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    /**
     * A table.
     *
     * @param terminal whether a carriage return moves back to the beginning of the line there
     */
    static TrainingTable of(PrintWriter out, boolean terminal, Layout layout) {
        return new TrainingTable(out, terminal, layout, System::nanoTime);
    }

    /** With another clock, in nanoseconds; for tests. */
    TrainingTable clock(LongSupplier nanos) {
        return new TrainingTable(out, terminal, layout, nanos);
    }

    private double now() {
        return clock.getAsLong() / NANOS;
    }

    @Override
    public void onTrainBegin(int first, int last) {
        firstEpoch = first;
        lastEpoch = last;
        trainingBegan = now();
        drawn = trainingBegan - REDRAW_SECONDS;
        row(layout.row(), Column::title, layout.parts(), "seconds", "time left");
    }

    @Override
    public void onEpochBegin(int epoch) {
        epochBegan = now();
        lastBatch = epochBegan;
        samples = 0;
    }

    @Override
    public void onBatchEnd(BatchResult result) {
        lastBatch = now();
        samples += result.samples();
        if (terminal && lastBatch - drawn >= REDRAW_SECONDS) {
            drawn = lastBatch;
            draw(bar(result));
        }
    }

    private String bar(BatchResult result) {
        double part = result.batches().isPresent()
                ? Math.min(1, (double) result.batch() / result.batches().getAsInt())
                : 0;
        int filled = (int) (BAR * part);
        return String.format(
                Locale.ROOT,
                "%s [%s%s] %3.0f %%  loss %.4f  %,.0f %s%s",
                right(layout.progress(result.epoch(), lastEpoch), firstWidth()),
                "#".repeat(filled),
                "-".repeat(BAR - filled),
                100 * part,
                result.loss(),
                speed(),
                layout.parts(),
                part > 0 ? "  " + left(result.epoch() - firstEpoch + part, lastBatch) + " left" : "");
    }

    /** What is left of the whole training, if it goes on as it went so far. */
    private String left(double epochsDone, double now) {
        return duration((now - trainingBegan) / epochsDone * (lastEpoch - firstEpoch + 1 - epochsDone));
    }

    /** Images or tokens in a second of this epoch, without the evaluation that follows it. */
    private double speed() {
        return samples * layout.partsOfSample() / Math.max(1 / NANOS, lastBatch - epochBegan);
    }

    @Override
    public void onEpochEnd(EpochResult result) {
        wipe();
        double now = now();
        row(
                layout.progress(result.epoch(), lastEpoch),
                column -> column.cell(result),
                String.format(Locale.ROOT, "%.0f", speed()),
                String.format(Locale.ROOT, "%.1f", now - epochBegan),
                left(result.epoch() - firstEpoch + 1, now));
    }

    private void row(String first, Function<Column, String> cell, String speed, String seconds, String left) {
        List<String> cells = new ArrayList<>(List.of(right(first, firstWidth())));
        layout.columns().forEach(column -> cells.add(cell.apply(column)));
        cells.add(right(speed, layout.parts().length()));
        cells.add(right(seconds, "seconds".length()));
        cells.add(right(left, "time left".length()));
        out.println(String.join("   ", cells));
        out.flush();
    }

    private int firstWidth() {
        return Math.max(NARROWEST, layout.progress(lastEpoch, lastEpoch).length());
    }

    private void draw(String line) {
        out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
        out.flush();
        width = line.length();
    }

    /** Takes the bar away, so that something else can be printed. */
    void wipe() {
        if (width > 0) {
            draw("");
            out.print("\r");
            width = 0;
        }
    }

    /** {@code m:ss}, or {@code h:mm:ss}. */
    private static String duration(double exact) {
        long seconds = Math.round(exact);
        long minutes = seconds / SECONDS_PER_MINUTE;
        return seconds < SECONDS_PER_HOUR
                ? String.format(Locale.ROOT, "%d:%02d", minutes, seconds % SECONDS_PER_MINUTE)
                : String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        seconds / SECONDS_PER_HOUR,
                        minutes % SECONDS_PER_MINUTE,
                        seconds % SECONDS_PER_MINUTE);
    }
}
