// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/ProgressListener.java. Read it, don't edit it.
package org.tinytorch.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Shows how training goes and how long it will take. On a terminal one line is drawn over and over, and each epoch leaves its results behind:
 *
 * <pre>
 * epoch  3/10 [########------------]  40/100 loss 0.4312 eta 0:42
 * epoch  3/10 train_loss 0.4188 val_loss 0.4470 val_accuracy 0.8452 time 0:08 eta 0:56
 * </pre>
 *
 * <p>In a log only the lines of the epochs appear, whole and without control characters. The caller says where to write and which of the two it is:
 *
 * <pre>{@code
 * builder.listener(ProgressListener.of(System.out, System.console() != null)); // from JDK 22 on also ask console.isTerminal()
 * }</pre>
 */
public final class ProgressListener implements TrainingListener {
    private static final int BAR = 20;
    private static final long NANOS = 1_000_000_000L;
    private static final long REDRAW = NANOS / 10;

    private final Appendable out;
    private final boolean terminal;
    private final LongSupplier clock;
    private int firstEpoch;
    private int lastEpoch;
    private long trainingBegan;
    private long epochBegan;
    private long drawn;
    private int width;

    private ProgressListener(Appendable out, boolean terminal, LongSupplier clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Shows progress.
     *
     * @param out a stream of text such as {@code System.out}
     * @param terminal whether a carriage return moves back to the beginning of the line there
     */
    public static ProgressListener of(Appendable out, boolean terminal) {
        return new ProgressListener(out, terminal, System::nanoTime);
    }

    /** A line that is drawn over and over. */
    public static ProgressListener terminal(Appendable out) {
        return of(out, true);
    }

    /** A line for each epoch. */
    public static ProgressListener log(Appendable out) {
        return of(out, false);
    }

    /** With another clock, in nanoseconds; for tests. */
    ProgressListener clock(LongSupplier nanos) {
        return new ProgressListener(out, terminal, nanos);
    }

    @Override
    public void onTrainBegin(int first, int last) {
        firstEpoch = first;
        lastEpoch = last;
        trainingBegan = clock.getAsLong();
        drawn = trainingBegan - REDRAW;
    }

    @Override
    public void onEpochBegin(int epoch) {
        epochBegan = clock.getAsLong();
    }

    @Override
    public void onBatchEnd(BatchResult result) {
        long now = clock.getAsLong();
        boolean last = result.batches().isPresent() && result.batches().getAsInt() == result.batch();
        if (!terminal || (now - drawn < REDRAW && !last)) {
            return;
        }
        drawn = now;
        String loss = String.format(Locale.ROOT, " loss %.4f", result.loss());
        if (result.batches().isEmpty()) {
            redraw(epoch(result.epoch()) + " batch " + result.batch() + loss);
            return;
        }
        int batches = result.batches().getAsInt();
        double part = Math.min(1, (double) result.batch() / batches);
        int filled = (int) (BAR * part);
        String count = " "
                        .repeat(Math.max(
                                0,
                                Integer.toString(batches).length()
                                        - Integer.toString(result.batch()).length()))
                + result.batch();
        redraw(epoch(result.epoch()) + " [" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " + count + "/"
                + batches + loss + eta(result.epoch() - firstEpoch + part, now));
    }

    @Override
    public void onEpochEnd(EpochResult result) {
        long now = clock.getAsLong();
        String values =
                result.values().entrySet().stream().map(ProgressListener::value).collect(Collectors.joining(" "));
        String line = epoch(result.epoch()) + " " + values + " time " + duration(now - epochBegan)
                + eta(result.epoch() - firstEpoch + 1.0, now);
        if (terminal) {
            redraw(line);
            width = 0;
        } else {
            write(line);
        }
        write("\n");
    }

    private String epoch(int epoch) {
        String last = Integer.toString(lastEpoch);
        return "epoch "
                + " ".repeat(Math.max(0, last.length() - Integer.toString(epoch).length())) + epoch + "/" + last;
    }

    private static String value(Map.Entry<String, Double> entry) {
        double value = entry.getValue();
        boolean tiny = value != 0 && Math.abs(value) < 1e-3;
        return entry.getKey() + String.format(Locale.ROOT, tiny ? " %.2e" : " %.4f", value);
    }

    /** What is left, if the epochs to come take as long as those done. */
    private String eta(double epochsDone, long now) {
        double epochsLeft = lastEpoch - firstEpoch + 1 - epochsDone;
        return epochsLeft <= 0 || epochsDone <= 0
                ? ""
                : " eta " + duration((long) ((now - trainingBegan) / epochsDone * epochsLeft));
    }

    /** {@code m:ss}, or {@code h:mm:ss}. */
    private static String duration(long nanos) {
        long seconds = Math.round((double) nanos / NANOS);
        long hours = seconds / 3600;
        return hours == 0
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", hours, seconds / 60 % 60, seconds % 60);
    }

    /** Draws over the line, and over what was left of a longer one. */
    private void redraw(String line) {
        write("\r" + line + " ".repeat(Math.max(0, width - line.length())));
        width = line.length();
    }

    private void write(String text) {
        try {
            out.append(text);
            if (out instanceof java.io.Flushable flushable) {
                flushable.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "progress: cannot write to " + out.getClass().getSimpleName(), e);
        }
    }
}
