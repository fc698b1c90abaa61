package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Identity;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

class FlopCounterTest {
    private static final long BYTES = Double.BYTES;
    private final Generator generator = new Generator(1);

    /** An operation that is made of others: 2x + 1. */
    private record Composed() implements Operation {
        @Override
        public Tensor forward(Tensor... inputs) {
            return inputs[0].add(inputs[0]).add(1);
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }

    @Test
    void aLinearLayer() {
        int rows = 5;
        int in = 3;
        int out = 4;
        FlopCount count = FlopCounter.count(new Linear(in, out, generator), Tensors.zeros(rows, in));

        long product = BYTES * (1L * rows * in + 1L * in * out); // read; then the product and the bias, and the sum
        assertThat(count.total())
                .isEqualTo(new Cost(
                        1L * rows * in * out,
                        1L * rows * out,
                        product + BYTES * (rows * out + out),
                        BYTES * 2 * rows * out));
        assertThat(count.parameters()).isEqualTo(1L * in * out + out);
        assertThat(count.unknown()).isEmpty();
    }

    @Test
    void everyLayerOfASmallNetwork() {
        Sequential model = new Sequential(
                Conv2d.builder(1, 2, 3).padding(1).build(generator),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(2 * 2 * 2, 3, generator));
        FlopCount count = FlopCounter.count(model, Tensors.zeros(1, 1, 4, 4));
        long pixels = 2 * 4 * 4;

        assertThat(count.layer("0").own().multiplyAdds()).isEqualTo(pixels * 9);
        assertThat(count.layer("0").own().otherFlops()).as("the bias").isEqualTo(pixels);
        assertThat(count.layer("1").own().flops()).isEqualTo(pixels);
        assertThat(count.layer("2").own().flops())
                .as("four comparisons a window")
                .isEqualTo(pixels);
        assertThat(count.layer("3").own()).as("flattening moves nothing").isEqualTo(Cost.NONE);
        assertThat(count.layer("4").own().multiplyAdds()).isEqualTo(8 * 3);
        assertThat(count.layer("").own()).as("the model itself").isEqualTo(Cost.NONE);
        assertThat(count.layer("").all()).as("all that is inside it").isEqualTo(count.total());
        assertThat(count.layer("").calls()).isEqualTo(1);
    }

    @Test
    void layersCountWhatIsInsideThem() {
        int batch = 2;
        int places = 5;
        int width = 8;
        Sequential model = new Sequential(
                MultiHeadAttention.builder(width, 2).causal().bias(false).build(generator), new Identity());
        FlopCount count = FlopCounter.count(model, Tensors.zeros(batch, places, width));
        long rows = 1L * batch * places;
        long looks = rows * (places + 1) / 2; // for each of the two heads, which have half the width

        assertThat(count.layer("0.queryKeyValue").own().multiplyAdds()).isEqualTo(rows * 3 * width * width);
        assertThat(count.layer("0.output").own().multiplyAdds()).isEqualTo(rows * width * width);
        assertThat(count.layer("0").own().multiplyAdds()).as("attention itself").isEqualTo(looks * 2 * width);
        assertThat(count.layer("0").all().multiplyAdds())
                .as("with both linear layers")
                .isEqualTo(rows * 4 * width * width + looks * 2 * width);
    }

    @Test
    void aWholeGpt() {
        int vocabulary = 11;
        int places = 6;
        int layers = 2;
        int width = 8;
        int batch = 3;
        Gpt model = new Gpt(GptConfig.gpt2(vocabulary, places, layers, 2, width).bias(false), generator);
        FlopCount count = FlopCounter.count(model, Tensors.zeros(batch, places));
        long rows = 1L * batch * places;
        long weights = layers * 12L * width * width + 1L * vocabulary * width; // all matrices, the tied table once
        long looks = rows * (places + 1) / 2;
        long norms = 2L * layers + 1;

        assertThat(count.total().multiplyAdds())
                .isEqualTo(rows * weights + layers * looks * 2 * width + norms * 2 * rows * width);
        assertThat(count.layer("").own().multiplyAdds())
                .as("the tied head is computed by the model itself")
                .isEqualTo(rows * vocabulary * width);
        assertThat(count.unknown()).isEmpty();
    }

    @Test
    void aLlamaWithSharedKeysAndValues() {
        int vocabulary = 11;
        int places = 6;
        int width = 8;
        int hidden = 10;
        Gpt model = new Gpt(
                GptConfig.llama(vocabulary, places, 1, 4, width)
                        .keyValueHeads(2)
                        .hidden(hidden),
                generator);
        FlopCount count = FlopCounter.count(model, Tensors.zeros(1, places));
        long attention = 1L * width * (width + width / 2 + width / 2) + 1L * width * width;
        long looks = 1L * places * (places + 1) / 2;
        long turned = 1L * places * (width + width / 2); // queries and keys
        long norms = 3L * places * width;

        assertThat(count.total().multiplyAdds())
                .isEqualTo(places * (attention + 3L * width * hidden + 1L * vocabulary * width)
                        + looks * 2 * width
                        + turned
                        + norms);
    }

    @Test
    void anUnknownOperationIsListed() {
        FlopCount count = FlopCounter.count(
                CostTable.standard(), new Identity(), () -> Operation.run(new Composed(), Tensors.zeros(7)));

        assertThat(count.unknown()).containsExactly(entry("Composed", 1));
        assertThat(count.total().flops())
                .as("once for each number; what it is made of is not counted again")
                .isEqualTo(7);
        assertThat(count.toString()).contains("guessed as one FLOP for each number of the result: Composed (1)");
    }

    @Test
    void whatIsOutsideOfLayersIsToldApart() {
        Layer model = new ReLU();
        Tensor x = Tensors.zeros(4);
        FlopCount count = FlopCounter.count(
                CostTable.standard(), model, () -> model.forward(x).add(x).sum());

        assertThat(count.layer("").all().flops()).isEqualTo(4);
        assertThat(count.outside().flops()).as("an addition and a sum").isEqualTo(4 + 4);
        assertThat(count.total().flops()).isEqualTo(12);
        assertThat(count.toString()).contains(Names.OUTSIDE);
    }

    @Test
    void theBackwardPassOfALinearLayerCostsTwiceItsForwardPass() {
        Linear model = new Linear(3, 4, false, generator);
        Tensor x = Tensors.zeros(5, 3).requiresGrad(true);
        FlopCount count = FlopCounter.count(
                CostTable.standard(), model, () -> model.forward(x).backward(Tensors.ones(5, 4)));

        assertThat(count.layer("").all().multiplyAdds()).isEqualTo(5 * 3 * 4);
        assertThat(count.outside().multiplyAdds())
                .as("the gradients of x and of the weight")
                .isEqualTo(2 * 5 * 3 * 4);
    }

    @Test
    void theModelIsLeftAsItWas() {
        BatchNorm2d norm = new BatchNorm2d(2);
        Sequential model = new Sequential(norm, new ReLU());
        norm.train(true);
        String before = norm.stateDict().toString();
        Backend backend = Backend.current();

        FlopCounter.count(model, Tensors.rand(generator, 3, 2, 2, 2));

        assertThat(norm.stateDict()).hasToString(before);
        assertThat(norm.isTraining()).as("training mode").isTrue();
        assertThat(Backend.current()).isSameAs(backend);
    }

    @Test
    void aModelThatFailsLeavesNothingBehind() {
        Backend backend = Backend.current();
        Linear model = new Linear(3, 4, generator);

        assertThatThrownBy(() -> FlopCounter.count(model, Tensors.zeros(5, 7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects 3");
        assertThat(Backend.current()).isSameAs(backend);
        assertThat(FlopCounter.count(model, Tensors.zeros(1, 3)).total().multiplyAdds())
                .isEqualTo(12);
    }

    @Test
    void afterAFailureThatIsCaughtTheLayerAroundCounts() {
        Layer patient = new Layer() {
            {
                child("linear", new Linear(3, 4, generator));
            }

            @Override
            protected Tensor compute(Tensor input) {
                assertThatThrownBy(() -> child("linear").forward(input)).hasMessageContaining("expects 3");
                return input.add(input);
            }
        };
        FlopCount count = FlopCounter.count(patient, Tensors.zeros(5));

        assertThat(count.layer("").own().flops()).isEqualTo(5);
        assertThat(count.layer("linear").all()).isEqualTo(Cost.NONE);
        assertThat(count.layer("linear").calls()).isZero();
    }

    @Test
    void anUnknownPathIsNamed() {
        FlopCount count = FlopCounter.count(new ReLU(), Tensors.zeros(1));

        assertThatThrownBy(() -> count.layer("head"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("flop count: there is no layer 'head'; there are [(model)]");
    }

    @Test
    void theTableHasARowForEachLayerThatComputed() {
        Sequential model = new Sequential(new Linear(3, 4, generator), new ReLU());
        Table table = FlopCounter.count(model, Tensors.zeros(5, 3)).table();

        assertThat(table.rows()).extracting(row -> row.get(0).text()).containsExactly("(model)", "0", "1");
        assertThat(table.rows().get(1))
                .extracting(Cell::text)
                .startsWith("0", "Linear", "16", "1", "60", Units.count(2 * 60 + 20, ""));
    }
}
