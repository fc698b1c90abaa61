package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Tanh;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.BatchResult;
import org.tinytorch.training.Batches;
import org.tinytorch.training.History;
import org.tinytorch.training.Trainer;
import org.tinytorch.training.TrainingListener;

class PruningScheduleTest {
    private static final int SAMPLES = 8;

    private final Generator generator = new Generator(5);
    private final Sequential model =
            new Sequential(new Linear(4, 10, generator), new Tanh(), new Linear(10, 2, generator));
    private final Tensor x = Tensors.randn(generator, SAMPLES, 4);
    private final Tensor y = Tensors.randn(generator, SAMPLES, 2);

    /** Four steps an epoch, with everything that moves a weight; gives the share of zeros after each step. */
    private List<Double> train(int epochs, PruningSchedule schedule) {
        List<Double> zeros = new ArrayList<>();
        TrainingListener watcher = new TrainingListener() {
            @Override
            public void onBatchEnd(BatchResult result) {
                zeros.add(shareOfZeros());
            }
        };
        Sgd optimizer = new Sgd(model.parameters(), 0.1).momentum(0.9).weightDecay(0.01);
        Trainer.builder(model, new MseLoss(), optimizer)
                .listener(schedule)
                .listener(watcher)
                .build()
                .fit(Batches.of(x, y, SAMPLES / 4), epochs);
        return zeros;
    }

    private double shareOfZeros() {
        return MagnitudePruner.perLayer().pruned(model).sparsity();
    }

    @Test
    void keptMasksHoldThroughTraining() {
        PruningMasks masks = MagnitudePruner.perLayer().masks(model, 0.5);
        Tensor before = model.stateDict().get("0.weight").copy();

        assertThat(train(3, PruningSchedule.keep(model, masks)))
                .as("after each step")
                .containsOnly(0.5);

        Tensor weight = model.stateDict().get("0.weight");
        Tensor mask = masks.masks().get("0.weight");
        for (int i = 0; i < weight.size(); i++) {
            if (mask.data()[i] == 0) {
                assertThat(weight.data()[i]).as("pruned weight " + i).isZero();
            } else {
                assertThat(weight.data()[i]).as("weight " + i + " learns").isNotEqualTo(before.data()[i]);
            }
        }
    }

    @Test
    void theSparsityGrowsAsPlanned() {
        CubicSparsity plan = new CubicSparsity(0, 0.8, 2, 10);
        PruningSchedule schedule = PruningSchedule.gradual(model, MagnitudePruner.global(), plan, 3);
        List<Double> seen = train(3, schedule);

        int weights = 4 * 10 + 10 * 2;
        List<Double> expected = new ArrayList<>();
        for (int step : new int[] {0, 2, 2, 2, 5, 5, 5, 8, 8, 10, 10, 10}) { // the last step at which it was pruned
            expected.add(step == 0 ? 0 : (double) Sparsity.dropped(plan.at(step), weights) / weights);
        }
        assertThat(seen).as("after each step").containsExactlyElementsOf(expected);
        assertThat(schedule.masks().sparsity()).isEqualTo(expected.get(expected.size() - 1));
    }

    @Test
    void whatWasPrunedBeforeStaysPrunedWhenTrainingGoesOn() {
        MagnitudePruner.perLayer().masks(model, 0.5).apply(model);
        CubicSparsity later = new CubicSparsity(0.5, 0.8, 100, 200);

        assertThat(train(2, PruningSchedule.gradual(model, MagnitudePruner.perLayer(), later, 10)))
                .as("after each step")
                .containsOnly(0.5);
    }

    @Test
    void whatACheckpointBringsBackStaysPruned() {
        CubicSparsity later = new CubicSparsity(0.5, 0.8, 100, 200);
        PruningSchedule schedule = PruningSchedule.gradual(model, MagnitudePruner.perLayer(), later, 10);
        MagnitudePruner.perLayer().masks(model, 0.5).apply(model); // as a checkpoint does, which is loaded last

        assertThat(train(2, schedule)).as("after each step").containsOnly(0.5);
    }

    @Test
    void aLayerThatWasEmptiedStaysEmptyWhenTrainingGoesOn() {
        model.stateDict().get("0.weight").fill(0.01); // smaller than all others, of which there are 20
        model.stateDict().get("2.weight").fill(1);
        CubicSparsity plan = new CubicSparsity(0, 40.0 / 60, 1, 2);
        PruningSchedule schedule = PruningSchedule.gradual(model, MagnitudePruner.global(), plan, 1);
        schedule.onTrainBegin(1, 1);
        schedule.onBatchEnd(step(2));
        assertThat(schedule.masks().sparsity("0.weight")).as("emptied").isEqualTo(1);

        schedule.onTrainBegin(2, 2);

        assertThat(schedule.masks().sparsity("0.weight")).as("goes on").isEqualTo(1);
        assertThat(schedule.masks().sparsity("2.weight")).as("lost nothing").isZero();

        model.stateDict().get("0.weight").fill(1);
        schedule.onTrainBegin(3, 3);

        assertThat(schedule.masks().sparsity("0.weight"))
                .as("brought back by a checkpoint")
                .isZero();
    }

    private static BatchResult step(long number) {
        return new BatchResult(1, (int) number, OptionalInt.empty(), number, 1, 0);
    }

    @Test
    void theMasksHoldAlsoForWeightsThatEarlyStoppingBringsBack() {
        PruningSchedule schedule =
                PruningSchedule.keep(model, MagnitudePruner.perLayer().masks(model, 0.5));
        model.parameters().forEach(parameter -> parameter.fill(1));

        schedule.onTrainEnd(new History());

        assertThat(shareOfZeros()).isEqualTo(0.5);
    }

    @Test
    void onceInNoStepIsRefused() {
        CubicSparsity plan = new CubicSparsity(0, 0.8, 2, 10);

        assertThatThrownBy(() -> PruningSchedule.gradual(model, MagnitudePruner.global(), plan, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: once in 0 steps is not possible; use at least 1 step");
    }
}
