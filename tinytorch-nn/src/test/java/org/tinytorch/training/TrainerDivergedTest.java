package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.loss.Loss;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class TrainerDivergedTest {
    /** √x: NaN below 0, and of infinite slope at 0. */
    private static final class Root extends Layer {
        @Override
        protected Tensor compute(Tensor x) {
            return x.sqrt();
        }
    }

    private final Layer model = Sequential.builder()
            .add("first", Linear.of(Tensors.of(new double[][] {{1}})))
            .add(
                    "body",
                    Sequential.builder()
                            .add("root", new Root())
                            .add("last", Linear.of(Tensors.of(new double[][] {{3}})))
                            .build())
            .build();

    private static Batch batch(double x) {
        return new Batch(Tensors.of(new double[][] {{x}}), Tensors.zeros(1, 1));
    }

    private Trainer trainer(Loss loss) {
        return Trainer.builder(model, loss, new Sgd(model.parameters(), 1e-6).momentum(0.9))
                .build();
    }

    private static DivergedException diverges(Trainer trainer, Batch... data) {
        return catchThrowableOfType(DivergedException.class, () -> trainer.fit(List.of(data), 5));
    }

    @Test
    void namesEpochStepAndTheFirstLayerWhoseOutputIsNotFinite() {
        Trainer trainer = trainer(new MseLoss());
        trainer.fit(List.of(batch(4)), 2);

        DivergedException stop = diverges(trainer, batch(4), batch(-1), batch(4));

        assertThat(stop).as("stopped").isNotNull();
        assertThat(stop.epoch()).isEqualTo(3);
        assertThat(stop.step()).as("two epochs of one step, then a good one").isEqualTo(4);
        assertThat(stop.layer())
                .as("not 'body', which contains it, nor 'body.last', which only passes it on")
                .contains("body.root");
        assertThat(stop)
                .hasMessageContainingAll(
                        "epoch 3, step 4", "the loss is NaN", "layer 'body.root' (Root)", "lower the learning rate");
    }

    @Test
    void theParametersAreThoseFromBeforeTheStep() {
        Trainer trainer = trainer(new MseLoss());
        trainer.fit(List.of(batch(4)), 1);
        String before = weights();

        diverges(trainer, batch(-1));

        assertThat(weights()).isEqualTo(before);
        assertThat(trainer.steps()).isEqualTo(1);
        assertThat(model.parameters())
                .as("half-made gradients are gone")
                .allMatch(parameter -> parameter.grad().isEmpty());
    }

    private String weights() {
        StringBuilder text = new StringBuilder();
        model.stateDict()
                .forEach((name, tensor) ->
                        text.append(name).append('=').append(tensor.item()).append(' '));
        return text.toString();
    }

    @Test
    void alsoWhenAnEarlierBatchOfTheSameStepWasFine() {
        String before = weights();
        Trainer accumulating = Trainer.builder(model, new MseLoss(), new Sgd(model.parameters(), 0.1))
                .accumulate(2)
                .build();

        DivergedException stop = diverges(accumulating, batch(4), batch(-1));

        assertThat(stop.step()).isEqualTo(1);
        assertThat(weights()).isEqualTo(before);
        assertThat(model.parameters()).allMatch(parameter -> parameter.grad().isEmpty());
    }

    @Test
    void anInputThatIsNotFiniteIsTheDatasFault() {
        DivergedException stop = diverges(trainer(new MseLoss()), batch(Double.POSITIVE_INFINITY));
        assertThat(stop).hasMessageContaining("the batch's input is not finite itself");
        assertThat(stop.layer()).isEmpty();
    }

    @Test
    void aTargetThatIsNotFiniteIsNoLayersFault() {
        DivergedException stop = diverges(
                trainer(new MseLoss()), new Batch(Tensors.ones(1, 1), Tensors.of(new double[][] {{Double.NaN}})));
        assertThat(stop).hasMessageContaining("it is the loss function or the target");
        assertThat(stop.layer()).isEmpty();
    }

    @Test
    void aGradientThatIsNotFiniteStopsTooAndTheParameterIsNamed() {
        String before = weights();
        Loss sum = new Loss() {
            @Override
            public Tensor forward(Tensor prediction, Tensor target) {
                return prediction.sum();
            }

            @Override
            public Tensor gradient(Tensor prediction, Tensor target) {
                return Tensors.ones(prediction.shape());
            }
        };

        DivergedException stop = diverges(trainer(sum), batch(0));

        assertThat(stop)
                .as("the slope of the root at 0 is infinite")
                .hasMessageContaining("the gradient of parameter 'first.weight' is not");
        assertThat(weights()).isEqualTo(before);
    }

    @Test
    void aModelOfOneLayerIsCalledTheModelItself() {
        Layer single = Linear.of(Tensors.of(new double[][] {{Double.MAX_VALUE}}));
        Trainer trainer = Trainer.builder(single, new MseLoss(), new Sgd(single.parameters(), 0.1))
                .build();
        DivergedException stop = diverges(trainer, batch(10));
        assertThat(stop).hasMessageContaining("the model itself (Linear)");
        assertThat(stop.layer()).contains("");
    }

    @Test
    void dropoutDropsTheSameWhenTheBatchIsRunAgain() {
        for (int seed = 0; seed < 20; seed++) {
            Layer risky = Sequential.builder()
                    .add("drop", new Dropout(0.5, new Generator(seed)))
                    .add("huge", Linear.of(Tensors.of(new double[][] {{Double.MAX_VALUE}})))
                    .build();
            Trainer trainer = Trainer.builder(risky, new MseLoss(), new Sgd(risky.parameters(), 0))
                    .build();

            DivergedException stop = diverges(trainer, batch(10));

            assertThat(stop).as("seed %d", seed).isNotNull();
            assertThat(stop.layer())
                    .as("seed %d: the run that is looked at is the one that went wrong", seed)
                    .contains("huge");
        }
    }
}
