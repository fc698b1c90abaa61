package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.tinytorch.data.DataLoader;
import org.tinytorch.data.Dataset;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;

class TimedBatchesTest {
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static TimedBatches fourBatches(Runnable whileMaking) {
        Dataset dataset = new Dataset() {
            @Override
            public int size() {
                return 4;
            }

            @Override
            public Batch batch(int... indices) {
                whileMaking.run();
                return new Batch(Tensors.zeros(indices.length, 2), Tensors.zeros(indices.length));
            }
        };
        return new TimedBatches(DataLoader.of(dataset, 1));
    }

    @Test
    void aReaderThatWaitsIsNotBusy() {
        TimedBatches batches = fourBatches(TimedBatchesTest::pause);
        batches.forEach(batch -> {});

        assertThat(batches.busy()).isBetween(0.0, 0.5);
        assertThat(batches.count()).isEqualTo(4);
    }

    @Test
    void aReaderThatWorksIsBusy() {
        TimedBatches batches = fourBatches(() -> {});
        batches.forEach(batch -> pause());

        assertThat(batches.busy()).isBetween(0.5, 1.0);
    }

    @Test
    void whoReadNothingDidNotWait() {
        assertThat(fourBatches(() -> {}).busy()).isEqualTo(1);
    }
}
