package org.tinytorch.milestones;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.tinytorch.training.BatchResult;
import org.tinytorch.training.EpochResult;
import org.tinytorch.training.TrainingListener;

/**
 * Shows a long training as a table with a row for each epoch. On a terminal, below it, a bar with the speed and the time left, drawn over and over; elsewhere rows
 * only.
 */
final class TrainingTable implements TrainingListener {
    private static final int BAR = 20;
    private static final double NANOS = 1e9;
    private static final double REDRAW_SECONDS = 0.1;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier clock;
    private int firstEpoch;
    private int lastEpoch;
    private double trainingBegan;
    private double epochBegan;
    private double lastBatch;
    private double drawn;
    private long images;
    private int width;

    private TrainingTable(PrintWriter out, boolean terminal, LongSupplier clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * A table.
     *
     * @param terminal whether a carriage return moves back to the beginning of the line there
     */
    static TrainingTable of(PrintWriter out, boolean terminal) {
        return new TrainingTable(out, terminal, System::nanoTime);
    }

    /** With another clock, in nanoseconds; for tests. */
    TrainingTable clock(LongSupplier nanos) {
        return new TrainingTable(out, terminal, nanos);
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
        out.println("  epoch   train loss   test loss   test accuracy   learning rate   images/s   seconds");
        out.flush();
    }

    @Override
    public void onEpochBegin(int epoch) {
        epochBegan = now();
        lastBatch = epochBegan;
        images = 0;
    }

    @Override
    public void onBatchEnd(BatchResult result) {
        lastBatch = now();
        images += result.samples();
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
                "%7s [%s%s] %3.0f %%  loss %.4f  %,.0f images/s%s",
                result.epoch() + "/" + lastEpoch,
                "#".repeat(filled),
                "-".repeat(BAR - filled),
                100 * part,
                result.loss(),
                speed(),
                left(result.epoch() - firstEpoch + part));
    }

    /** What is left of the whole training, if it goes on as it went so far. */
    private String left(double epochsDone) {
        return epochsDone <= 0
                ? ""
                : "  " + duration((lastBatch - trainingBegan) / epochsDone * (lastEpoch - firstEpoch + 1 - epochsDone))
                        + " left";
    }

    /** Images in a second of this epoch, without the evaluation that follows it. */
    private double speed() {
        return images / Math.max(1 / NANOS, lastBatch - epochBegan);
    }

    @Override
    public void onEpochEnd(EpochResult result) {
        wipe();
        out.println(String.format(
                Locale.ROOT,
                "%7s   %10.4f   %9.4f   %13.4f   %13.2e   %8.0f   %7.1f",
                result.epoch() + "/" + lastEpoch,
                result.get("train_loss"),
                result.get("val_loss"),
                result.get("val_accuracy"),
                result.get("learning_rate"),
                speed(),
                now() - epochBegan));
        out.flush();
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
