package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batches;

class CalibrationTest {
    private final Generator generator = new Generator(1);
    private final Linear first = new Linear(3, 4, generator);
    private final Layer model =
            new Sequential(first, new ReLU(), new Dropout(0.5, generator), new Linear(4, 2, generator));
    private final Tensor x = Tensors.randn(generator, 10, 3);

    @Test
    void theInputsOfTheWantedLayersAreSeen() {
        Map<String, Observer> inputs =
                Calibration.inputs(model, Batches.of(x, Tensors.zeros(10), 4), layer -> layer instanceof Linear);

        assertThat(inputs).containsOnlyKeys("0", "3");
        assertThat(inputs.get("0").count()).isEqualTo(x.size());
        assertThat(inputs.get("0").range())
                .isEqualTo(new Range(x.min().item(), x.max().item()));
        Tensor hidden = first.forward(x).maximum(Tensors.scalar(0));
        assertThat(inputs.get("3").range())
                .as("without dropout, which would double what it keeps")
                .isEqualTo(new Range(0, hidden.max().item()));
        assertThat(model.isTraining()).as("still in training mode").isTrue();
    }

    @Test
    void afterwardsNobodyWatches() {
        Map<String, Observer> inputs = Calibration.inputs(model, Batches.of(x, Tensors.zeros(10), 10), layer -> true);
        model.forward(x);
        assertThat(inputs.get("0").count()).isEqualTo(x.size());
    }

    @Test
    void withoutDataThereIsNothingToSee() {
        assertThatThrownBy(() -> Calibration.inputs(model, List.of(), layer -> true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("calibration: there is no batch in the data; give at least one");
    }

    @Test
    void aLayerThatIsFedWithNaNIsNamed() {
        first.weight().set(Double.NaN, 0, 0);
        assertThatThrownBy(() -> Calibration.inputs(
                        model, Batches.of(x, Tensors.zeros(10), 10), layer -> layer instanceof Linear))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN")
                .hasMessageEndingWith("it is an input of layer '3'");
    }
}
