package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.loss.BceWithLogitsLoss;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Tanh;
import org.tinytorch.optim.Adam;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.optim.ReduceOnPlateau;
import org.tinytorch.optim.Sgd;
import org.tinytorch.optim.StepLr;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class TrainerFitTest {
    private final Linear model = Linear.of(Tensors.of(new double[][] {{2}}));
    private final Optimizer optimizer = new Sgd(model.parameters(), 0);
    private final Batches three = Batches.of(Tensors.of(new double[] {1, 1, 3}, 3, 1), Tensors.zeros(3, 1), 2);

    private TrainerBuilder builder() {
        return Trainer.builder(model, new MseLoss(), optimizer);
    }

    @Test
    void learnsXor() {
        Tensor x = Tensors.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
        Tensor y = Tensors.of(new double[][] {{0}, {1}, {1}, {0}});
        Generator generator = new Generator(1);
        Layer net = new Sequential(new Linear(2, 8, generator), new Tanh(), new Linear(8, 1, generator));
        Trainer trainer = Trainer.builder(net, new BceWithLogitsLoss(), new Adam(net.parameters(), 0.05))
                .metrics(new BinaryAccuracy())
                .validation(Batches.of(x, y, 4))
                .build();

        History history = trainer.fit(Batches.of(x, y, 2).shuffled(generator), 200);

        assertThat(history.last().get("val_accuracy")).isEqualTo(1);
        assertThat(history.last().get("train_loss")).isLessThan(0.1);
        assertThat(history.size()).isEqualTo(200);
    }

    @Test
    void theLossOfAnEpochIsTheAverageOverItsSamples() {
        History history = builder().build().fit(three, 1);
        assertThat(history.last().get("train_loss"))
                .as("(4 + 4 + 36) / 3; the average of the batches 4 and 36 would be 20")
                .isCloseTo(44.0 / 3, within(1e-12));
    }

    @Test
    void epochsDoneBeforeCount() {
        Trainer trainer = builder().build();
        trainer.fit(three, 2);
        assertThat(trainer.fit(three, 2).size()).as("both are done").isEqualTo(2);
        History longer = trainer.fit(three, 3);
        assertThat(longer.epochs()).extracting(EpochResult::epoch).containsExactly(1, 2, 3);
        assertThat(trainer.history()).isEqualTo(longer);
        assertThat(trainer.steps()).isEqualTo(6);
    }

    @Test
    void accumulatesOverBatchesAndStepsForTheRest() {
        List<BatchResult> steps = new ArrayList<>();
        Trainer trainer = builder().accumulate(2).listener(onBatch(steps)).build();

        trainer.fit(Samples.of(Tensors.ones(5, 1), Tensors.zeros(5, 1)), 1);

        assertThat(steps).extracting(BatchResult::samples).containsExactly(2, 2, 1);
        assertThat(steps).extracting(BatchResult::batch).containsExactly(2, 4, 5);
        assertThat(steps).extracting(BatchResult::step).containsExactly(1L, 2L, 3L);
        assertThat(steps).extracting(BatchResult::loss).containsOnly(4.0);
    }

    private static TrainingListener onBatch(List<BatchResult> seen) {
        return new TrainingListener() {
            @Override
            public void onBatchEnd(BatchResult result) {
                seen.add(result);
            }
        };
    }

    @Test
    void tellsItsListeners() {
        List<String> news = new ArrayList<>();
        builder()
                .listener(new TrainingListener() {
                    @Override
                    public void onTrainBegin(int firstEpoch, int lastEpoch) {
                        news.add("train " + firstEpoch + ".." + lastEpoch);
                    }

                    @Override
                    public void onEpochBegin(int epoch) {
                        news.add("epoch " + epoch);
                    }

                    @Override
                    public void onBatchEnd(BatchResult result) {
                        news.add("batch " + result.batch() + "/"
                                + result.batches().orElseThrow());
                    }

                    @Override
                    public void onEpochEnd(EpochResult result) {
                        news.add("result " + result.epoch());
                    }

                    @Override
                    public void onTrainEnd(History history) {
                        news.add("end " + history.size());
                    }
                })
                .build()
                .fit(three, 2);

        assertThat(news)
                .containsExactly(
                        "train 1..2",
                        "epoch 1",
                        "batch 1/2",
                        "batch 2/2",
                        "result 1",
                        "epoch 2",
                        "batch 1/2",
                        "batch 2/2",
                        "result 2",
                        "end 2");
    }

    @Test
    void batchesOfUnknownNumberAreKnownFromTheSecondEpochOn() {
        List<BatchResult> steps = new ArrayList<>();
        Iterable<Batch> unknown = () -> three.iterator();
        builder().listener(onBatch(steps)).build().fit(unknown, 2);
        assertThat(steps).extracting(step -> step.batches().orElse(-1)).containsExactly(-1, -1, 2, 2);

        steps.clear();
        List<Batch> list = new ArrayList<>();
        three.forEach(list::add);
        builder().listener(onBatch(steps)).build().fit(list, 1);
        assertThat(steps)
                .as("a collection knows its size")
                .extracting(step -> step.batches().orElse(-1))
                .containsOnly(2);
    }

    @Test
    void aScheduleIsSteppedAfterEachStepOrEpoch() {
        optimizer.learningRate(1e-3);
        History history = builder()
                .scheduleEachStep(new StepLr(optimizer, 1, 0.5))
                .build()
                .fit(three, 2);
        assertThat(history.series("learning_rate"))
                .as("of the last step: the 2nd and the 4th")
                .containsExactly(1e-3 / 2, 1e-3 / 8);

        optimizer.learningRate(1e-3);
        history = builder()
                .scheduleEachEpoch(new StepLr(optimizer, 1, 0.5))
                .build()
                .fit(three, 3);
        assertThat(history.series("learning_rate")).containsExactly(1e-3, 1e-3 / 2, 1e-3 / 4);
    }

    @Test
    void aScheduleCanFollowAValue() {
        History history = builder()
                .scheduleEachEpoch(new ReduceOnPlateau(optimizer).patience(0).factor(0.5), "train_loss")
                .build()
                .fit(three, 1);
        assertThat(history.last().get("learning_rate")).isZero();

        optimizer.learningRate(1e-300); // too small to change the loss
        history = builder()
                .scheduleEachEpoch(new ReduceOnPlateau(optimizer).patience(0).factor(0.5), "train_loss")
                .build()
                .fit(three, 2);
        assertThat(history.series("train_loss")).containsOnly(history.series("train_loss")[0]);
    }

    @Test
    void stopsEarlyWithTheBestWeights() {
        optimizer.learningRate(0.3); // too much: w = 2 − 0.3·…, swings and grows
        Tensor x = Tensors.of(new double[][] {{3}});
        Trainer trainer = builder()
                .validation(Batches.of(x, Tensors.zeros(1, 1), 1))
                .earlyStopping(EarlyStopping.lowest("val_loss", 3))
                .build();

        History history = trainer.fit(Batches.of(x, Tensors.zeros(1, 1), 1), 100);

        assertThat(history.size())
                .as("the first epoch was the best, then three were waited")
                .isEqualTo(4);
        double w = model.parameters().get(0).item();
        assertThat(9 * w * w)
                .as("the loss of the restored weight")
                .isCloseTo(history.epochs().get(0).get("val_loss"), withinPercentage(1e-10));
        assertThat(trainer.fit(three, 100).size()).as("it stays stopped").isEqualTo(4);
    }

    @Test
    void noDataIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().build().fit(List.of(), 1))
                .withMessageContaining("fit: there is no batch in the data");
        assertThat(builder().build().fit(three, 0).size())
                .as("no epochs wanted")
                .isZero();
    }

    @Test
    void dataThatCanBeReadOnceOnlyIsAnErrorInTheSecondEpoch() {
        List<Batch> list = new ArrayList<>();
        three.forEach(list::add);
        java.util.Iterator<Batch> once = list.iterator();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().build().fit(() -> once, 2))
                .withMessageContaining("gone through again for each epoch");
    }

    @Test
    void aBuilderChecksThatItAllFits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.builder(Linear.of(Tensors.zeros(1, 1)), new MseLoss(), optimizer)
                        .build())
                .withMessageContaining("none of the model's parameters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder()
                        .earlyStopping(EarlyStopping.lowest("val_loss", 1))
                        .build())
                .withMessageContaining("early stopping watches 'val_loss', which is not measured");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder()
                        .scheduleEachEpoch(new ReduceOnPlateau(optimizer), "loss")
                        .build())
                .withMessageContaining("the schedule watches 'loss'");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder().metrics(new Accuracy(), new BinaryAccuracy()).build())
                .withMessageContaining("two metrics are named 'accuracy'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().accumulate(0))
                .withMessageContaining("0 batches");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().clipNorm(0))
                .withMessageContaining("clipNorm 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().clipValue(Double.NaN))
                .withMessageContaining("clipValue NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().generator("a", new Generator(1)).generator("a", new Generator(2)))
                .withMessageContaining("'a'");
    }
}
