package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Linear;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class EarlyStoppingTest {
    private final Linear model = Linear.of(Tensors.zeros(1, 1));

    /** Feeds values in; after epoch n the model's weight is n. Returns the epoch after which it stopped, 0 if it did not. */
    private int stopsAfter(EarlyStopping stopping, double... values) {
        for (int epoch = 1; epoch <= values.length; epoch++) {
            model.parameters().get(0).fill(epoch);
            if (stopping.observe(epoch, values[epoch - 1], model)) {
                return epoch;
            }
        }
        return 0;
    }

    private double weight() {
        return model.parameters().get(0).item();
    }

    @Test
    void stopsWhenNothingGetsBetterForAsLongAsItsPatience() {
        assertThat(stopsAfter(EarlyStopping.lowest("val_loss", 2), 5, 4, 4.5, 4.1, 3))
                .as("4.5 and 4.1 are no better than 4")
                .isEqualTo(4);
        assertThat(stopsAfter(EarlyStopping.lowest("val_loss", 1), 5, 4, 4))
                .as("equal is not better")
                .isEqualTo(3);
    }

    @Test
    void aBetterValueStartsThePatienceAnew() {
        assertThat(stopsAfter(EarlyStopping.lowest("val_loss", 2), 5, 6, 4, 6, 3, 6, 2))
                .isZero();
    }

    @Test
    void bringsTheBestWeightsBack() {
        EarlyStopping stopping = EarlyStopping.lowest("val_loss", 2);
        stopsAfter(stopping, 5, 4, 4.5, 4.1);
        assertThat(weight()).as("after the last epoch").isEqualTo(4);

        stopping.restoreBest(model);

        assertThat(weight()).as("after the best epoch").isEqualTo(2);
        assertThat(stopping.bestEpoch()).isEqualTo(2);
        assertThat(stopping.best()).isEqualTo(4);
    }

    @Test
    void highestWaitsForHigherValues() {
        EarlyStopping stopping = EarlyStopping.highest("val_accuracy", 2);
        assertThat(stopsAfter(stopping, 0.5, 0.7, 0.6, 0.7)).isEqualTo(4);
        assertThat(stopping.best()).isEqualTo(0.7);
    }

    @Test
    void negativeValuesAreValuesToo() {
        assertThat(stopsAfter(EarlyStopping.highest("score", 2), -5, -4, -3, -2))
                .as("rising from below 0")
                .isZero();
        assertThat(stopsAfter(EarlyStopping.lowest("score", 2), -5, -6, -7)).isZero();
    }

    @Test
    void smallGainsDoNotCountWithAMinDelta() {
        assertThat(stopsAfter(EarlyStopping.lowest("val_loss", 2).minDelta(0.5), 5, 4.75, 4.5, 4))
                .as("4.75 and 4.5 gain 0.5 at most")
                .isEqualTo(3);
        assertThat(stopsAfter(EarlyStopping.lowest("val_loss", 2).minDelta(0.5), 5, 4.75, 4.25))
                .isZero();
    }

    @Test
    void nanIsNeverBetter() {
        EarlyStopping stopping = EarlyStopping.lowest("val_loss", 3);
        assertThat(stopsAfter(stopping, Double.NaN, 5, Double.NaN, Double.NaN, Double.NaN))
                .isEqualTo(5);
        assertThat(stopping.bestEpoch()).isEqualTo(2);

        EarlyStopping onlyNan = EarlyStopping.lowest("val_loss", 2);
        assertThat(stopsAfter(onlyNan, Double.NaN, Double.NaN)).isEqualTo(2);
        onlyNan.restoreBest(model);
        assertThat(weight()).as("there is nothing to bring back").isEqualTo(2);
        assertThat(onlyNan.best()).isNaN();
    }

    @Test
    void itsStateIsSavedAndLoaded() {
        EarlyStopping stopping = EarlyStopping.lowest("val_loss", 3);
        stopsAfter(stopping, 5, 4, 6);
        EarlyStopping other = EarlyStopping.lowest("val_loss", 3);
        other.loadStateDict(stopping.stateDict());

        List<Boolean> stops = new ArrayList<>();
        stops.add(other.observe(4, 6, model));
        stops.add(other.observe(5, 6, model));

        assertThat(stops).as("one epoch was waited before saving").containsExactly(false, true);
        other.restoreBest(model);
        assertThat(weight()).isEqualTo(2);
    }

    @Test
    void aStateThatDoesNotFitChangesNothing() {
        EarlyStopping stopping = EarlyStopping.lowest("val_loss", 3);
        stopsAfter(stopping, 5);
        Map<String, Tensor> state = new HashMap<>(stopping.stateDict());
        state.put("best", Tensors.scalar(1));
        state.put("waited", Tensors.scalar(-1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> stopping.loadStateDict(state))
                .withMessageContaining("waited is -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stopping.loadStateDict(Map.of()))
                .withMessageContaining("'best' is missing");
        state.put("waited", Tensors.scalar(0));
        state.remove("weights.weight");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stopping.loadStateDict(state))
                .withMessageContaining("0 weights");
        assertThat(stopping.best()).isEqualTo(5);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EarlyStopping.lowest("val_loss", 0))
                .withMessageContaining("patience of 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EarlyStopping.lowest("val_loss", 1).minDelta(-1))
                .withMessageContaining("minDelta -1.0");
    }
}
