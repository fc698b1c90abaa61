package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.tinytorch.training.BatchResult;
import org.tinytorch.training.EpochResult;

class TrainingTableTest {
    private static final long SECOND = 1_000_000_000L;

    private final StringWriter text = new StringWriter();
    private final AtomicLong clock = new AtomicLong();

    /** Two of three epochs are to come: the first took 8 s for 2 times 1000 images, and 2 s to be evaluated. */
    private String epoch(boolean terminal) {
        return epoch(terminal, TrainingTable.Layout.IMAGES);
    }

    private String epoch(boolean terminal, TrainingTable.Layout layout) {
        TrainingTable table =
                TrainingTable.of(new PrintWriter(text, true), terminal, layout).clock(clock::get);
        table.onTrainBegin(1, 3);
        table.onEpochBegin(1);
        for (int batch = 1; batch <= 2; batch++) {
            clock.addAndGet(4 * SECOND);
            table.onBatchEnd(new BatchResult(1, batch, OptionalInt.of(2), batch, 1000, 1.5));
        }
        clock.addAndGet(2 * SECOND);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("train_loss", 1.5);
        values.put("learning_rate", 0.05);
        values.put("val_loss", 1.25);
        values.put("val_accuracy", 0.5);
        values.put("val_token_loss", 1.75);
        table.onEpochEnd(new EpochResult(1, values));
        return text.toString();
    }

    @Test
    void aRowForEachEpoch() {
        assertThat(epoch(false).lines())
                .containsExactly(
                        "  epoch   train loss   test loss   test accuracy   learning rate   images/s   seconds   time left",
                        "    1/3       1.5000      1.2500          0.5000        5.00e-02        250      10.0        0:20");
    }

    @Test
    void ofTextARowCountsStepsAndTheSpeedTokens() {
        assertThat(epoch(false, TrainingTable.Layout.ofText(1000, 64)).lines())
                .containsExactly(
                        "     step   train loss   validation loss   learning rate   tokens/s   seconds   time left",
                        "1000/3000       1.5000            1.7500        5.00e-02      16000      10.0        0:20");
    }

    @Test
    void onATerminalABarWithSpeedAndTimeLeft() {
        String shown = epoch(true);

        assertThat(shown)
                .contains("\r    1/3 [##########----------]  50 %  loss 1.5000  250 images/s  0:20 left")
                .contains("\r    1/3 [####################] 100 %  loss 1.5000  250 images/s  0:16 left");
        assertThat(shown.substring(shown.lastIndexOf('\r') + 1))
                .as("the row takes the place of the bar")
                .startsWith("    1/3       1.5000");
    }
}
