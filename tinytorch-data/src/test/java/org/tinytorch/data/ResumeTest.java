package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Linear;
import org.tinytorch.optim.Adam;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Trainer;

/** A run that was interrupted goes on as if it had not been, with shuffled data, random transforms and workers. */
class ResumeTest {
    private static DataLoader data(long seed, int workers) {
        Dataset moons = Synthetic.moons(60, 0.1, new Generator(1))
                .transformed((point, random) -> Tensors.of(
                        point.get(0) + 0.1 * random.nextGaussian(), point.get(1) + 0.1 * random.nextGaussian()));
        return DataLoader.of(moons, 8).shuffled(new Generator(seed)).workers(workers);
    }

    private static Trainer trainer(Path checkpoint) {
        Linear model = new Linear(2, 2, new Generator(2));
        return Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.01))
                .checkpoint(checkpoint)
                .build();
    }

    @Test
    void aResumedRunGivesTheSameLossesWithAnyNumberOfWorkers(@TempDir Path folder) throws IOException {
        double[] whole = trainer(folder.resolve("whole")).fit(data(3, 0), 4).series("train_loss");

        Path file = folder.resolve("interrupted");
        trainer(file).fit(data(3, 2), 2);
        double[] resumed = trainer(file).resume(file).fit(data(99, 3), 4).series("train_loss");

        assertThat(resumed).containsExactly(whole);
    }
}
