package org.tinytorch.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytorch.attention.Agreement.assertAgrees;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.embedding.RotaryEmbedding;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Values;

class MultiHeadAttentionTest {
    private static final int BATCH = 2;
    private static final int PLACES = 5;
    private static final int WIDTH = 8;
    private static final int HEADS = 4;
    private static final int HEAD_WIDTH = WIDTH / HEADS;

    private final Tensor x = Values.spread(1, -2, 2, BATCH, PLACES, WIDTH);
    private final RotaryEmbedding rotary = new RotaryEmbedding(HEAD_WIDTH, 16);

    private static MultiHeadAttention.Builder builder() {
        return MultiHeadAttention.builder(WIDTH, HEADS);
    }

    private static MultiHeadAttention build(MultiHeadAttention.Builder options) {
        return options.build(new Generator(7));
    }

    private static Tensor weight(Layer layer, String name) {
        return layer.stateDict().get(name + ".weight");
    }

    /** What some rows of the linear layer make of x, as heads: {@code (B, T, heads, D)}. */
    private Tensor heads(Layer attention, int from, int to) {
        Tensor weight = weight(attention, "queryKeyValue").slice(0, from * HEAD_WIDTH, to * HEAD_WIDTH);
        Tensor bias = attention
                .stateDict()
                .getOrDefault("queryKeyValue.bias", Tensors.zeros((HEADS + 2 * HEADS) * HEAD_WIDTH))
                .slice(0, from * HEAD_WIDTH, to * HEAD_WIDTH);
        return x.matmul(weight.transpose()).add(bias).reshape(BATCH, PLACES, to - from, HEAD_WIDTH);
    }

    /** The layer by its formula. */
    private Tensor expected(MultiHeadAttention attention, Optional<RotaryEmbedding> turned, Tensor mask) {
        int groups = attention.keyValueHeads();
        Tensor q = heads(attention, 0, HEADS);
        Tensor k = heads(attention, HEADS, HEADS + groups);
        Tensor v = heads(attention, HEADS + groups, HEADS + 2 * groups);
        Tensor mixed = PlainAttention.of(
                turned.map(positions -> positions.rotate(q, 0)).orElse(q),
                turned.map(positions -> positions.rotate(k, 0)).orElse(k),
                v,
                mask);
        return attention.child("output").forward(mixed.reshape(x.shape()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, HEADS})
    void isItsFormula(int groups) {
        MultiHeadAttention plain = build(builder().keyValueHeads(groups));
        MultiHeadAttention causal =
                build(builder().keyValueHeads(groups).causal().bias(false));
        MultiHeadAttention turned = build(builder().keyValueHeads(groups).rotary(rotary));

        assertAgrees("plain", plain.forward(x), expected(plain, Optional.empty(), PlainAttention.everything()));
        assertAgrees("causal", causal.forward(x), expected(causal, Optional.empty(), Masks.causal(PLACES, PLACES)));
        assertAgrees("rotary", turned.forward(x), expected(turned, Optional.of(rotary), PlainAttention.everything()));
    }

    @Test
    void aMaskHoldsBesidesTheCausalOne() {
        MultiHeadAttention causal = build(builder().causal());
        Tensor padding = Masks.padding(PLACES, 3, PLACES);

        assertAgrees(
                "masked",
                causal.forward(x, Optional.of(padding), KeyValueStore.NONE),
                expected(causal, Optional.empty(), padding.mul(Masks.causal(PLACES, PLACES))));
    }

    @Test
    void whatOnlyFillsUpASequenceChangesNothing() {
        MultiHeadAttention attention = build(builder());
        Optional<Tensor> padding = Optional.of(Masks.padding(PLACES, 3, 3));
        Tensor other = x.copy();
        other.set(100, 0, 3, 0);

        assertAgrees(
                "the places of the sequence itself",
                attention.forward(other, padding, KeyValueStore.NONE).slice(1, 0, 3),
                attention.forward(x, padding, KeyValueStore.NONE).slice(1, 0, 3));
        assertThat(attention.forward(other).get(0, 0, 0))
                .as("without the mask")
                .isNotEqualTo(attention.forward(x).get(0, 0, 0));
    }

    @Test
    void aCausalPlaceDoesNotSeeLaterOnes() {
        MultiHeadAttention causal = build(builder().causal());
        Tensor other = x.copy();
        other.set(100, 0, 3, 0);

        assertAgrees(
                "places before the change",
                causal.forward(other).slice(1, 0, 3),
                causal.forward(x).slice(1, 0, 3));
        assertThat(causal.forward(other).get(0, 4, 0))
                .as("after the change")
                .isNotEqualTo(causal.forward(x).get(0, 4, 0));
    }

    @Test
    void sharedHeadsAreHeadsThatAreRepeated() {
        int groups = 2;
        MultiHeadAttention grouped = build(builder().keyValueHeads(groups).bias(false));
        MultiHeadAttention full = build(builder().bias(false));
        Tensor rows = weight(grouped, "queryKeyValue");
        weight(full, "output").copyFrom(weight(grouped, "output"));
        weight(full, "queryKeyValue")
                .copyFrom(Tensors.concat(
                        0,
                        rows.slice(0, 0, WIDTH),
                        repeated(rows, HEADS, groups),
                        repeated(rows, HEADS + groups, groups)));

        assertAgrees("grouped", grouped.forward(x), full.forward(x));
    }

    /** The rows of some heads, each head as many times in a row as there are heads that share it. */
    private static Tensor repeated(Tensor rows, int from, int groups) {
        Tensor[] repeated = new Tensor[HEADS];
        for (int h = 0; h < HEADS; h++) {
            int group = from + h / (HEADS / groups);
            repeated[h] = rows.slice(0, group * HEAD_WIDTH, (group + 1) * HEAD_WIDTH);
        }
        return Tensors.concat(0, repeated);
    }

    /** As if so many places came before, at which nobody looks. */
    private record Offset(int length) implements KeyValueStore {
        @Override
        public KeyValues extend(KeyValues fresh) {
            return fresh;
        }
    }

    @Test
    void rotaryPositionsShowDistancesOnly() {
        MultiHeadAttention attention = build(builder().rotary(rotary));
        Tensor atTheStart = attention.forward(x);

        assertAgrees("seven places on", attention.forward(x, Optional.empty(), new Offset(7)), atTheStart);
        assertThat(attention.forward(x.flip(1)).flip(1).data())
                .as("with the order turned round")
                .isNotEqualTo(atTheStart.data());
    }

    @Test
    void piecesGiveWhatTheWholeGives() {
        MultiHeadAttention attention = build(builder().causal().keyValueHeads(2).rotary(rotary));
        KeyValueStore store = new GrowingStore();
        Tensor first = attention.forward(x.slice(1, 0, 2), Optional.empty(), store);
        Tensor second = attention.forward(x.slice(1, 2, PLACES), Optional.empty(), store);

        assertAgrees("in two pieces", Tensors.concat(1, first, second), attention.forward(x));
        assertThat(store.length()).isEqualTo(PLACES);
    }

    @Test
    void aStoreGetsTheHeadsOfKeysAndValues() {
        GrowingStore store = new GrowingStore();
        MultiHeadAttention attention = build(builder().keyValueHeads(2));
        attention.forward(x, Optional.empty(), store);

        KeyValues none = new KeyValues(Tensors.zeros(BATCH, 0, 2, HEAD_WIDTH), Tensors.zeros(BATCH, 0, 2, HEAD_WIDTH));
        KeyValues kept = store.extend(none);
        assertAgrees("keys", kept.keys(), heads(attention, HEADS, HEADS + 2));
        assertAgrees("values", kept.values(), heads(attention, HEADS + 2, HEADS + 4));
    }

    @Test
    void tellsItsOptions() {
        RotaryEmbedding rotary = new RotaryEmbedding(4, 3);
        MultiHeadAttention plain = MultiHeadAttention.builder(8, 2).build(new Generator(1));
        MultiHeadAttention turned =
                MultiHeadAttention.builder(8, 2).causal().rotary(rotary).build(new Generator(1));

        assertThat(plain.isCausal()).isFalse();
        assertThat(plain.rotary()).isEmpty();
        assertThat(turned.isCausal()).isTrue();
        assertThat(turned.rotary()).containsSame(rotary);
    }

    @Test
    void itsWeightsAreThoseOfEachHead() {
        MultiHeadAttention attention = build(builder().causal().dropout(0.5));
        Tensor weights = attention.weights(x);

        assertThat(weights.shape()).isEqualTo(Shape.of(BATCH, HEADS, PLACES, PLACES));
        assertAgrees("sums of the rows", weights.sum(-1), Tensors.ones(BATCH, HEADS, PLACES));
        assertThat(weights.gt(0).data())
                .as("keys with a weight")
                .containsExactly(
                        Masks.causal(PLACES, PLACES).expand(weights.shape()).data());
        assertAgrees("a second look, in training with dropout", attention.weights(x), weights);
        Tensor values = heads(attention, 2 * HEADS, 3 * HEADS);
        Tensor mixed = weights.matmul(values.permute(0, 2, 1, 3)).permute(0, 2, 1, 3);
        attention.eval();
        assertAgrees(
                "values mixed by the weights",
                attention.child("output").forward(mixed.reshape(x.shape())),
                attention.forward(x));
    }

    @Test
    void dropoutIsForTrainingOnlyAndSeeded() {
        MultiHeadAttention attention = build(builder().dropout(0.5));
        MultiHeadAttention twin = build(builder().dropout(0.5));
        double[] first = attention.forward(x).data();

        assertThat(twin.forward(x).data()).as("the same seed").containsExactly(first);
        assertThat(attention.forward(x).data()).as("the next pass").isNotEqualTo(first);
        attention.eval();
        assertAgrees(
                "in evaluation",
                attention.forward(x),
                expected(attention, Optional.empty(), PlainAttention.everything()));
    }

    @Test
    void aGeneratorPutBackDropsTheSameAgain() {
        MultiHeadAttention attention = build(builder().dropout(0.5));
        Generator generator = attention.generators().get(0);
        long state = generator.state();
        double[] first = attention.forward(x).data();
        generator.state(state);

        assertThat(attention.forward(x).data()).containsExactly(first);
        assertThat(build(builder()).generators()).as("without dropout").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, HEADS})
    void itsParametersAreTwoLinearLayers(int groups) {
        MultiHeadAttention attention = build(builder().keyValueHeads(groups));
        long packed = (HEADS + 2L * groups) * HEAD_WIDTH;

        assertThat(attention.namedParameters().keySet())
                .containsExactly("queryKeyValue.weight", "queryKeyValue.bias", "output.weight", "output.bias");
        assertThat(attention.parameterCount()).isEqualTo((WIDTH + 1) * (packed + WIDTH));
        assertThat(build(builder().keyValueHeads(groups).bias(false)).parameterCount())
                .as("without biases")
                .isEqualTo(WIDTH * (packed + WIDTH));
    }

    @Test
    void knowsItsSizes() {
        MultiHeadAttention attention = build(builder().keyValueHeads(2));

        assertThat(attention.heads()).isEqualTo(HEADS);
        assertThat(attention.keyValueHeads()).isEqualTo(2);
        assertThat(attention.headWidth()).isEqualTo(HEAD_WIDTH);
    }

    @Test
    void headsCanBeOfAnyWidth() {
        int heads = 3;
        int headWidth = 5;
        MultiHeadAttention attention = build(
                MultiHeadAttention.builder(WIDTH, heads).headWidth(headWidth).causal());
        Tensor packed = attention.child("queryKeyValue").forward(x).reshape(BATCH, PLACES, 3 * heads, headWidth);

        Tensor mixed = PlainAttention.of(
                packed.slice(2, 0, heads),
                packed.slice(2, heads, 2 * heads),
                packed.slice(2, 2 * heads, 3 * heads),
                Masks.causal(PLACES, PLACES));
        Tensor expected = attention.child("output").forward(mixed.reshape(BATCH, PLACES, heads * headWidth));

        assertAgrees("heads of another width", attention.forward(x), expected);
        assertThat(attention.headWidth()).isEqualTo(headWidth);
        assertThat(attention.weights(x).shape()).isEqualTo(Shape.of(BATCH, heads, PLACES, PLACES));
    }

    @Test
    void theUsualHeadWidthSaidAloudChangesNothing() {
        assertThat(build(builder().headWidth(HEAD_WIDTH)).forward(x).data())
                .containsExactly(build(builder()).forward(x).data());
    }

    @Test
    void anotherWithOtherHeadsKeepsAllElse() {
        MultiHeadAttention attention = build(
                builder().keyValueHeads(2).causal().rotary(rotary).bias(false).dropout(0.1));
        MultiHeadAttention fewer = build(attention.withHeads(2, 1));

        assertThat(fewer.toString())
                .startsWith(
                        "MultiHeadAttention(8, heads=2, keyValueHeads=1, headWidth=2, causal, rotary, dropout=0.1\n");
        assertThat(fewer.headWidth()).as("width of a head").isEqualTo(HEAD_WIDTH);
        assertThat(fewer.parameterCount())
                .as("without biases, 2 + 2 · 1 heads")
                .isEqualTo(WIDTH * 4 * HEAD_WIDTH + 2 * HEAD_WIDTH * WIDTH);
        assertThat(build(attention.withHeads(HEADS, 2)).eval().forward(x).data())
                .as("the same heads, the same seed")
                .containsExactly(attention.eval().forward(x).data());
    }

    @ParameterizedTest
    @CsvSource({"0, 4, 2", "8, 0, 2", "8, 4, 0"})
    void aHeadOfGivenWidthMustHaveANumber(int width, int heads, int headWidth) {
        assertThatThrownBy(() -> build(MultiHeadAttention.builder(width, heads).headWidth(headWidth)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attention: a width of " + width + " and " + heads + " heads of " + headWidth
                        + " numbers are not possible; use at least 1 of each");
    }

    @Test
    void itsPrintBeginsWithItsOptions() {
        assertThat(build(builder()).toString()).startsWith("MultiHeadAttention(8, heads=4\n");
        assertThat(build(builder().keyValueHeads(2).causal().rotary(rotary).dropout(0.1))
                        .toString())
                .startsWith("MultiHeadAttention(8, heads=4, keyValueHeads=2, causal, rotary, dropout=0.1\n");
    }

    @ParameterizedTest
    @CsvSource({"8, 3", "8, 0", "0, 2"})
    void theWidthMustBeAMultipleOfTheHeads(int width, int heads) {
        assertThatThrownBy(() -> build(MultiHeadAttention.builder(width, heads)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attention: a width of " + width + " cannot be shared out among " + heads
                        + " heads; use a multiple of them");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 8})
    void theHeadsMustBeAMultipleOfThoseOfTheKeys(int groups) {
        assertThatThrownBy(() -> build(builder().keyValueHeads(groups)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "attention: 4 heads cannot share " + groups + " heads of keys and values; use a divisor of 4");
        assertThatThrownBy(() -> build(builder().headWidth(5).keyValueHeads(groups)))
                .as("also with heads of a given width")
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 heads cannot share " + groups);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void aDropoutOfEverythingIsRefused(double p) {
        assertThatThrownBy(() -> build(builder().dropout(p)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attention: a dropout of " + p + " is not possible; use 0 to below 1");
    }

    @Test
    void anInputOfAnotherShapeIsRefused() {
        MultiHeadAttention attention = build(builder());

        for (Shape shape : new Shape[] {Shape.of(PLACES, WIDTH), Shape.of(1, PLACES, WIDTH + 1)}) {
            assertThatThrownBy(() -> attention.forward(Tensors.zeros(shape)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("attention: input " + shape
                            + " is not (batch, places, 8); a single sequence is a batch of one, use unsqueeze(0)");
        }
    }

    @Test
    void rotaryPositionsMustReachToTheEnd() {
        MultiHeadAttention attention = build(builder().rotary(new RotaryEmbedding(HEAD_WIDTH, PLACES - 1)));

        assertThatThrownBy(() -> attention.forward(x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes the positions 0 … 4, but there are only 0 … 3; shorten the sequence");
    }
}
