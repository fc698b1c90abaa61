package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytorch.attention.Agreement.assertAgrees;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tinytorch.attention.KeyValueStore;
import org.tinytorch.attention.Masks;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.ReLU;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.testing.Values;

class EncoderBlockTest {
    private static final int PLACES = 5;
    private static final int WIDTH = 8;
    private static final int HIDDEN = 12;

    private final Tensor x = Values.spread(1, -2, 2, 2, PLACES, WIDTH);

    /** A block whose two norms are different, so that they cannot be mixed up. */
    private static EncoderBlock block(double dropout) {
        EncoderBlock block = new EncoderBlock(WIDTH, 2, HIDDEN, dropout, new Generator(1));
        block.stateDict().get("norm1.weight").fill(0.5);
        block.stateDict().get("norm2.weight").fill(2);
        return block;
    }

    /** The block by its equations. */
    private Tensor expected(EncoderBlock block, Optional<Tensor> mask) {
        MultiHeadAttention attention = (MultiHeadAttention) block.child("attention");
        Tensor between = block.child("norm1").forward(x.add(attention.forward(x, mask, KeyValueStore.NONE)));
        return block.child("norm2")
                .forward(between.add(block.child("feedForward").forward(between)));
    }

    @Test
    void isItsEquations() {
        EncoderBlock block = block(0);

        assertAgrees("result", block.forward(x), expected(block, Optional.empty()));
        assertThat(block.child("feedForward.activation")).isInstanceOf(ReLU.class);
    }

    @Test
    void aMaskReachesTheAttention() {
        EncoderBlock block = block(0);
        Optional<Tensor> padding = Optional.of(Masks.padding(PLACES, 2, 3));

        assertAgrees("masked", block.forward(x, padding), expected(block, padding));
    }

    @Test
    void everyPlaceSeesEveryOther() {
        EncoderBlock block = block(0);
        Tensor before = block.forward(x);
        for (int place = 0; place < PLACES; place++) {
            Tensor other = x.copy();
            other.set(-x.get(0, place, 0), 0, place, 0);
            Tensor change = block.forward(other).sub(before).abs().max(2).select(0, 0);

            assertThat(change.gt(0).data())
                    .as("places that notice a change of place %d", place)
                    .containsOnly(1);
        }
    }

    @Test
    void dropoutIsForTrainingOnlyAndSeeded() {
        EncoderBlock losing = block(0.5);
        double[] first = losing.forward(x).data();

        assertThat(block(0.5).forward(x).data()).as("the same seed").containsExactly(first);
        assertThat(losing.forward(x).data()).as("the next pass").isNotEqualTo(first);
        losing.eval();
        assertAgrees("in evaluation", losing.forward(x), expected(losing, Optional.empty()));
    }

    @Test
    void dropoutIsOfAllThatIsAdded() {
        EncoderBlock losing = block(0);
        losing.replaceChild("dropout", new Dropout(1, new Generator(2)));

        assertAgrees(
                "with all that is added lost",
                losing.forward(x),
                losing.child("norm2").forward(losing.child("norm1").forward(x)));
    }

    @Test
    void dropoutIsOfTheAttentionToo() {
        EncoderBlock losing = block(0.5);

        assertThat(((MultiHeadAttention) losing.child("attention")).generators())
                .as("generators of an attention with dropout")
                .hasSize(1);
        assertThat(((Dropout) losing.child("dropout")).p()).isEqualTo(0.5);
    }

    @Test
    void itsStateIsNamedByItsParts() {
        assertThat(block(0).stateDict().keySet())
                .containsExactly(
                        "attention.queryKeyValue.weight",
                        "attention.queryKeyValue.bias",
                        "attention.output.weight",
                        "attention.output.bias",
                        "norm1.weight",
                        "norm1.bias",
                        "feedForward.expand.weight",
                        "feedForward.expand.bias",
                        "feedForward.shrink.weight",
                        "feedForward.shrink.bias",
                        "norm2.weight",
                        "norm2.bias");
    }
}
