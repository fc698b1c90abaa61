package org.tinytorch.oracle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tinytorch.attention.Attention;
import org.tinytorch.attention.DotProductAttention;
import org.tinytorch.attention.Masks;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.testing.Values;

/**
 * Scaled dot-product attention in all its forms against PyTorch's {@code scaled_dot_product_attention}: values, and gradients of queries, keys and values.
 *
 * <p>PyTorch has the heads before the places, and with fewer queries than keys its {@code is_causal} lets the first query stand at the first key; there the mask is written out.
 */
class AttentionOracle {
    private static final int BATCH = 2;
    private static final int HEADS = 4;
    private static final int WIDTH = 6;
    private static final int LENGTH = 5;
    private static final int EARLIER = 3;

    private static final DotProductAttention ALL = new DotProductAttention(false, Attention.scale(WIDTH));
    private static final DotProductAttention CAUSAL = new DotProductAttention(true, Attention.scale(WIDTH));

    private static final String NO_MASK = "None, 0., False";
    private static final String IS_CAUSAL = "None, 0., True";
    private static final String MASK = "torch.ne(mask, 0), 0., False";
    private static final String GROUPED = ", scale=None, enable_gqa=True";

    /** For the last queries of a longer sequence. */
    private static final String LATER =
            "torch.ne(torch.tril(torch.ones([%d, %d]), %d), 0)".formatted(LENGTH, LENGTH + EARLIER, EARLIER);

    /** Queries, keys and values that come apart. */
    private record Parts(Tensor query, Tensor key, Tensor value) {
        static Parts of(int keys, int groups, int valueWidth) {
            return new Parts(
                    leaf(1, BATCH, LENGTH, HEADS, WIDTH),
                    leaf(2, BATCH, keys, groups, WIDTH),
                    leaf(3, BATCH, keys, groups, valueWidth));
        }

        static Parts ofEqualLength() {
            return of(LENGTH, HEADS, WIDTH);
        }

        static Parts grouped(int groups) {
            return of(LENGTH, groups, WIDTH);
        }

        static Parts withEarlierKeys() {
            return of(LENGTH + EARLIER, HEADS, WIDTH);
        }
    }

    private static Tensor leaf(int stream, int... dims) {
        return Values.spread(stream, -2, 2, dims).requiresGrad(true);
    }

    @TestFactory
    Stream<DynamicTest> withoutMask() {
        return tests(
                apart("every key", Parts.ofEqualLength(), ALL, NO_MASK),
                apart("causal", Parts.ofEqualLength(), CAUSAL, IS_CAUSAL),
                apart("more keys than queries", Parts.withEarlierKeys(), ALL, NO_MASK),
                apart("causal, more keys than queries", Parts.withEarlierKeys(), CAUSAL, LATER),
                apart("values of another width", Parts.of(LENGTH, HEADS, WIDTH + 2), ALL, NO_MASK),
                apart(
                        "another scale",
                        Parts.ofEqualLength(),
                        new DotProductAttention(false, 0.3),
                        NO_MASK + ", scale=0.3"));
    }

    @TestFactory
    Stream<DynamicTest> withMask() {
        Tensor padding = Masks.padding(LENGTH, LENGTH, LENGTH - 2);
        Tensor nothing = Masks.padding(LENGTH, LENGTH, 0);
        Tensor each = Values.indices(4, 2, BATCH, HEADS, LENGTH, LENGTH);
        String past = "torch.tril(torch.ones([%1$d, %1$d]))".formatted(LENGTH);
        String both = "torch.ne(torch.mul(mask, " + past + "), 0), 0., False";
        return tests(
                masked("padding", Parts.ofEqualLength(), ALL, padding, MASK),
                masked("an empty sequence", Parts.ofEqualLength(), ALL, nothing, MASK),
                masked("a mask for each head", Parts.ofEqualLength(), ALL, each, MASK),
                masked("causal and padding", Parts.ofEqualLength(), CAUSAL, padding, both),
                masked("grouped heads and padding", Parts.grouped(2), ALL, padding, MASK + GROUPED));
    }

    @TestFactory
    Stream<DynamicTest> withFewerHeadsOfKeys() {
        return tests(
                apart("two heads share one", Parts.grouped(2), ALL, NO_MASK + GROUPED),
                apart("two heads share one, causal", Parts.grouped(2), CAUSAL, IS_CAUSAL + GROUPED),
                apart("all heads share one", Parts.grouped(1), CAUSAL, IS_CAUSAL + GROUPED));
    }

    @TestFactory
    Stream<DynamicTest> packed() {
        Tensor padding = Masks.padding(LENGTH, LENGTH - 1, 2);
        return tests(
                packed("packed", HEADS, ALL, Optional.empty(), NO_MASK),
                packed("packed, causal", HEADS, CAUSAL, Optional.empty(), IS_CAUSAL),
                packed("packed, padding", HEADS, ALL, Optional.of(padding), MASK),
                packed("packed, grouped, causal", 2, CAUSAL, Optional.empty(), IS_CAUSAL + GROUPED));
    }

    @Test
    void weights() {
        Parts parts = Parts.grouped(2);
        TorchProgram torch = new TorchProgram(
                2,
                "q = " + LanguageExpressions.swapped("x0"),
                "k = torch.repeat_interleave(" + LanguageExpressions.swapped("x1") + ", 2, 1)",
                "s = torch.mul(torch.matmul(q, torch.transpose(k, -2, -1)), " + Attention.scale(WIDTH) + ")",
                "future = torch.ne(torch.triu(torch.ones_like(s), 1), 0)",
                "return torch.softmax(torch.masked_fill(s, future, -float('inf')), -1)");
        Agreement.check(
                "weights, grouped, causal",
                Attention.weights(CAUSAL, Optional.empty(), parts.query(), parts.key(), parts.value()),
                torch.run(List.of(parts.query().detach(), parts.key().detach())));
    }

    private static Stream<DynamicTest> tests(Comparison... all) {
        return Stream.of(all).map(Comparison::test);
    }

    private static Comparison apart(String name, Parts parts, DotProductAttention attention, String options) {
        return apart(name, parts, attention, Optional.empty(), options);
    }

    private static Comparison masked(
            String name, Parts parts, DotProductAttention attention, Tensor mask, String options) {
        return apart(name, parts, attention, Optional.of(mask), options);
    }

    private static Comparison apart(
            String name, Parts parts, DotProductAttention attention, Optional<Tensor> mask, String options) {
        return new Comparison(
                name,
                Map.of("query", parts.query(), "key", parts.key(), "value", parts.value()),
                constants(mask),
                () -> Attention.of(attention, mask, parts.query(), parts.key(), parts.value()),
                List.of("return " + LanguageExpressions.attention("query", "key", "value", options)));
    }

    /** All three in one tensor: in each place first the queries, then the keys, then the values. */
    private static Comparison packed(
            String name, int groups, DotProductAttention attention, Optional<Tensor> mask, String options) {
        Tensor all = leaf(5, BATCH, LENGTH, HEADS + 2 * groups, WIDTH);
        return new Comparison(
                name,
                Map.of("all", all),
                constants(mask),
                () -> Attention.of(attention.packed(HEADS), mask, all),
                List.of(
                        "parts = torch.split_with_sizes(all, [%d, %d, %d], 2)".formatted(HEADS, groups, groups),
                        "return " + LanguageExpressions.attention("parts[0]", "parts[1]", "parts[2]", options)));
    }

    private static Map<String, Tensor> constants(Optional<Tensor> mask) {
        return mask.map(tensor -> Map.of("mask", tensor)).orElse(Map.of());
    }
}
