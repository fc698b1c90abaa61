package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytorch.attention.Agreement.assertAgrees;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tinytorch.attention.GrowingStore;
import org.tinytorch.attention.KeyValueStore;
import org.tinytorch.attention.Masks;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.GELU;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Values;

class TransformerBlockTest {
    private static final int PLACES = 5;
    private static final int WIDTH = 8;
    private static final int HEADS = 2;

    private final Tensor x = Values.spread(1, -2, 2, 2, PLACES, WIDTH);

    private static TransformerBlock gpt2(double dropout) {
        Generator generator = new Generator(1);
        return new TransformerBlock(
                new LayerNorm(WIDTH),
                MultiHeadAttention.builder(WIDTH, HEADS).causal().build(generator),
                new LayerNorm(WIDTH),
                new FeedForward(WIDTH, 2 * WIDTH, new GELU(), true, generator),
                new Dropout(dropout, generator.split()));
    }

    private static TransformerBlock llama() {
        Generator generator = new Generator(1);
        return new TransformerBlock(
                new RMSNorm(WIDTH),
                MultiHeadAttention.builder(WIDTH, HEADS).causal().bias(false).build(generator),
                new RMSNorm(WIDTH),
                new SwiGLU(WIDTH, 2 * WIDTH, false, generator),
                new Dropout(0, generator.split()));
    }

    /** Makes the two norms different, so that they cannot be mixed up. */
    private static TransformerBlock unlike(TransformerBlock block) {
        block.stateDict().get("norm1.weight").fill(0.5);
        block.stateDict().get("norm2.weight").fill(2);
        return block;
    }

    /** The block by its equations. */
    private Tensor expected(TransformerBlock block, Optional<Tensor> mask) {
        MultiHeadAttention attention = (MultiHeadAttention) block.child("attention");
        Tensor between = x.add(attention.forward(block.child("norm1").forward(x), mask, KeyValueStore.NONE));
        return between.add(
                block.child("feedForward").forward(block.child("norm2").forward(between)));
    }

    @Test
    void isItsEquations() {
        TransformerBlock gpt2 = unlike(gpt2(0));
        TransformerBlock llama = unlike(llama());

        assertAgrees("as in GPT-2", gpt2.forward(x), expected(gpt2, Optional.empty()));
        assertAgrees("as in Llama", llama.forward(x), expected(llama, Optional.empty()));
    }

    @Test
    void aMaskReachesTheAttention() {
        TransformerBlock block = unlike(gpt2(0));
        Optional<Tensor> padding = Optional.of(Masks.padding(PLACES, 2, 3));

        assertAgrees("masked", block.forward(x, padding, KeyValueStore.NONE), expected(block, padding));
    }

    @Test
    void aStoreReachesTheAttention() {
        TransformerBlock block = llama();
        KeyValueStore store = new GrowingStore();
        Tensor first = block.forward(x.slice(1, 0, 2), Optional.empty(), store);
        Tensor second = block.forward(x.slice(1, 2, PLACES), Optional.empty(), store);

        assertAgrees("in two pieces", Tensors.concat(1, first, second), block.forward(x));
    }

    @Test
    void theStraightWayIsOpen() {
        TransformerBlock block = llama();
        block.stateDict().get("attention.output.weight").fill(0);
        block.stateDict().get("feedForward.down.weight").fill(0);

        assertThat(block.forward(x).data()).as("with nothing to add to x").containsExactly(x.data());
    }

    @Test
    void dropoutIsOfWhatIsAddedAndInTrainingOnly() {
        TransformerBlock losing = unlike(gpt2(0.5));
        double[] first = losing.forward(x).data();

        assertThat(unlike(gpt2(0.5)).forward(x).data()).as("the same seed").containsExactly(first);
        assertThat(losing.forward(x).data()).as("the next pass").isNotEqualTo(first);
        losing.eval();
        assertAgrees("in evaluation", losing.forward(x), expected(losing, Optional.empty()));
        assertThat(gpt2(1).forward(x).data()).as("with all that is added lost").containsExactly(x.data());
    }

    @Test
    void itsStateIsNamedByItsParts() {
        assertThat(llama().stateDict().keySet())
                .containsExactly(
                        "norm1.weight",
                        "attention.queryKeyValue.weight",
                        "attention.output.weight",
                        "norm2.weight",
                        "feedForward.gate.weight",
                        "feedForward.up.weight",
                        "feedForward.down.weight");
        assertThat(gpt2(0).children().keySet())
                .containsExactly("norm1", "attention", "norm2", "feedForward", "dropout");
    }
}
