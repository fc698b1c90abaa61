package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.BatchNorm1d;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.BatchResult;

class LotteryTicketTest {
    private final Sequential model =
            new Sequential(Linear.of(Tensors.of(new double[][] {{1, 2}, {3, 4}})), new BatchNorm1d(2));

    private double[] weight() {
        return model.stateDict().get("0.weight").data();
    }

    /** Training in one number: every parameter and buffer becomes this. */
    private void becomes(double value) {
        model.stateDict().values().forEach(tensor -> tensor.fill(value));
    }

    private static BatchResult step(long number) {
        return new BatchResult(1, (int) number, OptionalInt.empty(), number, 1, 0);
    }

    private static PruningMasks dropping(double... mask) {
        return new PruningMasks(Map.of("0.weight", Tensors.of(mask, 2, 2)));
    }

    @Test
    void survivorsGoBackToTheStartAndTheOthersBecomeZero() {
        LotteryTicket ticket = LotteryTicket.of(model);
        becomes(9);

        ticket.rewind(model, dropping(1, 0, 0, 1));

        assertThat(weight()).containsExactly(1, 0, 0, 4);
        assertThat(model.stateDict().get("1.running_mean").data())
                .as("running averages go back too")
                .containsOnly(0);
    }

    @Test
    void aTicketCanBeRewoundAgain() {
        LotteryTicket ticket = LotteryTicket.of(model);

        ticket.rewind(model, dropping(1, 0, 1, 1));
        becomes(9);
        ticket.rewind(model, dropping(1, 0, 0, 1));

        assertThat(weight()).as("what it remembers is a copy").containsExactly(1, 0, 0, 4);
    }

    @Test
    void survivorsGoBackToALaterStep() {
        LotteryTicket ticket = LotteryTicket.after(model, 2);
        for (int number = 1; number <= 4; number++) {
            becomes(10 * number);
            ticket.onBatchEnd(step(number));
        }

        ticket.rewind(model, dropping(1, 1, 0, 1));

        assertThat(weight()).containsExactly(20, 20, 0, 20);
    }

    @Test
    void theFirstTrainingCounts() {
        LotteryTicket ticket = LotteryTicket.after(model, 1);
        becomes(5);
        ticket.onBatchEnd(step(1));
        becomes(6);
        ticket.onBatchEnd(step(1));

        ticket.rewind(model, dropping(1, 1, 1, 1));

        assertThat(weight()).containsOnly(5);
    }

    @Test
    void beforeThatStepThereIsNothingToGoBackTo() {
        LotteryTicket ticket = LotteryTicket.after(model, 500);
        ticket.onBatchEnd(step(499));

        assertThatThrownBy(() -> ticket.rewind(model, dropping(1, 1, 1, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("lottery ticket: the weights after 500 steps were not seen;"
                        + " give the ticket to the trainer as a listener, and train so many steps");
    }

    @Test
    void masksThatDoNotFitChangeNothing() {
        LotteryTicket ticket = LotteryTicket.of(model);
        becomes(9);

        assertThatThrownBy(() -> ticket.rewind(model, new PruningMasks(Map.of("2.weight", Tensors.ones(2, 2)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'2.weight'");
        assertThat(weight()).containsOnly(9);
    }

    @Test
    void eachRoundTakesAShareOfWhatIsLeft() {
        assertThat(LotteryTicket.sparsityAfter(0, 0.2)).isZero();
        assertThat(LotteryTicket.sparsityAfter(3, 0.2)).isCloseTo(1 - 0.8 * 0.8 * 0.8, within(1e-12));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> LotteryTicket.after(model, 0))
                .hasMessage("lottery ticket: after 0 steps is not possible; use at least 1, or of(model) for now");
        assertThatThrownBy(() -> LotteryTicket.sparsityAfter(-1, 0.2))
                .hasMessage("lottery ticket: -1 rounds are not possible; use 0 or more");
        assertThatThrownBy(() -> LotteryTicket.sparsityAfter(1, 1)).hasMessageContaining("a sparsity of 1.0");
    }
}
