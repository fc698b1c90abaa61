package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.loss.Reduction;
import org.tinytorch.nn.Linear;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class TrainerStepTest {
    /** y = 2x. */
    private final Linear model = Linear.of(Tensors.of(new double[][] {{2}}));

    private TrainerBuilder builder(double rate) {
        return Trainer.builder(model, new MseLoss(), new Sgd(model.parameters(), rate));
    }

    private double weight() {
        return model.parameters().get(0).item();
    }

    private static Batch batch(double x, double y) {
        return new Batch(Tensors.of(new double[][] {{x}}), Tensors.of(new double[][] {{y}}));
    }

    @Test
    void movesAgainstTheGradient() {
        double loss = builder(0.01).build().step(List.of(batch(3, 5)));

        assertThat(loss).as("(2·3 − 5)², before the step").isEqualTo(1);
        assertThat(weight()).as("2 − 0.01 · 2(6 − 5)·3").isEqualTo(1.94);
    }

    @Test
    void gradientsDoNotAddUpFromStepToStep() {
        Trainer trainer = builder(0.25).build();
        trainer.step(List.of(batch(1, 0)));
        trainer.step(List.of(batch(1, 0)));

        assertThat(weight()).as("2 → 1 → 0.5: each step halves").isEqualTo(0.5);
        assertThat(trainer.steps()).isEqualTo(2);
    }

    @Test
    void aGradientFromBeforeDoesNotCount() {
        model.parameters().get(0).grad(Tensors.of(new double[][] {{1000}}));
        builder(0.25).build().step(List.of(batch(1, 0)));
        assertThat(weight()).isEqualTo(1);
    }

    @Test
    void severalBatchesAreOneWithSharesBySize() {
        Batch three = new Batch(Tensors.of(new double[][] {{1}, {1}, {1}}), Tensors.zeros(3, 1));
        double loss = builder(0.1).build().step(List.of(three, batch(0, 4)));

        assertThat(loss).as("(4 + 4 + 4 + 16) / 4").isEqualTo(7);
        assertThat(weight()).as("the mean gradient is (4 + 4 + 4 + 0) / 4 = 3").isCloseTo(1.7, within(1e-15));
    }

    @Property(tries = 50)
    void accumulatingEqualsOneBigBatch(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 9) int n,
            @ForAll @IntRange(min = 1, max = 4) int size) {
        Generator generator = new Generator(seed);
        Tensor x = Tensors.randn(generator, n, 3);
        Tensor y = Tensors.randn(generator, n, 2);
        Linear whole = new Linear(3, 2, new Generator(seed));
        Linear parts = new Linear(3, 2, new Generator(seed));
        List<Batch> small = new java.util.ArrayList<>();
        Batches.of(x, y, size).forEach(small::add);

        double wholeLoss = Trainer.builder(whole, new MseLoss(), new Sgd(whole.parameters(), 0.1))
                .build()
                .step(List.of(new Batch(x, y)));
        double partsLoss = Trainer.builder(parts, new MseLoss(), new Sgd(parts.parameters(), 0.1))
                .build()
                .step(small);

        assertThat(partsLoss).isCloseTo(wholeLoss, within(1e-12));
        whole.stateDict().forEach((name, tensor) -> assertThat(
                        parts.stateDict().get(name).allClose(tensor, 1e-12, 1e-12))
                .as(name)
                .isTrue());
    }

    @Test
    void clipsTheNormBeforeTheStep() {
        builder(1).clipNorm(0.5).build().step(List.of(batch(1, 0)));
        assertThat(weight()).as("the gradient 4 became 0.5").isCloseTo(1.5, within(1e-6));
    }

    @Test
    void clipsValuesBeforeTheStep() {
        builder(1).clipValue(0.25).build().step(List.of(batch(1, 0)));
        assertThat(weight()).as("the gradient 4 became 0.25").isEqualTo(1.75);
    }

    @Test
    void theLossMustBeOneNumber() {
        Trainer trainer = Trainer.builder(model, new MseLoss(Reduction.NONE), new Sgd(model.parameters(), 1))
                .build();
        Batch two = new Batch(Tensors.zeros(2, 1), Tensors.zeros(2, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.step(List.of(two)))
                .withMessageContaining("the loss has shape (2, 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.step(List.of()))
                .withMessageContaining("no batch");
    }
}
