package org.tinytorch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

class LayerPrintTest {
    private final Generator generator = new Generator(1);

    @Test
    void printsOneChildALineNested() {
        Layer model = new Sequential(
                new Linear(784, 128, generator),
                new ReLU(),
                new Sequential(new Dropout(0.5, generator), new Linear(128, 10, false, generator)));

        assertThat(model).hasToString("""
                Sequential(
                  (0): Linear(in=784, out=128, bias=true)
                  (1): ReLU()
                  (2): Sequential(
                    (0): Dropout(p=0.5)
                    (1): Linear(in=128, out=10, bias=false)
                  )
                )""");
    }

    @Test
    void anAnonymousLayerIsCalledLayer() {
        Layer layer = new Layer() {
            @Override
            protected Tensor compute(Tensor x) {
                return x;
            }
        };

        assertThat(layer).hasToString("Layer()");
    }

    @Test
    void optionsArePrinted() {
        assertThat(new Sequential(new LeakyReLU(), new ELU(), new GELU(), new Softmax(-1), new Flatten()))
                .hasToString("""
                Sequential(
                  (0): LeakyReLU(slope=0.01)
                  (1): ELU(alpha=1.0)
                  (2): GELU(form=EXACT)
                  (3): Softmax(axis=-1)
                  (4): Flatten(startAxis=1)
                )""");
    }

    @Test
    void summaryIsATableOfShapesAndParameters() {
        Layer model = Sequential.builder()
                .add("flatten", new Flatten())
                .add("hidden", new Sequential(new Linear(784, 128, generator), new ReLU()))
                .add("output", new Linear(128, 10, generator))
                .build();

        assertThat(model.summary(Shape.of(1, 28, 28))).isEqualTo("""
                layer                 output    parameters
                Sequential            (1, 10)            0
                  flatten: Flatten    (1, 784)           0
                  hidden: Sequential  (1, 128)           0
                    0: Linear         (1, 128)     100,480
                    1: ReLU           (1, 128)           0
                  output: Linear      (1, 10)        1,290
                parameters: 101,770, 814,160 bytes
                """);
    }

    @Test
    void aSummaryWithAWrongShapeSaysSoAndLeavesNoHooksBehind() {
        Layer model = new Sequential(new Linear(3, 2, generator));

        assertThatThrownBy(() -> model.summary(Shape.of(1, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("linear: input (1, 4) has 4 features, but the layer expects 3");
        assertThat(model.isTraining()).isTrue();
    }
}
