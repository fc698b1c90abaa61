package org.tinytorch.attention;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.tinytorch.autograd.GradCheck;
import org.tinytorch.checks.Expect;
import org.tinytorch.embedding.Embedding;
import org.tinytorch.embedding.RotaryEmbedding;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The checks of module 13, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class AttentionTasksTest {

    // ---- the lesson's example: "bank" looks at three words

    private static final double E2 = Math.exp(2);
    private static final Tensor BANK = vectors(new double[][] {{2, 0, 2, 0}});
    private static final Tensor THE_RIVER_BANK = vectors(new double[][] {{0, 1, 0, 1}, {1, 0, 1, 0}, {0, 1, 0, 0}});
    private static final String LOOK = "the weights of the query [2, 0, 2, 0] for the keys [0, 1, 0, 1], [1, 0, 1, 0] and [0, 1, 0, 0], scale 0.5";

    private static final double LN3 = Math.log(3);

    /** One head of one sequence: {@code (1, T, 1, D)}. */
    private static Tensor vectors(double[][] rows) {
        return Tensors.of(rows).reshape(1, rows.length, 1, rows[0].length);
    }

    private static Tensor random(int seed, int... dims) {
        return Tensors.randn(new Generator(seed), dims);
    }

    private static DotProductAttention attention(double scale) {
        return new DotProductAttention(false, scale);
    }

    private static AttentionRow row(DotProductAttention attention, Tensor... inputs) {
        return new AttentionRow(attention, AttentionShape.of(attention, inputs), inputs);
    }

    private static double[] scores(AttentionRow row) {
        double[] scores = new double[row.visible()];
        for (int key = 0; key < scores.length; key++) {
            scores[key] = row.score(key);
        }
        return scores;
    }

    private static double[] weights(AttentionRow row) {
        double[] weights = new double[row.visible()];
        for (int key = 0; key < weights.length; key++) {
            weights[key] = row.weight(key);
        }
        return weights;
    }

    private static void shape(Tensor got, String input, String rule, int... expected) {
        Expect.that("the shape of " + input).rule(rule).value(got.shape(), Shape.of(expected));
    }

    // ---- attention by its formula, one number at a time: what the tasks are compared with

    private static double naiveScore(Tensor q, Tensor k, double scale, int b, int h, int i, int j) {
        int group = h / (q.dim(2) / k.dim(2));
        double sum = 0;
        for (int d = 0; d < q.dim(3); d++) {
            sum += q.get(b, i, h, d) * k.get(b, j, group, d);
        }
        return scale * sum;
    }

    /** Of one query; the mask is {@code (B, H, Tq, Tk)}. */
    private static double[] naiveWeights(Tensor q, Tensor k, Tensor mask, double scale, int b, int h, int i) {
        double[] weights = new double[k.dim(1)];
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
            weights[j] = mask.get(b, h, i, j) == 0 ? 0 : Math.exp(naiveScore(q, k, scale, b, h, i, j));
            sum += weights[j];
        }
        for (int j = 0; j < weights.length; j++) {
            weights[j] = sum == 0 ? 0 : weights[j] / sum;
        }
        return weights;
    }

    private static Tensor naive(Tensor q, Tensor k, Tensor v, Tensor mask, double scale) {
        Tensor out = Tensors.zeros(q.dim(0), q.dim(1), q.dim(2), v.dim(3));
        for (int b = 0; b < q.dim(0); b++) {
            for (int h = 0; h < q.dim(2); h++) {
                for (int i = 0; i < q.dim(1); i++) {
                    double[] weights = naiveWeights(q, k, mask, scale, b, h, i);
                    for (int e = 0; e < v.dim(3); e++) {
                        double sum = 0;
                        for (int j = 0; j < weights.length; j++) {
                            sum += weights[j] * v.get(b, j, h / (q.dim(2) / v.dim(2)), e);
                        }
                        out.set(sum, b, i, h, e);
                    }
                }
            }
        }
        return out;
    }

    private static Tensor everything(Tensor q, Tensor k) {
        return Tensors.ones(q.dim(0), q.dim(2), q.dim(1), k.dim(1));
    }

    /** 1 up to the diagonal that ends in the lower right corner. */
    private static Tensor lowerTriangle(int batch, int heads, int queries, int keys) {
        Tensor mask = Tensors.zeros(batch, heads, queries, keys);
        for (int n = 0; n < mask.size(); n++) {
            int i = n / keys % queries;
            mask.mutableData()[n] = n % keys <= i + keys - queries ? 1 : 0;
        }
        return mask;
    }

    @Nested
    @Order(1)
    @DisplayName("Task 13.1: how well a key fits a query")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Scores {

        private double[] scores(double scale, double[][] queries, double[][] keys, int query) {
            Tensor k = vectors(keys);
            AttentionRow row = row(attention(scale), vectors(queries), k, k);
            row.stand(0, 0, query);
            return AttentionTasksTest.scores(row);
        }

        @Test
        @Order(1)
        @DisplayName("two numbers by hand")
        void byHand() {
            Expect.that("the score of the query [1, 2] and the key [3, 4], scale 0.5")
                    .rule("0.5 * (1 * 3 + 2 * 4): each number of the query times its partner in the key, all added up, and the sum times attention.scale()")
                    .numbers(() -> scores(0.5, new double[][] {{1, 2}}, new double[][] {{3, 4}}, 0), 5.5);
        }

        @Test
        @Order(2)
        @DisplayName("each key has its own score")
        void eachKey() {
            Expect.that("the scores of the query [1, 0, 2] for the keys [1, 1, 1], [0, 2, 0] and [-1, 5, 3], scale 1")
                    .rule("keyAt says where the numbers of this key begin; a key at right angles scores 0")
                    .numbers(() -> scores(1, new double[][] {{1, 0, 2}}, new double[][] {{1, 1, 1}, {0, 2, 0}, {-1, 5, 3}}, 0), 3, 0, 5);
        }

        @Test
        @Order(3)
        @DisplayName("each query asks for itself")
        void eachQuery() {
            Expect.that("the scores of the second of the queries [1, 0] and [0, 1] for the keys [5, 6] and [7, 8], scale 1")
                    .rule("queryAt says where the numbers of this query begin")
                    .numbers(() -> scores(1, new double[][] {{1, 0}, {0, 1}}, new double[][] {{5, 6}, {7, 8}}, 1), 6, 8);
        }

        @Test
        @Order(4)
        @DisplayName("in every sequence and every head, which may share keys")
        void property() {
            Tensor q = random(1, 2, 3, 4, 5);
            Tensor k = random(2, 2, 6, 2, 5);
            AttentionRow row = row(attention(0.3), q, k, k);
            for (int b = 0; b < 2; b++) {
                for (int h = 0; h < 4; h++) {
                    for (int i = 0; i < 3; i++) {
                        double[] expected = new double[6];
                        for (int j = 0; j < 6; j++) {
                            expected[j] = naiveScore(q, k, 0.3, b, h, i, j);
                        }
                        row.stand(b, h, i);
                        Expect.that("the scores of query " + i + " of head " + h + " in sequence " + b)
                                .rule("queryAt and keyAt know the sequence and the head")
                                .numbers(AttentionTasksTest.scores(row), expected);
                    }
                }
            }
        }

        @Test
        @Order(5)
        @DisplayName("wide vectors: the scale keeps the scores small")
        void scale() {
            int width = 64;
            Tensor q = random(3, 1, 20, 1, width);
            Tensor k = random(4, 1, 20, 1, width);
            AttentionRow row = row(attention(Attention.scale(width)), q, k, k);
            double squares = 0;
            for (int i = 0; i < 20; i++) {
                row.stand(0, 0, i);
                squares += Arrays.stream(AttentionTasksTest.scores(row)).map(s -> s * s).sum();
            }
            Expect.that("rounded, the variance of the scores of 20 random queries and keys of 64 numbers, scale 1/8")
                    .rule("a sum of 64 products has the variance 64; times 1/8, the scale squared is 1/64, and 1 is left")
                    .number(Math.rint(squares / 400), 1);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 13.2: scores become weights")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Weights {

        private static final double HIDDEN = Double.NEGATIVE_INFINITY;

        private double[] softmax(int length, double... scores) {
            double[] weights = scores.clone();
            AttentionRow.softmax(weights, length);
            return weights;
        }

        @Test
        @Order(1)
        @DisplayName("two scores by hand")
        void byHand() {
            Expect.that("softmax([0, log 3], 2)")
                    .rule("exp makes 1 and 3 of them, together 4: divide each by the sum")
                    .numbers(() -> softmax(2, 0, LN3), 0.25, 0.75);
        }

        @Test
        @Order(2)
        @DisplayName("great scores")
        void great() {
            Expect.that("softmax([1000, 1000 + log 3], 2)")
                    .rule("exp(1000) is infinite: take the greatest score from all of them first, which changes no weight")
                    .numbers(() -> softmax(2, 1000, 1000 + LN3), softmax(2, 0, LN3));
        }

        @Test
        @Order(3)
        @DisplayName("scores far below 0")
        void small() {
            Expect.that("softmax([-1000, -1000 + log 3], 2)")
                    .rule("the greatest score is below 0 here: begin the search at -infinity. Not at 0, and not at Double.MIN_VALUE, which is above 0")
                    .numbers(() -> softmax(2, -1000, -1000 + LN3), softmax(2, 0, LN3));
        }

        @Test
        @Order(4)
        @DisplayName("a hidden key among others")
        void hidden() {
            Expect.that("softmax([0, -infinity, log 3], 3)")
                    .rule("exp(-infinity) is 0: what is hidden gets nothing, and the others share everything")
                    .numbers(() -> softmax(3, 0, HIDDEN, LN3), 0.25, 0, 0.75);
        }

        @Test
        @Order(5)
        @DisplayName("nothing may be looked at")
        void nothing() {
            Expect.that("softmax([-infinity, -infinity], 2)")
                    .rule("-infinity minus -infinity is NaN, and 0 / 0 as well: if the greatest score is -infinity, all weights are 0")
                    .numbers(() -> softmax(2, HIDDEN, HIDDEN), 0, 0);
        }

        @Test
        @Order(6)
        @DisplayName("the first so many")
        void first() {
            Expect.that("softmax([0, 0, 7, -infinity], 2)")
                    .rule("only the first 2 are scores; leave what comes behind them")
                    .numbers(() -> softmax(2, 0, 0, 7, HIDDEN), 0.5, 0.5, 7, HIDDEN);
            Expect.that("softmax([-infinity, -infinity, 7], 2)")
                    .rule("here, too, only the first 2 change")
                    .numbers(() -> softmax(2, HIDDEN, HIDDEN, 7), 0, 0, 7);
        }

        @Test
        @Order(7)
        @DisplayName("any scores")
        void property() {
            for (int seed = 0; seed < 20; seed++) {
                double[] scores = random(seed, 6).mul(3).data().clone();
                scores[seed % 6] = HIDDEN;
                double sum = Arrays.stream(scores).map(Math::exp).sum();
                double[] expected = Arrays.stream(scores).map(s -> Math.exp(s) / sum).toArray();
                Expect.that("softmax(" + Arrays.toString(scores) + ", 6)")
                        .rule("each is exp(score) / sum of all exp(score)")
                        .numbers(softmax(6, scores), expected);
            }
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 13.3: hide before you weigh")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Looking {

        private double[] looked(Tensor... mask) {
            Tensor k = THE_RIVER_BANK;
            AttentionRow row = mask.length == 0 ? row(attention(0.5), BANK, k, k) : row(attention(0.5), BANK, k, k, mask[0]);
            row.look(0, 0, 0);
            return weights(row);
        }

        @Test
        @Order(1)
        @DisplayName("bank looks at the, river, bank")
        void byHand() {
            Expect.that(LOOK)
                    .rule("the scores are 0, 2 and 0: softmax(weights, visible) makes weights of them")
                    .numbers(() -> looked(), 1 / (E2 + 2), E2 / (E2 + 2), 1 / (E2 + 2));
        }

        @Test
        @Order(2)
        @DisplayName("the river is hidden")
        void hidden() {
            Expect.that(LOOK + ", mask [1, 0, 1]")
                    .rule("a 1 in the mask lets look, a 0 hides. What is hidden has the score -infinity before the softmax, and the others share everything."
                            + " A score of 0 would not hide it; a weight made 0 behind the softmax leaves too little for the others")
                    .numbers(() -> looked(Tensors.of(1, 0, 1)), 0.5, 0, 0.5);
        }

        @Test
        @Order(3)
        @DisplayName("only one may be looked at, or none")
        void edges() {
            Expect.that(LOOK + ", mask [1, 0, 0]")
                    .rule("who may look at one key only gives it everything, however badly it fits")
                    .numbers(() -> looked(Tensors.of(1, 0, 0)), 1, 0, 0);
            Expect.that(LOOK + ", mask [0, 0, 0]")
                    .rule("who may look at nothing gives nothing")
                    .numbers(() -> looked(Tensors.of(0, 0, 0)), 0, 0, 0);
        }

        @Test
        @Order(4)
        @DisplayName("one row after the other")
        void again() {
            Tensor q = vectors(new double[][] {{0}, {LN3}});
            Tensor k = vectors(new double[][] {{0}, {1}});
            AttentionRow row = row(attention(1), q, k, k, Tensors.of(new double[][] {{1, 1}, {0, 1}}));
            row.look(0, 0, 0);
            Expect.that("the weights of query 0 of [0] and [log 3], keys [0] and [1], mask [[1, 1], [0, 1]]")
                    .rule("both scores are 0")
                    .numbers(weights(row), 0.5, 0.5);
            row.look(0, 0, 1);
            Expect.that("the weights of query 1, after those of query 0")
                    .rule("nothing of the last query may be left in weights: give each of the visible keys a score")
                    .numbers(weights(row), 0, 1);
        }

        @Test
        @Order(5)
        @DisplayName("a mask for every sequence, head and query")
        void property() {
            Tensor q = random(5, 2, 3, 4, 2);
            Tensor k = random(6, 2, 5, 2, 2);
            Tensor mask = Tensors.randint(new Generator(7), 2, 2, 4, 3, 5);
            AttentionRow row = row(attention(0.7), q, k, k, mask);
            for (int n = 0; n < 24; n++) {
                row.look(n / 12, n / 3 % 4, n % 3);
                Expect.that("the weights of query " + n % 3 + " of head " + n / 3 % 4 + " in sequence " + n / 12 + ", with a random mask (2, 4, 3, 5)")
                        .rule("mayLook(key) reads the mask of this sequence, head and query")
                        .numbers(weights(row), naiveWeights(q, k, mask, 0.7, n / 12, n / 3 % 4, n % 3));
            }
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 13.4: the weighted average of the values")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Mixing {

        private final Tensor q = random(8, 2, 3, 4, 5);
        private final Tensor k = random(9, 2, 6, 2, 5);
        private final Tensor v = random(10, 2, 6, 2, 3);

        @Test
        @Order(1)
        @DisplayName("two values by hand")
        void byHand() {
            Tensor query = vectors(new double[][] {{LN3}});
            Tensor keys = vectors(new double[][] {{0}, {1}});
            Tensor values = vectors(new double[][] {{4, 2}, {0, 6}});
            Expect.that("the values [4, 2] and [0, 6], with the weights 0.25 and 0.75")
                    .rule("[0.25 * 4 + 0.75 * 0, 0.25 * 2 + 0.75 * 6]: each value times its weight, all added up")
                    .numbers(() -> attention(1).forward(query, keys, values).data(), 1, 5);
        }

        @Test
        @Order(2)
        @DisplayName("bank takes from the river")
        void bank() {
            Tensor values = vectors(new double[][] {{0, 0}, {10, 0}, {0, 10}});
            Expect.that("what [2, 0, 2, 0] finds at the keys of the lesson, with the values [0, 0], [10, 0] and [0, 10]")
                    .rule("the weights are 0.107, 0.787 and 0.107: mostly what stands at the river")
                    .numbers(() -> attention(0.5).forward(BANK, THE_RIVER_BANK, values).data(), 10 * E2 / (E2 + 2), 10 / (E2 + 2));
        }

        @Test
        @Order(3)
        @DisplayName("for every sequence, query and head")
        void property() {
            Tensor got = attention(0.4).forward(q, k, v);
            shape(got, "attention with queries (2, 3, 4, 5), keys (2, 6, 2, 5) and values (2, 6, 2, 3)", "a value for each query and head", 2, 3, 4, 3);
            Expect.that("attention with random queries (2, 3, 4, 5), keys (2, 6, 2, 5) and values (2, 6, 2, 3), scale 0.4")
                    .rule("row.valueAt(key) says where a value begins, row.resultAt() where the result does")
                    .numbers(got.data(), naive(q, k, v, everything(q, k), 0.4).data());
        }

        @Test
        @Order(4)
        @DisplayName("the order of the keys does not count")
        void anyOrder() {
            Expect.that("attention with keys and values turned round")
                    .rule("a sum does not care about order: attention looks at a set, not at a sequence")
                    .numbers(attention(0.4).forward(q, k.flip(1), v.flip(1)).data(), attention(0.4).forward(q, k, v).data());
        }

        @Test
        @Order(5)
        @DisplayName("nothing may be looked at")
        void nothing() {
            Expect.that("attention with a mask of zeros")
                    .rule("no weight, no value: zeros, not NaN")
                    .numbers(attention(0.4).forward(q, k, v, Tensors.zeros(1)).data(), new double[2 * 3 * 4 * 3]);
        }

        @Test
        @Order(6)
        @DisplayName("with dropout")
        void dropout() {
            Tensor query = vectors(new double[][] {{0}});
            Tensor keys = vectors(new double[][] {{0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}});
            Tensor values = vectors(new double[][] {{1}, {2}, {4}, {8}, {16}, {32}, {64}, {128}});
            DotProductAttention dropping = attention(1).dropout(0.5, 3);
            double expected = 0;
            for (int key = 0; key < 8; key++) {
                expected += 0.125 * dropping.kept(key) * values.data()[key];
            }
            Expect.that("the values 1, 2, 4, ..., 128 with the weights 1/8 each and a dropout of 0.5")
                    .rule("row.kept(key) is 0 for a weight that is dropped, and 2 for the others here: multiply the weight by it")
                    .number(dropping.forward(query, keys, values).item(), expected);
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 13.5: nobody looks ahead")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class LookingAhead {

        private int[] visible(int queries, int keys) {
            int[] visible = new int[queries];
            for (int i = 0; i < queries; i++) {
                visible[i] = Masks.visible(i, queries, keys);
            }
            return visible;
        }

        @Test
        @Order(1)
        @DisplayName("as many queries as keys")
        void square() {
            Expect.that("how many keys the queries 0, 1 and 2 see, with 3 queries and 3 keys")
                    .rule("each place sees itself and all before it: the first sees 1, and the last sees all")
                    .ints(visible(3, 3), 1, 2, 3);
        }

        @Test
        @Order(2)
        @DisplayName("more keys than queries")
        void moreKeys() {
            Expect.that("how many keys the queries 0 and 1 see, with 2 queries and 5 keys")
                    .rule("the last query stands at the last key: 3 keys came before the first query, which sees them as well")
                    .ints(visible(2, 5), 4, 5);
            Expect.that("how many keys a single query sees, with 7 keys")
                    .rule("it is the newest place, and sees everything")
                    .ints(visible(1, 7), 7);
        }

        @Test
        @Order(3)
        @DisplayName("as a mask")
        void mask() {
            Expect.that("Masks.causal(3, 3)").rule("a row for each query: 1 as far as it sees").numbers(Masks.causal(3, 3).data(), 1, 0, 0, 1, 1, 0, 1, 1, 1);
            Expect.that("Masks.causal(2, 4)").rule("a row for each query: 1 as far as it sees").numbers(Masks.causal(2, 4).data(), 1, 1, 1, 0, 1, 1, 1, 1);
        }

        @Test
        @Order(4)
        @DisplayName("causality: what comes later changes nothing before")
        void causality() {
            Tensor q = random(11, 1, 6, 2, 3);
            Tensor k = random(12, 1, 6, 2, 3);
            Tensor v = random(13, 1, 6, 2, 3);
            Tensor before = Attention.causal(q, k, v);
            for (int changed = 0; changed < 6; changed++) {
                Tensor otherKeys = k.copy();
                Tensor otherValues = v.copy();
                otherKeys.set(9, 0, changed, 0, 0);
                otherValues.set(9, 0, changed, 0, 0);
                Tensor after = Attention.causal(q, otherKeys, otherValues);
                int first = 0;
                while (first < 6 && after.select(1, first).allClose(before.select(1, first), 0, 0)) {
                    first++;
                }
                Expect.that("the first of 6 places that changes when the key and the value of place " + changed + " change")
                        .rule("places before it must not see it, and it sees itself")
                        .value(first, changed);
            }
        }

        @Test
        @Order(5)
        @DisplayName("the first place finds nothing but itself")
        void first() {
            Tensor x = random(14, 1, 4, 1, 3);
            Expect.that("what the first of 4 places finds")
                    .rule("one key, weight 1: its own value")
                    .numbers(Attention.causal(x, x, x).select(1, 0).data(), x.select(1, 0).data());
        }

        @Test
        @Order(6)
        @DisplayName("the last places of a longer sequence")
        void lastOfMore() {
            Tensor q = random(15, 2, 3, 2, 4);
            Tensor k = random(16, 2, 5, 2, 4);
            Expect.that("attention, causal, of 3 queries that are the last of 5 places")
                    .rule("scores up to the diagonal that ends in the lower right corner")
                    .numbers(Attention.causal(q, k, k).data(), naive(q, k, k, lowerTriangle(2, 2, 3, 5), 0.5).data());
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 13.6: nobody looks at padding")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Padding {

        @Test
        @Order(1)
        @DisplayName("two sequences by hand")
        void byHand() {
            Expect.that("Masks.padding(3, 2, 1): room for 3, the lengths 2 and 1")
                    .rule("1 for each place of the sequence itself, 0 for what fills it up; the row of sequence 1 begins at 1 * 3")
                    .numbers(() -> Masks.padding(3, 2, 1).data(), 1, 1, 0, 1, 0, 0);
        }

        @Test
        @Order(2)
        @DisplayName("its shape")
        void shapes() {
            shape(
                    Masks.padding(3, 2, 1),
                    "Masks.padding(3, 2, 1)",
                    "(batch, 1, 1, keys), to be stretched over heads and queries. A (2, 3) would be taken for queries and keys",
                    2, 1, 1, 3);
        }

        @Test
        @Order(3)
        @DisplayName("full and empty")
        void edges() {
            Expect.that("Masks.padding(2, 0, 2)").rule("length 0: nothing; length 2: everything").numbers(Masks.padding(2, 0, 2).data(), 0, 0, 1, 1);
        }

        @Test
        @Order(4)
        @DisplayName("a filled-up sequence finds what it would find alone")
        void alone() {
            Tensor x = random(17, 2, 4, 2, 3);
            Tensor padding = Masks.padding(4, 2, 4);
            Tensor got = Attention.of(attention(0.5), Optional.of(padding), x, x, x);
            Tensor cut = x.slice(0, 0, 1).slice(1, 0, 2);
            Expect.that("what the 2 places of a sequence find that is filled up to 4")
                    .rule("the same as without what fills it up")
                    .numbers(got.slice(0, 0, 1).slice(1, 0, 2).data(), naive(cut, cut, cut, everything(cut, cut), 0.5).data());
            Tensor whole = x.slice(0, 1, 2);
            Expect.that("what the 4 places of the other sequence find")
                    .rule("each sequence has a mask of its own")
                    .numbers(got.slice(0, 1, 2).data(), naive(whole, whole, whole, everything(whole, whole), 0.5).data());
        }

        @Test
        @Order(5)
        @DisplayName("two masks hold together when they are multiplied")
        void together() {
            Expect.that("Masks.padding(3, 2).mul(Masks.causal(3, 3))")
                    .rule("allowed is what both allow")
                    .numbers(Masks.padding(3, 2).mul(Masks.causal(3, 3)).data(), 1, 0, 0, 1, 1, 0, 1, 1, 0);
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 13.7: the way back through a row")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class WayBack {

        private static final String INPUT = "the query [2 log 3], the keys [1] and [2], the values [4] and [0], scale 0.5, gradient [2]";

        private final Tensor q = vectors(new double[][] {{2 * LN3}});
        private final Tensor k = vectors(new double[][] {{1}, {2}});
        private final Tensor v = vectors(new double[][] {{4}, {0}});

        private double[] gradients(DotProductAttention attention, Tensor... inputs) {
            return new DotProductAttention.Gradient(attention).forward(inputs).data();
        }

        /** Of query, two keys, two values. */
        private double[] byHand(int from, int to) {
            return Arrays.copyOfRange(gradients(attention(0.5), q, k, v, vectors(new double[][] {{2}})), from, to);
        }

        @Test
        @Order(1)
        @DisplayName("to the values")
        void values() {
            Expect.that("the gradients of the values: " + INPUT)
                    .rule("the weights are 0.25 and 0.75: each value gets its weight times g. They begin at valueGradients + valueAt(key)")
                    .numbers(() -> byHand(3, 5), 0.5, 1.5);
        }

        @Test
        @Order(2)
        @DisplayName("to the query")
        void query() {
            Expect.that("the gradient of the query: " + INPUT)
                    .rule("of the weights: d = g * v = 8 and 0, on the average 0.25 * 8 = 2; of the scores: p (d - average) = 1.5 and -1.5; of the query: scale * (1.5 * 1 - 1.5 * 2)")
                    .numbers(() -> byHand(0, 1), -0.75);
        }

        @Test
        @Order(3)
        @DisplayName("to the keys")
        void keys() {
            Expect.that("the gradients of the keys: " + INPUT)
                    .rule("scale * (gradient of the score) * query, at keyGradients + keyAt(key)")
                    .numbers(() -> byHand(1, 3), 1.5 * LN3, -1.5 * LN3);
        }

        @Test
        @Order(4)
        @DisplayName("several queries add up")
        void several() {
            Tensor twice = vectors(new double[][] {{2 * LN3}, {2 * LN3}});
            double[] once = byHand(0, 5);
            Expect.that("the gradients with the same query and gradient twice: of the queries, the keys, the values")
                    .rule("all queries send to the same keys and values: add, with +=")
                    .numbers(
                            gradients(attention(0.5), twice, k, v, vectors(new double[][] {{2}, {2}})),
                            once[0], once[0], 2 * once[1], 2 * once[2], 2 * once[3], 2 * once[4]);
        }

        @Test
        @Order(5)
        @DisplayName("what is hidden gets nothing")
        void hidden() {
            Tensor g = vectors(new double[][] {{2}});
            Expect.that("the gradients of query, keys and values: " + INPUT + ", mask [0, 1]")
                    .rule("one key has the weight 1, whatever it scores: only its value learns")
                    .numbers(gradients(attention(0.5), q, k, v, Tensors.of(0, 1), g), 0, 0, 0, 0, 2);
            Expect.that("the same, mask [0, 0]").rule("nothing was looked at").numbers(gradients(attention(0.5), q, k, v, Tensors.of(0, 0), g), 0, 0, 0, 0, 0);
        }

        private void check(String what, DotProductAttention attention, Optional<Tensor> mask, Tensor... inputs) {
            GradCheck.Result result = GradCheck.check(all -> Attention.of(attention, mask, all), inputs);
            String where = result.passed()
                    ? ""
                    : "input " + result.input() + ", position " + result.position() + ": " + result.analytic() + ", not " + result.numeric();
            Expect.that("where the gradient is not the slope: " + what).rule("sums run over all numbers of a vector, and each part of the formula has its factor").value(where, "");
        }

        @Test
        @Order(6)
        @DisplayName("compared with small steps")
        void slopes() {
            Tensor queries = random(18, 2, 3, 4, 2);
            Tensor keys = random(19, 2, 4, 2, 2);
            Tensor values = random(20, 2, 4, 2, 3);
            check("2 sequences, 4 heads on 2 of keys, values wider than keys", attention(0.7), Optional.empty(), queries, keys, values);
            check("causal", new DotProductAttention(true, 0.7), Optional.empty(), queries, keys, values);
            check("with padding", attention(0.7), Optional.of(Masks.padding(4, 2, 3)), queries, keys, values);
            check("all in one tensor", attention(0.7).packed(2), Optional.empty(), random(21, 2, 3, 4, 2));
        }

        @Test
        @Order(7)
        @DisplayName("with dropout")
        void dropout() {
            DotProductAttention dropping = attention(0.7).dropout(0.5, 5);
            Tensor x = random(22, 1, 4, 2, 2);
            GradCheck.Result result = GradCheck.check(all -> Attention.of(dropping, Optional.empty(), all), x, x.flip(1), x.mul(2));
            Expect.that("whether the gradients are the slopes with a dropout of 0.5")
                    .rule("kept(key) multiplies the weight on its way there, so also the gradient on its way back: to the value, and to the weight")
                    .value(result.passed(), true);
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 13.8: split into heads")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Splitting {

        private final Tensor two = Tensors.of(new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}}).unsqueeze(0);

        @Test
        @Order(1)
        @DisplayName("the shape")
        void shapes() {
            shape(AttentionHeads.split(Tensors.zeros(2, 5, 12), 3), "split of a (2, 5, 12) into heads of 3 numbers", "(batch, places, heads, numbers of a head)", 2, 5, 4, 3);
        }

        @Test
        @Order(2)
        @DisplayName("two places, two heads")
        void byHand() {
            Expect.that("head 0 of the places [1, 2, 3, 4] and [5, 6, 7, 8]")
                    .rule("the first two numbers of each place. [1, 2, 3, 4] would be place 0 alone: a reshape to (batch, heads, places, numbers) mixes places with heads")
                    .numbers(() -> AttentionHeads.split(two, 2).select(2, 0).data(), 1, 2, 5, 6);
            Expect.that("head 1 of the places [1, 2, 3, 4] and [5, 6, 7, 8]").rule("the last two numbers of each place").numbers(AttentionHeads.split(two, 2).select(2, 1).data(), 3, 4, 7, 8);
        }

        @Test
        @Order(3)
        @DisplayName("one head, and heads of one number")
        void edges() {
            shape(AttentionHeads.split(two, 4), "split of a (1, 2, 4) into heads of 4 numbers", "one head with everything", 1, 2, 1, 4);
            Expect.that("head 2 of heads of one number").rule("the third number of each place").numbers(AttentionHeads.split(two, 1).select(2, 2).data(), 3, 7);
        }

        @Test
        @Order(4)
        @DisplayName("a head looks with its own numbers only")
        void apart() {
            MultiHeadAttention layer = MultiHeadAttention.builder(6, 3).bias(false).build(new Generator(1));
            Tensor x = random(23, 2, 4, 6);
            Tensor before = layer.weights(x);
            Tensor rows = ((Linear) layer.child("queryKeyValue")).weight();
            for (int column = 0; column < 6; column++) {
                rows.set(3, 2, column); // the queries of head 1 are rows 2 and 3
            }
            Tensor after = layer.weights(x);
            for (int head = 0; head < 3; head++) {
                Expect.that("whether the weights of head " + head + " of 3 stay the same when the layer makes other queries for head 1")
                        .rule("each head has its own queries; only head 1 looks elsewhere now")
                        .value(after.select(1, head).allClose(before.select(1, head)), head != 1);
            }
        }

        @Test
        @Order(5)
        @DisplayName("any sizes")
        void property() {
            Tensor x = random(24, 2, 3, 20);
            Tensor got = AttentionHeads.split(x, 4);
            double[] expected = new double[x.size()];
            for (int n = 0; n < expected.length; n++) {
                expected[n] = x.get(n / 60, n / 20 % 3, n / 4 % 5 * 4 + n % 4);
            }
            Expect.that("split of a random (2, 3, 20) into heads of 4").rule("number d of head h is number h * 4 + d of the place").numbers(got.data(), expected);
        }
    }

    @Nested
    @Order(9)
    @DisplayName("Task 13.9: attend in all heads, merge, project")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Heads {

        private static final int WIDTH = 8;

        private final Tensor x = random(25, 2, 5, WIDTH);

        private MultiHeadAttention build(MultiHeadAttention.Builder options) {
            return options.build(new Generator(2));
        }

        /** Four numbers a place in two heads, which look at all places alike and take what stands there; the output as given. */
        private MultiHeadAttention averaging(double[][] output) {
            MultiHeadAttention layer = build(MultiHeadAttention.builder(4, 2).bias(false));
            ((Linear) layer.child("queryKeyValue")).weight().copyFrom(Tensors.concat(0, Tensors.zeros(8, 4), Tensors.eye(4)));
            ((Linear) layer.child("output")).weight().copyFrom(Tensors.of(output));
            return layer;
        }

        private final double[][] same = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
        private final Tensor places = Tensors.of(new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}}).unsqueeze(0);

        @Test
        @Order(1)
        @DisplayName("merge: the heads of a place stand side by side")
        void merge() {
            Expect.that("two heads that take the average of the places [1, 2, 3, 4] and [5, 6, 7, 8]")
                    .rule("head 0 finds [3, 4] at both places, head 1 [5, 6]: side by side, [3, 4, 5, 6] at each place. [3, 4, 3, 4] would be head 0 of two places")
                    .numbers(() -> averaging(same).forward(places).data(), 3, 4, 5, 6, 3, 4, 5, 6);
        }

        @Test
        @Order(2)
        @DisplayName("project: the last layer sees what all heads found")
        void project() {
            double[][] sums = {{1, 1, 1, 1}, {0, 0, 0, 1}, {0, 0, 1, 0}, {0, 0, 0, 0}};
            Expect.that("the same with an output that adds up all four numbers, then takes the last, the third and none")
                    .rule("child(\"output\") gets the merged vectors [3, 4, 5, 6]: without it no head would know of the others")
                    .numbers(() -> averaging(sums).forward(places).data(), 18, 6, 5, 0, 18, 6, 5, 0);
        }

        /** The layer by its formula. */
        private Tensor expected(MultiHeadAttention layer, Optional<RotaryEmbedding> rotary, Tensor mask) {
            int heads = layer.heads();
            int groups = layer.keyValueHeads();
            Tensor all = layer.child("queryKeyValue").forward(x).reshape(2, 5, heads + 2 * groups, layer.headWidth());
            Tensor q = all.slice(2, 0, heads);
            Tensor k = all.slice(2, heads, heads + groups);
            Tensor found = naive(
                    rotary.map(positions -> positions.rotate(q, 0)).orElse(q),
                    rotary.map(positions -> positions.rotate(k, 0)).orElse(k),
                    all.slice(2, heads + groups, heads + 2 * groups),
                    mask,
                    1 / Math.sqrt(layer.headWidth()));
            return layer.child("output").forward(found.reshape(2, 5, heads * layer.headWidth()));
        }

        @Test
        @Order(3)
        @DisplayName("the whole layer by its formula")
        void property() {
            Tensor all = Tensors.ones(2, 4, 5, 5);
            RotaryEmbedding rotary = new RotaryEmbedding(2, 16);
            MultiHeadAttention plain = build(MultiHeadAttention.builder(WIDTH, 4));
            Expect.that("4 heads on a random (2, 5, 8)").rule("softmax(q k / sqrt(2)) v in each head, merged, projected").numbers(plain.forward(x).data(), expected(plain, Optional.empty(), all).data());
            MultiHeadAttention causal = build(MultiHeadAttention.builder(WIDTH, 4).causal());
            Expect.that("4 heads, causal").rule("each place sees itself and all before it").numbers(causal.forward(x).data(), expected(causal, Optional.empty(), lowerTriangle(2, 4, 5, 5)).data());
            MultiHeadAttention turned = build(MultiHeadAttention.builder(WIDTH, 4).keyValueHeads(2).rotary(rotary));
            Expect.that("4 heads that share 2 of keys and values, with rotary positions").rule("packed(...) turns queries and keys").numbers(turned.forward(x).data(), expected(turned, Optional.of(rotary), all).data());
        }

        @Test
        @Order(4)
        @DisplayName("heads of another width")
        void headWidth() {
            MultiHeadAttention layer = build(MultiHeadAttention.builder(WIDTH, 3).headWidth(5));
            Expect.that("3 heads of 5 numbers each on a (2, 5, 8)")
                    .rule("merged, a place has heads * headWidth = 15 numbers, not as many as x; the output makes 8 of them")
                    .numbers(() -> layer.forward(x).data(), expected(layer, Optional.empty(), Tensors.ones(2, 3, 5, 5)).data());
        }

        @Test
        @Order(5)
        @DisplayName("a mask")
        void mask() {
            MultiHeadAttention layer = build(MultiHeadAttention.builder(WIDTH, 4));
            Tensor padding = Masks.padding(5, 3, 5);
            Expect.that("4 heads with padding behind 3 places of the first sequence")
                    .rule("hand the mask on to attend(...)")
                    .numbers(layer.forward(x, Optional.of(padding), KeyValueStore.NONE).data(), expected(layer, Optional.empty(), padding.expand(2, 4, 5, 5)).data());
        }

        /** Keeps keys and values. */
        private final class Memory implements KeyValueStore {
            private Optional<KeyValues> known = Optional.empty();

            @Override
            public int length() {
                return known.map(all -> all.keys().dim(1)).orElse(0);
            }

            @Override
            public KeyValues extend(KeyValues fresh) {
                KeyValues all = known.map(old -> new KeyValues(
                                Tensors.concat(1, old.keys(), fresh.keys()), Tensors.concat(1, old.values(), fresh.values())))
                        .orElse(fresh);
                known = Optional.of(all);
                return all;
            }
        }

        @Test
        @Order(6)
        @DisplayName("in two pieces, with a store that remembers the first")
        void pieces() {
            MultiHeadAttention layer = build(MultiHeadAttention.builder(WIDTH, 4).causal().rotary(new RotaryEmbedding(2, 16)));
            KeyValueStore memory = new Memory();
            Tensor first = layer.forward(x.slice(1, 0, 3), Optional.empty(), memory);
            Tensor second = layer.forward(x.slice(1, 3, 5), Optional.empty(), memory);
            Expect.that("places 0 to 2, then 3 and 4, through a store")
                    .rule("the second piece begins at position store.length(), and store goes on to attend(...): the same as the whole at once")
                    .numbers(Tensors.concat(1, first, second).data(), layer.forward(x).data());
        }

        @Test
        @Order(7)
        @DisplayName("places in another order: the same, in that order")
        void anyOrder() {
            MultiHeadAttention layer = build(MultiHeadAttention.builder(WIDTH, 2));
            Expect.that("a sequence turned round, and the result turned round")
                    .rule("without positions, attention does not know who stands where")
                    .numbers(layer.forward(x.flip(1)).flip(1).data(), layer.forward(x).data());
        }

        @Test
        @Order(8)
        @DisplayName("in use: which bank?")
        void bank() {
            Tensor ids = Tensors.zeros(24, 3); // "the" is 0 and "a" 14, "bank" is 1, the words 2 to 7 are wet and 8 to 13 are rich
            Tensor labels = Tensors.zeros(24);
            for (int i = 0; i < 24; i++) {
                ids.set(i < 12 ? 0 : 14, i, 0);
                ids.set(1, i, 1);
                ids.set(2 + i % 12, i, 2);
                labels.set(i % 12 < 6 ? 0 : 1, i);
            }
            Generator generator = new Generator(3);
            Linear meaning = new Linear(8, 2, generator);
            Sequential model = new Sequential(new Embedding(15, 8, generator), build(MultiHeadAttention.builder(8, 2)));
            Adam adam = new Adam(new Sequential(model, meaning).parameters(), 0.02);
            for (int step = 0; step < 60; step++) {
                adam.zeroGrad();
                new CrossEntropyLoss().forward(meaning.forward(model.forward(ids).select(1, 1)), labels).backward();
                adam.step();
            }
            Tensor said = meaning.forward(model.forward(ids).select(1, 1)).argmax(-1);
            Expect.that("the part of 24 sentences in which the vector of \"bank\" tells what kind of bank it is, after 60 steps")
                    .rule("\"bank\" must find the word beside it, and the gradient must find its way back")
                    .number(said.eq(labels).mean().item(), 1);
        }

        @Test
        @Order(9)
        @DisplayName("every parameter learns")
        void learns() {
            MultiHeadAttention layer = build(MultiHeadAttention.builder(WIDTH, 4).causal());
            layer.forward(x).mul(layer.forward(x)).sum().backward();
            layer.namedParameters().forEach((name, parameter) -> Expect.that("whether " + name + " has a gradient that is not 0")
                    .rule("queries, keys, values and the output all have a part in the result")
                    .value(parameter.grad().map(g -> g.abs().sum().item() > 0).orElse(false), true));
        }
    }
}
