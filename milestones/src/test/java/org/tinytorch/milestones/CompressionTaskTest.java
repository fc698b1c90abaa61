package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.UciDigits;
import org.tinytorch.nn.Parameter;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.training.BatchResult;
import org.tinytorch.training.TrainingListener;

/** What each way does to a network. */
class CompressionTaskTest {
    private static final TrainingListener NOBODY = new TrainingListener() {};
    private static final FineTuning SHORT = new FineTuning(1, 1e-3);

    private Sequential trained;
    private CompressionTask task;

    @BeforeEach
    void prepare() throws IOException {
        DataSplit digits = UciDigits.load().split(0.2, new Generator(1));
        trained =
                DigitModel.CNN.build(digits.train().imageShape(), digits.train().classes(), new Generator(1));
        task = new CompressionTask(
                trained,
                () -> DigitModel.CNN.build(
                        digits.train().imageShape(), digits.train().classes(), new Generator(2)),
                () -> Students.ofDigits(
                        digits.train().imageShape(), digits.train().classes(), new Generator(3)),
                ImageTask.of(digits, 1),
                new CompressionSizes(
                        1, SHORT, 0.9, 5, SHORT, 0.5, SHORT, 4, 0.9, CompressionSizes.CLASSROOM.targets()));
    }

    @Test
    void ofThePrunedNetworkATenthOfTheWeightsIsLeft() {
        CompressedNetwork pruned = task.with(Compression.PRUNED, NOBODY);

        long biases = trained.namedParameters().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("bias"))
                .mapToLong(entry -> entry.getValue().size())
                .sum();
        long weights = trained.parameterCount() - biases;
        assertThat(pruned.weights() - biases).isEqualTo(Math.round(0.1 * weights));
    }

    @Test
    void halfOfTheChannelsAreGone() {
        CompressedNetwork fewer = task.with(Compression.CHANNELS, NOBODY);

        Conv2d first = (Conv2d) fewer.network().child("0");
        assertThat(first.weight().dim(0)).isEqualTo(8);
        assertThat(fewer.weights()).isLessThan(trained.parameterCount() / 2);
        assertThat(fewer.bytes()).isEqualTo(4 * fewer.network().parameterCount());
    }

    @Test
    void theTrainedNetworkStaysAsItIs() {
        Map<String, Parameter> before = trained.namedParameters();
        double[] weight = before.get("0.weight").data().clone();

        for (Compression how : Compression.values()) {
            task.with(how, NOBODY);
        }

        assertThat(trained.namedParameters().get("0.weight").data()).isEqualTo(weight);
        assertThat(task.with(Compression.TRAINED, NOBODY).weights()).isEqualTo(trained.parameterCount());
    }

    @Test
    void bothStudentsBeginAlikeAndSeeTheSameNumberOfBatches() {
        int[] batches = new int[2];
        double[] firstLoss = new double[2];
        for (int i = 0; i < 2; i++) {
            int student = i;
            task.with(i == 0 ? Compression.ALONE : Compression.DISTILLED, new TrainingListener() {
                @Override
                public void onBatchEnd(BatchResult result) {
                    if (batches[student]++ == 0) {
                        firstLoss[student] = result.loss();
                    }
                }
            });
        }

        assertThat(batches[0]).isPositive().isEqualTo(batches[1]);
        assertThat(firstLoss[1]).as("another loss").isNotEqualTo(firstLoss[0]);
        assertThat(task.student().get().namedParameters().get("0.weight").data())
                .isEqualTo(
                        task.student().get().namedParameters().get("0.weight").data());
    }

    @Test
    void theOriginTellsNetworksOfOtherWeightsAndWaysApart() {
        Set<String> origins = new HashSet<>();
        for (Compression how : Compression.values()) {
            assertThat(task.origin(how)).isEqualTo(task.origin(how));
            origins.add(task.origin(how));
        }
        assertThat(origins).hasSize(Compression.values().length);

        trained.namedParameters().get("0.weight").mutableData()[0] += 1;
        for (Compression how : Compression.values()) {
            assertThat(origins).as("%s of another network", how).doesNotContain(task.origin(how));
        }
    }

    @Test
    void whatAnotherRunHasLeftIsNotTaken(@TempDir Path folder) throws IOException {
        CompressedNetwork network = task.with(Compression.CHANNELS, NOBODY);
        network.save(folder, "here");

        assertThat(CompressedNetwork.saved(folder, Compression.CHANNELS, "elsewhere"))
                .isEmpty();
        assertThat(CompressedNetwork.saved(folder, Compression.PRUNED, "here")).isEmpty();
        CompressedNetwork again = task.with(
                Compression.CHANNELS,
                CompressedNetwork.saved(folder, Compression.CHANNELS, "here").orElseThrow());
        assertThat(again.accuracy()).isEqualTo(network.accuracy());
        assertThat(again.weights()).isEqualTo(network.weights());
    }
}
