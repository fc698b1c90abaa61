package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProgressListenerTest {
    private static final long SECOND = 1_000_000_000L;

    private final StringBuilder out = new StringBuilder();
    private long now;

    private ProgressListener listener(boolean terminal) {
        return ProgressListener.of(out, terminal).clock(() -> now);
    }

    private static BatchResult batch(int epoch, int batch, OptionalInt batches) {
        return new BatchResult(epoch, batch, batches, batch, 8, 0.25);
    }

    private static EpochResult result(int epoch) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("train_loss", 0.5);
        values.put("learning_rate", 1e-4);
        return new EpochResult(epoch, values);
    }

    private static void epoch(ProgressListener listener, int epoch, Runnable secondPasses) {
        listener.onEpochBegin(epoch);
        for (int batch = 1; batch <= 4; batch++) {
            secondPasses.run();
            listener.onBatchEnd(batch(epoch, batch, OptionalInt.of(4)));
        }
        listener.onEpochEnd(result(epoch));
    }

    @Test
    void inALogEveryEpochIsAPlainLine() {
        ProgressListener listener = listener(false);
        listener.onTrainBegin(1, 2);
        epoch(listener, 1, () -> now += 30 * SECOND);
        epoch(listener, 2, () -> now += 30 * SECOND);
        listener.onTrainEnd(new History());

        assertThat(out.toString()).isEqualTo("""
                        epoch 1/2 train_loss 0.5000 learning_rate 1.00e-04 time 2:00 eta 2:00
                        epoch 2/2 train_loss 0.5000 learning_rate 1.00e-04 time 2:00
                        """);
    }

    @Test
    void onATerminalTheLineIsDrawnOverAndOver() {
        ProgressListener listener = listener(true);
        listener.onTrainBegin(1, 10);
        epoch(listener, 1, () -> now += SECOND);

        String[] drawn = out.toString().split("\r");
        assertThat(drawn).hasSize(6);
        assertThat(drawn[1]).isEqualTo("epoch  1/10 [#####---------------] 1/4 loss 0.2500 eta 0:39");
        assertThat(drawn[4]).isEqualTo("epoch  1/10 [####################] 4/4 loss 0.2500 eta 0:36");
        assertThat(drawn[5]).isEqualTo("epoch  1/10 train_loss 0.5000 learning_rate 1.00e-04 time 0:04 eta 0:36\n");
    }

    @Test
    void aShorterLineWipesOutALongerOne() {
        ProgressListener listener = listener(true);
        listener.onTrainBegin(1, 1);
        listener.onEpochBegin(1);
        listener.onBatchEnd(batch(1, 1, OptionalInt.of(1000)));
        now += SECOND;
        listener.onBatchEnd(batch(1, 2, OptionalInt.empty()));

        String[] drawn = out.toString().split("\r");
        assertThat(drawn[2]).startsWith("epoch 1/1 batch 2 loss 0.2500 ").hasSameSizeAs(drawn[1]);
    }

    @Test
    void itDrawsTenTimesASecondAtMostButNeverMissesTheLastBatch() {
        ProgressListener listener = listener(true);
        listener.onTrainBegin(1, 1);
        listener.onEpochBegin(1);
        for (int batch = 1; batch <= 1000; batch++) {
            now += SECOND / 1000;
            listener.onBatchEnd(batch(1, batch, OptionalInt.of(1000)));
        }

        assertThat(out.chars().filter(c -> c == '\r').count()).as("one second").isBetween(9L, 12L);
        assertThat(out).contains("1000/1000");
    }

    @Test
    void aResumedRunReckonsWithItsOwnEpochsOnly() {
        ProgressListener listener = listener(false);
        listener.onTrainBegin(9, 10);
        epoch(listener, 9, () -> now += 900 * SECOND);

        assertThat(out).contains("epoch  9/10", "time 1:00:00 eta 1:00:00");
    }

    @Test
    void batchesThatDoNotEndAreCounted() {
        ProgressListener listener = listener(true);
        listener.onTrainBegin(1, 2);
        listener.onEpochBegin(1);
        listener.onBatchEnd(batch(1, 7, OptionalInt.empty()));
        assertThat(out.toString()).isEqualTo("\repoch 1/2 batch 7 loss 0.2500");
    }

    @Test
    void aStreamThatFailsIsReported() {
        Writer broken = new Writer() {
            @Override
            public void write(char[] buffer, int offset, int length) throws IOException {
                throw new IOException("closed");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        ProgressListener listener = ProgressListener.log(broken);
        listener.onTrainBegin(1, 1);
        assertThatThrownBy(() -> listener.onEpochEnd(result(1))).isInstanceOf(UncheckedIOException.class);
    }
}
