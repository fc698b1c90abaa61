package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class TrainerEvaluateTest {
    private final Dropout dropout = new Dropout(0.5, new Generator(1));
    private final Layer model = new Sequential(Linear.of(Tensors.of(new double[][] {{2}})), dropout);
    private final Trainer trainer = Trainer.builder(model, new MseLoss(), new Sgd(model.parameters(), 0.1))
            .build();
    private final Batches three = Batches.of(Tensors.of(new double[] {1, 1, 3}, 3, 1), Tensors.zeros(3, 1), 2);

    @Test
    void averagesOverSamplesWithoutDropout() {
        assertThat(trainer.evaluate(three).loss())
                .as("(4 + 4 + 36) / 3, though the batches have 4 and 36")
                .isCloseTo(44.0 / 3, within(1e-12));
    }

    @Test
    void metricsAreOverAllSamplesToo() {
        Layer classifier = Linear.of(Tensors.eye(2));
        Trainer metered = Trainer.builder(classifier, new CrossEntropyLoss(), new Sgd(classifier.parameters(), 0.1))
                .metrics(new Accuracy(), new TopKAccuracy(2))
                .build();
        Batches data = Batches.of(Tensors.of(new double[][] {{1, 0}, {1, 0}, {0, 1}}), Tensors.of(0, 0, 0), 2);

        Scores scores = metered.evaluate(data);

        assertThat(scores.get("accuracy")).isEqualTo(2.0 / 3);
        assertThat(scores.get("top2_accuracy")).isEqualTo(1);
        assertThat(metered.evaluate(data))
                .as("a second time: nothing is left from the first")
                .isEqualTo(scores);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scores.get("recall"))
                .withMessage("scores: there is no 'recall'; there are [loss, accuracy, top2_accuracy]");
    }

    @Test
    void everyLayerGoesBackToItsOwnMode() {
        model.train();
        dropout.eval();
        trainer.evaluate(three);
        assertThat(List.of(model.isTraining(), dropout.isTraining())).containsExactly(true, false);

        model.eval();
        dropout.train();
        trainer.fit(three, 1);
        assertThat(List.of(model.isTraining(), dropout.isTraining()))
                .as("after fit")
                .containsExactly(false, true);
    }

    @Test
    void aLayerThatTwoParentsShareGoesBackToItsModeToo() {
        Layer twice = new Sequential(new Sequential(dropout), new Sequential(dropout));
        Layer second = twice.child("1");
        twice.eval();
        second.train();
        dropout.eval();

        Modes.training(twice).close();

        assertThat(List.of(twice.isTraining(), second.isTraining(), dropout.isTraining()))
                .containsExactly(false, true, false);
    }

    @Test
    void theModeComesBackAfterAnErrorToo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.evaluate(Batches.of(Tensors.zeros(1, 5), Tensors.zeros(1, 1), 1)));
        assertThat(model.isTraining()).isTrue();
        assertThat(dropout.isTraining()).isTrue();
    }

    @Test
    void nothingIsRecordedAndNothingLearned() {
        List<Boolean> recorded = new ArrayList<>();
        model.onForward((path, layer, input, output) -> recorded.add(output.requiresGrad()));

        trainer.evaluate(three);
        trainer.predict(Tensors.zeros(1, 1));
        trainer.predict(three);

        assertThat(recorded).hasSize(5).containsOnly(false);
        assertThat(model.parameters().get(0).item()).isEqualTo(2);
        assertThat(model.parameters().get(0).grad()).isEmpty();
    }

    @Test
    void predictsOneTensorOrAllBatches() {
        assertThat(trainer.predict(Tensors.of(new double[][] {{4}})).item()).isEqualTo(8);
        Tensor all = trainer.predict(three);
        assertThat(all.shape()).isEqualTo(Shape.of(3, 1));
        assertThat(all.data()).containsExactly(2, 2, 6);
        assertThat(model.isTraining()).isTrue();
    }

    @Test
    void noDataIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.evaluate(List.of()))
                .withMessageContaining("evaluate: there is no batch");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.predict(List.of()))
                .withMessageContaining("predict: there is no batch");
    }

    @Test
    void aLossThatIsNotFiniteIsReportedNotThrown() {
        Scores scores = trainer.evaluate(Batches.of(Tensors.of(new double[][] {{Double.NaN}}), Tensors.zeros(1, 1), 1));
        assertThat(scores.loss()).isNaN();
    }
}
