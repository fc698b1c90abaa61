package org.tinytorch.caching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToLongBiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.tinytorch.attention.Attention;
import org.tinytorch.attention.DotProductAttention;
import org.tinytorch.attention.KeyValues;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.checks.Expect;
import org.tinytorch.optim.Adam;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.training.Trainer;
import org.tinytorch.transformer.GeneratedText;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModel;
import org.tinytorch.transformer.LanguageModelLoss;
import org.tinytorch.transformer.RandomWindows;
import org.tinytorch.transformer.Sampler;
import org.tinytorch.transformer.TextGenerator;

/** The checks of module 16, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class CachingTasksTest {

    private static final double EXACTLY = 1e-12; // sums in another order
    private static final int CONTEXT = 8;

    private static final GptConfig GPT2 = GptConfig.gpt2(7, CONTEXT, 2, 4, 8);
    private static final GptConfig LLAMA = GptConfig.llama(7, CONTEXT, 2, 4, 8).keyValueHeads(2);

    /** One number for each place of one sequence, (1, T, 1, 1). */
    private static Tensor places(double... numbers) {
        return Tensors.of(numbers, 1, numbers.length, 1, 1);
    }

    /** Keys 1, 2, 3 … and values ten times as large. */
    private static KeyValues tokens(double... numbers) {
        return new KeyValues(places(numbers), places(numbers).mul(10));
    }

    /** Counts on from a number, in any shape. */
    private static Tensor counting(int first, int... dims) {
        return Tensors.arange(first, first + Shape.of(dims).size()).reshape(dims);
    }

    private static Tensor ids(int... tokens) {
        return Tensors.of(Arrays.stream(tokens).asDoubleStream().toArray(), 1, tokens.length);
    }

    private static int[] text(int seed, int length) {
        double[] drawn = Tensors.randint(new Generator(seed), 7, length).data();
        return Arrays.stream(drawn).mapToInt(id -> (int) id).toArray();
    }

    /** A model none of whose weights is so small that its part has no say. */
    private static Gpt shaken(GptConfig config) {
        Generator generator = new Generator(1);
        Gpt model = new Gpt(config, generator);
        model.stateDict()
                .values()
                .forEach(weights -> weights.copyFrom(weights.add(
                        Tensors.randn(generator, weights.shape().dims()).mul(0.4))));
        return model;
    }

    private static Expect exactly(String input, String rule) {
        return Expect.that("whether " + input + " differ by at most 1e-12").rule(rule);
    }

    /** By how much two results differ at most. */
    private static double apart(Tensor a, Tensor b) {
        return a.sub(b).abs().max().item();
    }

    private static boolean alike(double[] a, double... b) {
        return apart(Tensors.of(a), Tensors.of(b)) <= EXACTLY;
    }

    /** Has each operation computed by its own loops, and counts something meanwhile. */
    private static long counted(ToLongBiFunction<Operation, Tensor[]> what, Runnable work) {
        long[] sum = new long[1];
        Backend before = Backend.use((op, inputs) -> {
            sum[0] += what.applyAsLong(op, inputs);
            return op.forward(inputs);
        });
        try {
            work.run();
        } finally {
            Backend.use(before);
        }
        return sum[0];
    }

    /** Of matrix products only: (m, k) times (k, n) takes m · k · n. */
    private static long multiplyAdds(Operation op, Tensor... inputs) {
        if (!(op instanceof MatMul product)) {
            return 0;
        }
        MatMul.Sizes sizes = product.sizes(inputs[0].shape(), inputs[1].shape());
        return (long) sizes.result().size() * sizes.k();
    }

    /** Of attention to what is kept only: a product with each key, and a part of each value. */
    private static long looks(Operation op, Tensor... inputs) {
        return op instanceof IncrementalAttention attention ? 2L * inputs[0].size() * attention.kept() : 0;
    }

    @Nested
    @Order(1)
    @DisplayName("Task 16.1: a slot for each place")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Slots {

        @Test
        @Order(1)
        @DisplayName("one after the other")
        void oneByOne() {
            KvBuffer buffer = new KvBuffer(1, 4, 1, 1);
            buffer.write(places(5), 0, 1, 0);
            buffer.write(places(6), 0, 1, 1);
            Expect.that("the room for 4 places after write([5]) into slot 0 and write([6]) into slot 1")
                    .rule("the first number goes where its slot begins, and nothing else is touched")
                    .numbers(buffer.room().data(), 5, 6, 0, 0);
        }

        @Test
        @Order(2)
        @DisplayName("a slot holds the vectors of all heads")
        void heads() {
            KvBuffer buffer = new KvBuffer(1, 3, 2, 2);
            Expect.that("the room for 3 places of 2 heads, 2 numbers each, after 2 places, [1 2 3 4] and [5 6 7 8], are written from slot 1 on")
                    .rule("a slot is width numbers long, the vectors of all heads: slot 1 begins at 1 * 4, and 2 places are 2 * 4 numbers")
                    .numbers(() -> written(buffer, counting(1, 1, 2, 2, 2), 0, 2, 1), 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        }

        @Test
        @Order(3)
        @DisplayName("each sequence has a room of its own")
        void sequences() {
            KvBuffer buffer = new KvBuffer(2, 4, 1, 1);
            Expect.that("two rooms for 4 places after [5 6 7] and [8 9 10] are written from slot 0 on")
                    .rule("sequence b begins at b * capacity slots where it is kept, and at b * places where it comes from: the room is longer than the text")
                    .numbers(() -> written(buffer, counting(5, 2, 3, 1, 1), 0, 3, 0), 5, 6, 7, 0, 8, 9, 10, 0);
        }

        @Test
        @Order(4)
        @DisplayName("some of the places only")
        void some() {
            KvBuffer buffer = new KvBuffer(2, 4, 1, 1);
            Expect.that("two rooms for 4 places after 2 places, from place 1 on, of [5 6 7] and [8 9 10] are written from slot 2 on")
                    .rule("from counts places of what is fresh, slot those of the room, and count says how many")
                    .numbers(() -> written(buffer, counting(5, 2, 3, 1, 1), 1, 2, 2), 0, 0, 6, 7, 0, 0, 9, 10);
        }

        @Test
        @Order(5)
        @DisplayName("what is there stays where it is")
        void others() {
            KvBuffer buffer = new KvBuffer(3, 5, 2, 3);
            Tensor before = counting(1000, 3, 5, 2, 3);
            buffer.room().copyFrom(before);
            Tensor fresh = counting(1, 3, 4, 2, 3);
            buffer.write(fresh, 2, 1, 3);
            double[] expected = before.data().clone();
            for (int b = 0; b < 3; b++) {
                for (int d = 0; d < 6; d++) {
                    expected[(b * 5 + 3) * 6 + d] = fresh.get(b, 2, d / 3, d % 3);
                }
            }
            Expect.that("three full rooms for 5 places of 2 heads, 3 numbers each, after place 2 of 4 is written into slot 3")
                    .rule("to join costs the numbers of one place, however many are kept: no other slot changes, none is copied")
                    .numbers(buffer.room().data(), expected);
            Expect.that("what was written, afterwards").rule("it is copied").numbers(fresh.data(), counting(1, 3, 4, 2, 3).data());
        }

        private double[] written(KvBuffer buffer, Tensor fresh, int from, int count, int slot) {
            buffer.write(fresh, from, count, slot);
            return buffer.room().data();
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 16.2: the oldest first")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Reading {

        private double[] read(int seen, double... slots) {
            KvBuffer buffer = new KvBuffer(1, slots.length, 1, 1);
            buffer.room().copyFrom(places(slots));
            return buffer.read(seen).data();
        }

        @Test
        @Order(1)
        @DisplayName("while there is room")
        void room() {
            Expect.that("the slots [0 1 . .] after 2 places, read")
                    .rule("the first 2 slots: nothing lies behind them yet")
                    .numbers(() -> read(2, 0, 1, -1, -1), 0, 1);
            Expect.that("the slots [0 1 2 3] after 4 places, read").rule("just full: all of them").numbers(() -> read(4, 0, 1, 2, 3), 0, 1, 2, 3);
        }

        @Test
        @Order(2)
        @DisplayName("a circle")
        void circle() {
            String rule = "kept are the last 4 places, and place p lies in slot p % 4: begin with the oldest, go on to the end of the room, then from its beginning";
            Expect.that("the slots [4 1 2 3] after 5 places, read").rule(rule).numbers(() -> read(5, 4, 1, 2, 3), 1, 2, 3, 4);
            Expect.that("the slots [4 5 2 3] after 6 places, read").rule(rule).numbers(() -> read(6, 4, 5, 2, 3), 2, 3, 4, 5);
            Expect.that("the slots [4 5 6 7] after 8 places, read").rule(rule).numbers(() -> read(8, 4, 5, 6, 7), 4, 5, 6, 7);
            Expect.that("the slots [12 13 10 11] after 14 places, read").rule(rule).numbers(() -> read(14, 12, 13, 10, 11), 10, 11, 12, 13);
        }

        @Test
        @Order(3)
        @DisplayName("several sequences, several heads, one place after the other")
        void grows() {
            KvBuffer buffer = new KvBuffer(2, 3, 2, 2);
            Tensor all = counting(0, 2, 10, 2, 2);
            for (int seen = 1; seen <= 10; seen++) {
                buffer.write(all, seen - 1, 1, (seen - 1) % 3);
                int written = seen;
                int first = Math.max(0, seen - 3);
                Expect.that("the shape of what is read after " + seen + " places of 2 sequences, 2 heads, 2 numbers each, with room for 3")
                        .rule("(batch, kept, heads, width): sequence b begins at b * capacity slots in the room, and at b * kept in the copy")
                        .value(() -> buffer.read(written).shape(), Shape.of(2, seen - first, 2, 2));
                Expect.that("what is read after " + seen + " places of 2 sequences, 2 heads, 2 numbers each, with room for 3")
                        .rule("sequence b begins at b * capacity slots in the room, and at b * kept in the copy; a slot is width numbers long")
                        .numbers(() -> buffer.read(written).data(), all.slice(1, first, seen).data());
            }
        }

        @Test
        @Order(4)
        @DisplayName("a copy")
        void copy() {
            KvBuffer buffer = new KvBuffer(1, 2, 1, 1);
            buffer.room().copyFrom(places(0, 1));
            Tensor read = buffer.read(2);
            buffer.write(places(2), 0, 1, 0);
            Expect.that("[0 1], read before 2 is written into slot 0").rule("what was read is a copy").numbers(read.data(), 0, 1);
            Expect.that("the same read again").rule("the oldest first").numbers(() -> buffer.read(3).data(), 1, 2);
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 16.3: behind the others")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Behind {

        @Test
        @Order(1)
        @DisplayName("two tokens")
        void two() {
            KvCache cache = KvCache.of(4);
            cache.extend(tokens(1));
            Expect.that("length() after one token")
                    .rule("the cache is advanced by as many places as were written: else the next one goes into the same slot")
                    .value(cache.length(), 1);
            KeyValues all = cache.extend(tokens(2));
            Expect.that("the keys after [1] and [2], with the values [10] and [20]").rule("keys go to the keys, the next one into the next slot").numbers(all.keys().data(), 1, 2);
            Expect.that("the values after [10] and [20], with the keys [1] and [2]").rule("values go to the values, as the keys to the keys").numbers(all.values().data(), 10, 20);
        }

        @Test
        @Order(2)
        @DisplayName("a prompt, then a token")
        void prompt() {
            KvCache cache = KvCache.of(8);
            cache.extend(tokens(1, 2, 3));
            Expect.that("length() after three tokens at once").rule("it counts tokens, not calls").value(cache.length(), 3);
            KeyValues all = cache.extend(tokens(4));
            Expect.that("the keys after [1 2 3] at once and [4]").rule("all three of the prompt are written, count places, and the fourth behind them, into slot 3").numbers(all.keys().data(), 1, 2, 3, 4);
            Expect.that("the values after [10 20 30] at once and [40]").rule("all three of the prompt are written, count places, and the fourth behind them, into slot 3").numbers(all.values().data(), 10, 20, 30, 40);
        }

        @Test
        @Order(3)
        @DisplayName("some places only")
        void some() {
            KvCache cache = KvCache.of(8);
            cache.extend(tokens(1));
            cache.append(tokens(5, 6, 7), 1, 2);
            KeyValues all = cache.extend(tokens(2));
            Expect.that("the keys after [1], two places from place 1 on of [5 6 7], and [2]").rule("from and count say which places are written").numbers(all.keys().data(), 1, 6, 7, 2);
            Expect.that("the values after the same").rule("from and count say which places are written").numbers(all.values().data(), 10, 60, 70, 20);
        }

        @Test
        @Order(4)
        @DisplayName("a window slides")
        void window() {
            KvCache cache = KvCache.slidingWindow(3);
            double[][] expected = {{1}, {1, 2}, {1, 2, 3}, {2, 3, 4}, {3, 4, 5}, {4, 5, 6}, {5, 6, 7}};
            for (int token = 1; token <= 7; token++) {
                int last = token;
                double[][] kept = new double[1][];
                String rule = "slot length % capacity: the newest takes the slot of the oldest; length counts all that were seen, the forgotten ones too, as it is the position of the next token";
                Expect.that("length() of a window of 3 after the tokens 1 … " + last)
                        .rule(rule)
                        .value(
                                () -> {
                                    kept[0] = cache.extend(tokens(last)).keys().data();
                                    return cache.length();
                                },
                                last);
                Expect.that("the keys that a window of 3 keeps after the tokens 1 … " + last).rule(rule).numbers(kept[0], expected[token - 1]);
            }
        }

        @Test
        @Order(5)
        @DisplayName("the bytes, taken once")
        void bytes() {
            Gpt gpt = shaken(GPT2);
            GptCache cache = GptCache.of(gpt);
            long before = cache.bytes();
            long[] after = new long[2];
            try (NoGrad scope = NoGrad.enter()) {
                gpt.last(ids(1, 2, 3), cache.stores());
                after[0] = cache.bytes();
                gpt.last(ids(4, 5), cache.stores());
                after[1] = cache.bytes();
            }
            Expect.that("bytes of the cache of 2 layers, 4 heads, 2 numbers each, with room for 8 tokens: before, after 3 and after 5 tokens")
                    .rule("keys and values, 2 * layers * heads * room * head width * 8 = 2 * 2 * 4 * 8 * 2 * 8 bytes, at the first token and never again")
                    .numbers(new double[] {before, after[0], after[1]}, 0, 2048, 2048);
            Expect.that("how many tokens the cache has seen").rule("3 and 2").value(cache.length(), 5);
        }

        @Test
        @Order(6)
        @DisplayName("in use: the second half of a text")
        void halves() {
            int[] text = text(1, 7);
            for (GptConfig config : List.of(GPT2, LLAMA)) {
                Gpt gpt = shaken(config);
                GptCache cache = GptCache.of(gpt);
                try (NoGrad scope = NoGrad.enter()) {
                    gpt.forward(ids(Arrays.copyOf(text, 3)), cache.stores());
                    Tensor second = gpt.forward(ids(Arrays.copyOfRange(text, 3, 7)), cache.stores());
                    exactly(
                                    "the logits of the places 3 … 6 of a text, its places 0 … 2 being kept, and those of the whole text, " + config.style(),
                                    "what comes next stands at the position length(), not at 0, and each place sees all that is kept and nothing ahead: the mask begins with what is kept")
                            .value(apart(second, gpt.forward(ids(text)).slice(1, 3, 7)) <= EXACTLY, true);
                }
            }
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 16.4: one query looks around")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class OneQuery {

        private final Tensor one = places(1);

        private double[] look(double scale, int kept, Tensor query, Tensor keys, Tensor values) {
            return new IncrementalAttention(scale, kept).forward(query, keys, values).data();
        }

        @Test
        @Order(1)
        @DisplayName("the weights 1/4 and 3/4")
        void byHand() {
            Tensor keys = places(0, Math.log(3));
            Tensor values = Tensors.of(new double[] {4, 2, 0, 6}, 1, 2, 1, 2);
            Expect.that("query [1], keys [0], [log 3], values [4, 2], [0, 6], scale 1")
                    .rule("the scores 0 and log 3 make 1 and 3 of 4: 1/4 of the first value and 3/4 of the second")
                    .numbers(() -> look(1, 2, one, keys, values), 1, 5);
            Expect.that("the same with the keys [0], [2 log 3] and the scale 1/2")
                    .rule("score = scale * q . k, before exp")
                    .numbers(() -> look(0.5, 2, one, keys.mul(2), values), 1, 5);
        }

        @Test
        @Order(2)
        @DisplayName("all numbers of a vector")
        void vectors() {
            Tensor query = Tensors.of(new double[] {2, 0, 2, 0}, 1, 1, 1, 4);
            Tensor keys = Tensors.of(new double[] {0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0}, 1, 3, 1, 4);
            Tensor values = Tensors.of(new double[] {0, 0, 10, 0, 0, 10}, 1, 3, 1, 2);
            double sum = 1 + Math.exp(2) + 1;
            Expect.that("\"the river bank\" of module 13: query [2, 0, 2, 0], keys [0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 0], values [0, 0], [10, 0], [0, 10], scale 1/2")
                    .rule("the products are 0, 4, 0, the scores 0, 2, 0, the weights 0.107, 0.787, 0.107")
                    .numbers(() -> look(0.5, 3, query, keys, values), 10 * Math.exp(2) / sum, 10 / sum);
        }

        @Test
        @Order(3)
        @DisplayName("what is not kept is not looked at")
        void kept() {
            String rule = "only the first kept slots: those behind them hold nothing yet, and a 0 there would get a weight of exp(0) = 1";
            Expect.that("query [1], keys [0], [log 3] and two empty slots, values [4], [0] and two empty slots, kept = 2")
                    .rule(rule)
                    .numbers(() -> look(1, 2, one, places(0, Math.log(3), 0, 0), places(4, 0, 0, 0)), 1);
            Expect.that("query [1], keys [0], [log 3] and two slots with NaN, values alike, kept = 2")
                    .rule(rule)
                    .numbers(() -> look(1, 2, one, places(0, Math.log(3), Double.NaN, Double.NaN), places(4, 0, Double.NaN, Double.NaN)), 1);
            Expect.that("query [1], key [7], value [9] and an empty slot, kept = 1")
                    .rule("the only one gets the weight 1")
                    .numbers(() -> look(1, 1, one, places(7, 0), places(9, 0)), 9);
        }

        @Test
        @Order(4)
        @DisplayName("large scores, and small ones")
        void stable() {
            String rule = "exp(1000) is infinite, exp(-1000) is 0: subtract the largest score first, as module 13 did";
            Expect.that("query [1], keys [1000], [1000], values [4], [2]").rule(rule).numbers(() -> look(1, 2, one, places(1000, 1000), places(4, 2)), 3);
            Expect.that("query [1], keys [1000], [0], values [4], [2]").rule(rule).numbers(() -> look(1, 2, one, places(1000, 0), places(4, 2)), 4);
            Expect.that("query [1], keys [-1000], [-1000], values [4], [2]").rule(rule).numbers(() -> look(1, 2, one, places(-1000, -1000), places(4, 2)), 3);
        }

        @Test
        @Order(5)
        @DisplayName("every head of every sequence")
        void heads() {
            Tensor query = Tensors.randn(new Generator(1), 2, 1, 4, 3);
            Tensor keys = Tensors.randn(new Generator(2), 2, 6, 2, 3);
            Tensor values = Tensors.randn(new Generator(3), 2, 6, 2, 5);
            double[] expected = new double[2 * 4 * 5];
            for (int i = 0; i < expected.length; i++) {
                int b = i / 20;
                int h = i / 5 % 4;
                double sum = 0;
                double mixed = 0;
                for (int key = 0; key < 4; key++) {
                    double dot = 0;
                    for (int d = 0; d < 3; d++) {
                        dot += query.get(b, 0, h, d) * keys.get(b, key, h / 2, d);
                    }
                    sum += Math.exp(0.7 * dot);
                    mixed += Math.exp(0.7 * dot) * values.get(b, key, h / 2, i % 5);
                }
                expected[i] = mixed / sum;
            }
            Expect.that("2 sequences, 4 heads of random queries (2, 1, 4, 3), room for 6 keys of 2 heads (2, 6, 2, 3), values (2, 6, 2, 5), kept = 4, scale 0.7")
                    .rule("two heads in a row share the keys of one: at(keys, b, key, group), at(values, b, key, group)")
                    .numbers(() -> look(0.7, 4, query, keys, values), expected);
        }

        @Test
        @Order(6)
        @DisplayName("in use: the last row of module 13's attention")
        void lastRow() {
            Tensor queries = Tensors.randn(new Generator(4), 2, 9, 2, 4);
            Tensor keys = Tensors.randn(new Generator(5), 2, 9, 2, 4);
            Tensor values = Tensors.randn(new Generator(6), 2, 9, 2, 4);
            Tensor last = new IncrementalAttention(Attention.scale(4), 9).forward(queries.slice(1, 8, 9), keys, values);
            exactly("the result for the last of 9 queries alone and the last row of Attention.causal for all of them", "the last place sees all keys, in whatever order they are added up")
                    .value(apart(last, Attention.causal(queries, keys, values).slice(1, 8, 9)) <= EXACTLY, true);
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 16.5: join, then look")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Joining {

        private final DotProductAttention attention = new DotProductAttention(true, 1);

        /** Asks with queries of 1; gives what each finds. */
        private double[] ask(KvCache cache, double[] keys, double... values) {
            Tensor queries = Tensors.ones(1, keys.length, 1, 1);
            return cache.attend(attention, Optional.empty(), queries, new KeyValues(places(keys), places(values))).data();
        }

        @Test
        @Order(1)
        @DisplayName("the first token sees itself")
        void itself() {
            KvCache cache = KvCache.of(4);
            Expect.that("what a first token with the key [5] and the value [7] finds")
                    .rule("its own key and value join before its query looks: it sees itself, and not the empty slots; the inputs are query, keys, values")
                    .numbers(() -> ask(cache, new double[] {5}, 7), 7);
        }

        @Test
        @Order(2)
        @DisplayName("the second sees both")
        void both() {
            KvCache cache = KvCache.of(4);
            ask(cache, new double[] {0}, 4);
            Expect.that("what a second token with the key [log 3] and the value [0] finds, after one with the key [0] and the value [4], room for 4")
                    .rule("it looks at kept() keys, 2 of 4: the weights 1/4 and 3/4")
                    .numbers(() -> ask(cache, new double[] {Math.log(3)}, 0), 1);
            Expect.that("length() after both").rule("each of them joins once").value(cache.length(), 2);
        }

        @Test
        @Order(3)
        @DisplayName("scaled")
        void scaled() {
            KvCache cache = KvCache.of(4);
            DotProductAttention half = new DotProductAttention(true, 0.5);
            cache.attend(half, Optional.empty(), places(1), new KeyValues(places(0), places(4)));
            Expect.that("what a second token with the key [2 log 3] and the value [0] finds, after one with the key [0] and the value [4], at the scale 1/2")
                    .rule("the scale of the attention goes along")
                    .numbers(() -> cache.attend(half, Optional.empty(), places(1), new KeyValues(places(2 * Math.log(3)), places(0))).data(), 1);
        }

        @Test
        @Order(4)
        @DisplayName("a window: each joins and looks before the next comes")
        void window() {
            KvCache cache = KvCache.slidingWindow(2);
            Expect.that("what four tokens with equal keys and the values 1, 2, 4, 8 find at once through a window of 2")
                    .rule("each place of fresh joins, looks at the last two, and only then comes the next: the means of [1], [1 2], [2 4], [4 8]; a window keeps no more than its capacity")
                    .numbers(() -> ask(cache, new double[] {0, 0, 0, 0}, 1, 2, 4, 8), 1, 1.5, 3, 6);
        }

        @Test
        @Order(5)
        @DisplayName("where they lie")
        void noCopies() {
            KvCache cache = KvCache.of(6);
            List<Integer> kept = new ArrayList<>();
            List<Tensor> rooms = new ArrayList<>();
            counted(
                    (op, inputs) -> {
                        if (op instanceof IncrementalAttention incremental) {
                            kept.add(incremental.kept());
                            rooms.add(inputs[1]);
                            rooms.add(inputs[2]);
                        }
                        return 0;
                    },
                    () -> {
                        for (int token = 0; token < 4; token++) {
                            ask(cache, new double[] {token}, token);
                        }
                    });
            Expect.that("how many keys each of four tokens looks at, by Operation.run(new IncrementalAttention(…), …)")
                    .rule("one more for each token")
                    .ints(kept.stream().mapToInt(Integer::intValue).toArray(), 1, 2, 3, 4);
            long tensors = IntStream.range(0, rooms.size())
                    .filter(i -> IntStream.range(0, i).noneMatch(j -> rooms.get(j) == rooms.get(i)))
                    .count();
            Expect.that("in how many different tensors the four tokens look for keys and values")
                    .rule("in two, the rooms themselves: a copy of all that is kept would cost more with each token")
                    .value(tensors, 2L);
        }

        @Test
        @Order(6)
        @DisplayName("in use: a text token by token")
        void tokenByToken() {
            int[] text = text(2, CONTEXT);
            for (GptConfig config : List.of(GPT2, LLAMA)) {
                Gpt gpt = shaken(config);
                GptCache cache = GptCache.of(gpt);
                try (NoGrad scope = NoGrad.enter()) {
                    Tensor whole = gpt.forward(ids(text));
                    for (int place = 0; place < text.length; place++) {
                        Tensor alone = gpt.forward(ids(text[place]), cache.stores());
                        exactly(
                                        "the logits of place " + place + " of a text, given alone, and those of the whole text, " + config.style(),
                                        "a new token stands at the position length(), and sees all that is kept and itself")
                                .value(apart(alone, whole.slice(1, place, place + 1)) <= EXACTLY, true);
                    }
                }
            }
        }

        @Test
        @Order(7)
        @DisplayName("the work of a token")
        void work() {
            Gpt gpt = shaken(GPT2);
            GptCache cache = GptCache.of(gpt);
            double[] products = new double[CONTEXT];
            double[] attention = new double[CONTEXT];
            double[] growing = new double[CONTEXT];
            try (NoGrad scope = NoGrad.enter()) {
                for (int place = 0; place < CONTEXT; place++) {
                    Tensor token = ids(place % 7);
                    int[] again = {0, 0};
                    products[place] = counted(
                            (op, inputs) -> {
                                again[0] += (int) looks(op, inputs);
                                return multiplyAdds(op, inputs);
                            },
                            () -> gpt.last(token, cache.stores()));
                    attention[place] = again[0];
                    growing[place] = 2 * 2 * 8 * (place + 1);
                }
            }
            double[] constant = new double[CONTEXT];
            Arrays.fill(constant, 2 * 12 * 8 * 8 + 8 * 7);
            Expect.that("multiply-adds of the matrix products for each of 8 tokens, 2 blocks, 8 wide, 7 tokens in the vocabulary")
                    .rule("12 C * C for each block and C * V for the head, for every token the same: one row goes through the layers")
                    .numbers(products, constant);
            Expect.that("multiply-adds of the attention for each of the 8 tokens")
                    .rule("2 C for each key that is kept and each block: all that grows")
                    .numbers(attention, growing);
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 16.6: how two texts begin")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Beginnings {

        private void expect(String rule, int expected, int[] a, int... b) {
            Expect.that("commonPrefix(" + Arrays.toString(a) + ", " + Arrays.toString(b) + ")")
                    .rule(rule)
                    .value(() -> CachedLanguageModel.commonPrefix(a, b), expected);
        }

        @Test
        @Order(1)
        @DisplayName("two that part")
        void part() {
            expect("5 and 6 are the same, then the texts part", 2, new int[] {5, 6, 7}, 5, 6, 8, 9);
            expect("they part at once", 0, new int[] {5, 6}, 7, 5);
        }

        @Test
        @Order(2)
        @DisplayName("one is the beginning of the other")
        void shorter() {
            expect("all of the shorter one", 2, new int[] {5, 6}, 5, 6, 7);
            expect("all of the shorter one, whichever it is", 2, new int[] {5, 6, 7}, 5, 6);
            expect("two equal texts have all in common", 3, new int[] {5, 6, 7}, 5, 6, 7);
            expect("no text, nothing in common", 0, new int[] {}, 5, 6);
        }

        @Test
        @Order(3)
        @DisplayName("what agrees again later does not count")
        void later() {
            expect("behind the first difference nothing counts: the vectors of later tokens hold what came before them", 1, new int[] {1, 2, 3, 4}, 1, 9, 3, 4);
        }

        @Test
        @Order(4)
        @DisplayName("many texts")
        void many() {
            for (int seed = 1; seed <= 50; seed++) {
                int[] a = text(seed, seed % 9);
                int[] b = Arrays.copyOf(a, (seed * 5) % 11);
                int longest = Math.min(a.length, b.length);
                if (longest > 3) {
                    b[longest - 2] = 9;
                }
                expect("the first difference ends it", longest > 3 ? longest - 2 : longest, a, b);
            }
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 16.7: forget several at once")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Dropping {

        private final CachedLanguageModel model = CachedLanguageModel.of(shaken(GPT2));

        private void expect(int drop, String rule, int[] lengths, int... expected) {
            Expect.that("firstSeen of texts of " + Arrays.toString(lengths) + " tokens, a context of 8, dropping(" + drop + ")")
                    .rule(rule)
                    .numbers(
                            () -> Arrays.stream(lengths).map(model.dropping(drop)::firstSeen).asDoubleStream().toArray(),
                            Arrays.stream(expected).asDoubleStream().toArray());
        }

        @Test
        @Order(1)
        @DisplayName("a text that fits")
        void fits() {
            expect(3, "a text that fits into the context is seen from its beginning", new int[] {1, 7, 8}, 0, 0, 0);
        }

        @Test
        @Order(2)
        @DisplayName("one at a time")
        void one() {
            expect(1, "so many as are too many: length - context", new int[] {9, 10, 20}, 1, 2, 12);
        }

        @Test
        @Order(3)
        @DisplayName("three at once")
        void three() {
            expect(3, "the least multiple of 3 that makes it fit: 9 tokens are 1 too many, so 3 are forgotten, and 10 and 11 fit without another change", new int[] {9, 10, 11, 12, 14, 15}, 3, 3, 3, 6, 6, 9);
        }

        @Test
        @Order(4)
        @DisplayName("never more than fit, never fewer than need be")
        void fitting() {
            for (int drop = 1; drop <= CONTEXT; drop++) {
                for (int length = 1; length <= 60; length++) {
                    int first = model.dropping(drop).firstSeen(length);
                    int seen = length - first;
                    String what = " of " + length + " tokens with a context of 8, dropping(" + drop + "), first seen " + first;
                    Expect.that("whether what is seen" + what).rule("at most the context, at least one token").value(seen <= CONTEXT && seen >= 1, true);
                    Expect.that("whether what is forgotten" + what)
                            .rule("a multiple of what is dropped at once, and no more than it takes")
                            .value(first % drop == 0 && (first == 0 || seen + drop > CONTEXT), true);
                }
            }
        }

        @Test
        @Order(5)
        @DisplayName("how many tokens have to be worked out anew")
        void counted() {
            double[] rows = new double[3];
            int[] drops = {1, 4, 8};
            for (int i = 0; i < drops.length; i++) {
                CachedLanguageModel dropping = model.dropping(drops[i]);
                for (int length = CONTEXT + 1; length <= CONTEXT + 80; length++) {
                    boolean moved = dropping.firstSeen(length) != dropping.firstSeen(length - 1);
                    rows[i] += moved ? length - dropping.firstSeen(length) : 1;
                }
            }
            Expect.that("tokens to be worked out for 80 more beyond a context of 8, dropping 1, 4 and 8 at once, if a text is worked out anew when its beginning moves")
                    .rule("80 times 8; then 20 times 5 and 60 times 1; then one for each token: where the text begins may move only when the context is full")
                    .numbers(rows, 640, 160, 80);
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 16.8: only what is new")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class OnlyNew {

        private final Gpt gpt = shaken(GPT2);
        private final LanguageModel plain = LanguageModel.of(gpt);

        private void same(String what, String rule, CachedLanguageModel cached, LanguageModel expected, int... tokens) {
            exactly("the logits that follow " + Arrays.toString(tokens) + what + " and those of LanguageModel.of", rule)
                    .value(() -> alike(cached.next(tokens), expected.next(tokens)), true);
        }

        /** Counts how many tokens the model has worked out. */
        private LongSupplier rows() {
            long[] rows = new long[1];
            gpt.child("tokens").onForward((path, layer, x, y) -> rows[0] += x.dim(1));
            return () -> rows[0];
        }

        @Test
        @Order(1)
        @DisplayName("a prompt, and a token more")
        void grows() {
            CachedLanguageModel cached = CachedLanguageModel.of(gpt);
            same(", the first text", "all of it is new", cached, plain, 1, 2, 3);
            same(" after 1, 2, 3", "the fourth token stands at position 3 and sees the three before it", cached, plain, 1, 2, 3, 4);
        }

        @Test
        @Order(2)
        @DisplayName("how many tokens are worked out")
        void counted() {
            CachedLanguageModel cached = CachedLanguageModel.of(gpt);
            LongSupplier rows = rows();
            double[] got = new double[4];
            String rule = "only those behind the common beginning; of a text that is known already the last one, as its logits are asked for; known is what was seen";
            int[][] texts = {{1, 2, 3, 4, 5}, {1, 2, 3, 4, 5, 6}, {1, 2, 3, 4, 5, 6}, {1, 2, 3, 6}};
            Expect.that("how many tokens are worked out for 1 2 3 4 5, then 1 2 3 4 5 6, then the same again, then 1 2 3 6")
                    .rule(rule)
                    .numbers(
                            () -> {
                                for (int i = 0; i < texts.length; i++) {
                                    long before = rows.getAsLong();
                                    cached.next(texts[i]);
                                    got[i] = rows.getAsLong() - before;
                                }
                                return got;
                            },
                            5, 1, 1, 1);
            Expect.that("remembered() afterwards").rule("the last text, 1 2 3 6").value(cached.remembered(), 4);
        }

        @Test
        @Order(3)
        @DisplayName("a text that goes on differently")
        void otherwise() {
            CachedLanguageModel cached = CachedLanguageModel.of(gpt);
            cached.next(new int[] {1, 2, 3, 4});
            String rule = "what was kept of the old end is forgotten first: truncate to the common beginning; else the new tokens stand behind it, and see it";
            same(" after 1, 2, 3, 4", rule, cached, plain, 1, 2, 5, 6);
            same(" after 1, 2, 5, 6", rule, cached, plain, 1, 2);
            same(" after 1, 2", rule, cached, plain, 1, 2);
            same(" after 1, 2", rule, cached, plain, 6, 2, 1);
        }

        @Test
        @Order(4)
        @DisplayName("writing is not training")
        void evaluation() {
            Gpt drops = shaken(GPT2.dropout(0.5));
            CachedLanguageModel cached = CachedLanguageModel.of(drops);
            boolean[] recorded = new boolean[1];
            int[] placesAtTheEnd = new int[1];
            drops.child("norm").onForward((path, layer, x, y) -> {
                recorded[0] |= y.requiresGrad();
                placesAtTheEnd[0] = x.dim(1);
            });
            String rule = "in evaluation mode nothing is dropped (Modes.evaluation); within NoGrad a cache can keep what it gets";
            same(", of a model with dropout 0.5 that is being trained", rule, cached, LanguageModel.of(drops), 1, 2, 3);
            Expect.that("whether the model is in training mode again afterwards").rule("the mode it was in comes back when the scope of Modes closes").value(drops.isTraining(), true);
            cached.next(new int[] {1, 2, 3, 4, 5, 6});
            Expect.that("whether anything was recorded for gradients").rule("nobody goes back from here: NoGrad").value(recorded[0], false);
            Expect.that("for how many of the 3 new places the last norm and the head were computed")
                    .rule("the logits of the last place are all that is needed: model.last")
                    .value(placesAtTheEnd[0], 1);
        }

        @Test
        @Order(5)
        @DisplayName("beyond the context")
        void beyond() {
            CachedLanguageModel cached = CachedLanguageModel.of(gpt);
            CachedLanguageModel dropping = CachedLanguageModel.of(gpt).dropping(3);
            int[] text = text(3, 3 * CONTEXT);
            for (int length = 1; length <= text.length; length++) {
                int[] tokens = Arrays.copyOf(text, length);
                same(" with a context of 8", "of a longer text the last 8 tokens are seen, and they have other positions than before", cached, plain, tokens);
                int first = length <= 8 ? 0 : (length - 6) / 3 * 3;
                int[] seen = Arrays.copyOfRange(text, first, length);
                exactly("the logits that follow " + length + " tokens, dropping(3), and those that follow its tokens from " + first + " on", "compare with what is seen now, not with the whole text")
                        .value(() -> alike(dropping.next(tokens), plain.next(seen)), true);
            }
        }

        @Test
        @Order(6)
        @DisplayName("the work of a token, with and without")
        void work() {
            Gpt longer = shaken(GptConfig.gpt2(7, 32, 2, 4, 8));
            CachedLanguageModel cached = CachedLanguageModel.of(longer);
            LanguageModel without = LanguageModel.of(longer);
            int[] text = text(4, 32);
            int[] lengths = {8, 16, 32};
            double[] with = new double[lengths.length];
            double[] ratio = new double[lengths.length];
            for (int i = 0; i < lengths.length; i++) {
                int[] tokens = Arrays.copyOf(text, lengths[i]);
                cached.next(Arrays.copyOf(tokens, tokens.length - 1));
                with[i] = CachingTasksTest.counted(CachingTasksTest::multiplyAdds, () -> cached.next(tokens));
                double head = 8 * 7; // once in both: the last place's
                ratio[i] = (CachingTasksTest.counted(CachingTasksTest::multiplyAdds, () -> without.next(tokens)) - head) / (with[i] - head);
            }
            double products = 2 * 12 * 8 * 8 + 8 * 7;
            Expect.that("multiply-adds of the matrix products for the 8th, the 16th and the 32nd token, 2 blocks, 8 wide, 7 tokens in the vocabulary")
                    .rule("12 C * C for each block and C * V for the head, however long the text is")
                    .numbers(with, products, products, products);
            Expect.that("how many times as many the blocks take without a cache").rule("as many times as there are tokens").numbers(ratio, 8, 16, 32);
        }

        @Test
        @Order(7)
        @DisplayName("in use: a GPT that you have trained writes the same, only sooner")
        void writes() {
            String line = "the quick brown fox jumps over a lazy dog. ";
            CharTokenizer tokenizer = CharTokenizer.of(line);
            Gpt model = new Gpt(GptConfig.gpt2(tokenizer.vocabularySize(), 16, 2, 2, 16), new Generator(1));
            Trainer trainer = Trainer.builder(model, new LanguageModelLoss(), new Adam(model.parameters(), 0.02)).build();
            trainer.fit(new RandomWindows(tokenizer.encode(line.repeat(3)), 16, 8, 80, new Generator(2)), 1);
            for (Sampler sampler : List.of(Sampler.greedy(), Sampler.temperature(1.2).topK(5))) {
                TextGenerator without = TextGenerator.of(LanguageModel.of(model), tokenizer).sampler(sampler).maxTokens(40);
                TextGenerator with = TextGenerator.of(CachedLanguageModel.of(model), tokenizer).sampler(sampler).maxTokens(40);
                GeneratedText expected = without.generate("the qu", new Generator(3));
                Expect.that("40 tokens that go on from \"the qu\", by a GPT with a context of 16 that has learnt the line, " + sampler)
                        .rule("the same tokens as without a cache, beyond the context as well")
                        .value(() -> with.generate("the qu", new Generator(3)), expected);
            }
        }
    }
}
