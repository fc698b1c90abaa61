package org.tinytorch.embedding;

import java.util.OptionalInt;
import java.util.stream.IntStream;
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
import org.tinytorch.embedding.RotatePairs.Layout;
import org.tinytorch.loss.BceWithLogitsLoss;
import org.tinytorch.optim.Adam;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The checks of module 12, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class EmbeddingTasksTest {

    private static final String TABLE = "the table [[1, 2], [3, 4], [5, 6]]";

    private static Tensor table() {
        return Tensors.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
    }

    private static Tensor random(long seed, int... shape) {
        return Tensors.randn(new Generator(seed), shape);
    }

    private static void shape(Expect.Answer<Tensor> got, String input, String rule, int... expected) {
        Expect.that("the shape of " + input).rule(rule).value(() -> got.get().shape(), Shape.of(expected));
    }

    private static double[] row(Tensor matrix, int row) {
        return matrix.select(0, row).data();
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    @Nested
    @Order(1)
    @DisplayName("Task 12.1: look up a row for each id")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class LookingUp {

        private Tensor rows(Tensor table, Tensor ids) {
            return new Lookup().forward(table, ids);
        }

        @Test
        @Order(1)
        @DisplayName("three ids")
        void byHand() {
            Expect.that("the ids [2, 0, 2] in " + TABLE)
                    .rule("the first id is 2, so the first row of the result is row 2 of the table, which begins at 2 * 2 = 4 of its numbers")
                    .numbers(() -> rows(table(), Tensors.of(2, 0, 2)).data(), 5, 6, 1, 2, 5, 6);
        }

        @Test
        @Order(2)
        @DisplayName("more ids than rows")
        void manyIds() {
            Expect.that("the ids [1, 1, 0, 1] in the table [[10, 20, 30], [40, 50, 60]]")
                    .rule("a row may be asked for as often as you like; each id gets a place of its own in the result")
                    .numbers(
                            () -> rows(Tensors.of(new double[][] {{10, 20, 30}, {40, 50, 60}}), Tensors.of(1, 1, 0, 1)).data(),
                            40, 50, 60, 40, 50, 60, 10, 20, 30, 40, 50, 60);
        }

        @Test
        @Order(3)
        @DisplayName("shapes")
        void shapes() {
            String rule = "the shape of the ids, with one more axis behind it: the numbers of a row";
            shape(() -> rows(table(), Tensors.of(2, 0, 2)), "3 ids in " + TABLE, rule, 3, 2);
            shape(() -> rows(table(), Tensors.zeros(4, 5)), "ids (4, 5) in " + TABLE, rule, 4, 5, 2);
            shape(() -> rows(table(), Tensors.zeros(0)), "no ids in " + TABLE, rule, 0, 2);
        }

        @Test
        @Order(4)
        @DisplayName("an id that is none")
        void noSuchId() {
            Expect.that("the ids [0, 3] in " + TABLE)
                    .rule("three rows have the ids 0, 1 and 2. Let Indices.at read the id: it checks, and it names the place")
                    .error(IndexOutOfBoundsException.class, "embedding: index 3.0 at position 1", () -> rows(table(), Tensors.of(0, 3)));
            Expect.that("the ids [-1] in " + TABLE)
                    .rule("there is nothing before row 0")
                    .error(IndexOutOfBoundsException.class, "embedding: index -1.0 at position 0", () -> rows(table(), Tensors.of(-1.0)));
            Expect.that("the ids [0.5] in " + TABLE)
                    .rule("ids are names: half an id is none. A cast to int would make row 0 of it without a word")
                    .error(IndexOutOfBoundsException.class, "embedding: index 0.5 at position 0", () -> rows(table(), Tensors.of(0.5)));
        }

        @Test
        @Order(5)
        @DisplayName("what a one-hot vector times the table gives")
        void oneHot() {
            Tensor table = random(121, 7, 5);
            Tensor ids = Tensors.randint(new Generator(122), 7, 12);
            Tensor product = Tensors.oneHot(ids, 7).matmul(table);
            Expect.that("12 random ids in a random table (7, 5)")
                    .rule("the same as one-hot vectors (12, 7) times the table (7, 5)")
                    .numbers(() -> rows(table, ids).data(), product.data());
        }

        @Test
        @Order(6)
        @DisplayName("the layer")
        void layer() {
            Embedding embedding = new Embedding(4, 3, new Generator(123));
            Tensor weight = embedding.weight();
            double[] expected = Tensors.stack(0, weight.select(0, 3), weight.select(0, 1)).data();
            Expect.that("the ids [[3], [1]] in a new Embedding(4, 3)")
                    .rule("rows 3 and 1 of its weight")
                    .numbers(() -> embedding.forward(Tensors.of(new double[][] {{3}, {1}})).data(), expected);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 12.2: the gradient of a row that was used more than once")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class RepeatedRows {

        private final Tensor g = Tensors.of(new double[][] {{1, 10}, {2, 20}, {3, 30}});

        private Tensor gradient(int rows, int padding, Tensor ids, Tensor upstream) {
            return new Lookup.Gradient(rows, padding).forward(ids, upstream);
        }

        @Test
        @Order(1)
        @DisplayName("three places, two rows")
        void byHand() {
            Expect.that("the gradient of a table of 3 rows, for the ids [2, 0, 2] and g = [[1, 10], [2, 20], [3, 30]]")
                    .rule("row 2 stood at places 0 and 2, so it gets the sum of both, 1 + 3 and 10 + 30: not the last of them, and not their mean."
                            + " Row 1 was not used and gets 0")
                    .numbers(() -> gradient(3, -1, Tensors.of(2, 0, 2), g).data(), 2, 20, 0, 0, 4, 40);
        }

        @Test
        @Order(2)
        @DisplayName("shapes")
        void shapes() {
            shape(
                    () -> gradient(7, -1, Tensors.zeros(4, 5), Tensors.ones(4, 5, 3)),
                    "the gradient of a table of 7 rows, for ids (4, 5) and g (4, 5, 3)",
                    "as the table: a row for each id there is, whether it was used or not",
                    7,
                    3);
        }

        @Test
        @Order(3)
        @DisplayName("the padding")
        void padding() {
            Expect.that("the same, where 2 is the padding")
                    .rule("the row of the padding does not learn: what stands at its places is left out")
                    .numbers(() -> gradient(3, 2, Tensors.of(2, 0, 2), g).data(), 2, 20, 0, 0, 0, 0);
            Expect.that("the gradient of a table of 3 rows, for the ids [1, 0, 1] and the same g, where 0 is the padding")
                    .rule("0 may be the padding, too; the places behind it count")
                    .numbers(() -> gradient(3, 0, Tensors.of(1, 0, 1), g).data(), 0, 0, 4, 40, 0, 0);
        }

        @Test
        @Order(4)
        @DisplayName("an id that is none")
        void noSuchId() {
            Expect.that("the gradient of a table of 2 rows, for the ids [1, 0, 2]")
                    .rule("an id without a row would write into a neighbour or beyond the end: let Indices.at check it")
                    .error(
                            IndexOutOfBoundsException.class,
                            "embedding gradient: index 2.0 at position 2",
                            () -> gradient(2, -1, Tensors.of(1, 0, 2), g));
        }

        @Test
        @Order(5)
        @DisplayName("what transposed one-hot vectors times g give")
        void oneHot() {
            Tensor ids = Tensors.randint(new Generator(124), 5, 20);
            Tensor upstream = random(125, 20, 3);
            Tensor product = Tensors.oneHot(ids, 5).transpose().matmul(upstream);
            Expect.that("the gradient of a table of 5 rows, for 20 random ids and random g")
                    .rule("as in module 07: of y = H w the gradient is H^T g. H are the one-hot vectors")
                    .numbers(() -> gradient(5, -1, ids, upstream).data(), product.data());
        }

        @Test
        @Order(6)
        @DisplayName("through the tape")
        void tape() {
            Tensor ids = Tensors.of(new double[][] {{1, 3}, {3, 3}});
            GradCheck.Result check = GradCheck.check(in -> new Embedding.Look(-1).apply(in[0], ids), random(126, 4, 2));
            Expect.that("what is wrong with the gradient of a table (4, 2), for the ids [[1, 3], [3, 3]]")
                    .rule("nudge a number of the table and see what the result does")
                    .value(check.passed() ? "" : check.toString(), "");
        }

        @Test
        @Order(7)
        @DisplayName("it learns vowels, and rows that are not used stay")
        void vowels() {
            Embedding letters = new Embedding(27, 1, new Generator(127));
            double unused = letters.weight().get(26, 0);
            Tensor ids = Tensors.arange(26);
            Tensor vowel = Tensors.zeros(26, 1);
            "aeiou".chars().forEach(c -> vowel.set(1, c - 'a', 0));
            Adam adam = new Adam(letters.parameters(), 0.1);
            for (int step = 0; step < 100; step++) {
                adam.zeroGrad();
                new BceWithLogitsLoss().forward(letters.forward(ids), vowel).backward();
                adam.step();
            }
            double right = letters.forward(ids).gt(0).eq(vowel).mean().item();
            Expect.that("the part of the letters of which a table (27, 1) knows, after 100 steps, whether they are vowels")
                    .rule("each row learns by itself: no order of the letters stands in the way")
                    .number(right, 1);
            Expect.that("row 26 after these steps, which no id asked for")
                    .rule("its gradient is 0 in each step")
                    .number(letters.weight().get(26, 0), unused);
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 12.3: a row that stands for nothing")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Padding {

        private Embedding padded(int padding) {
            return Embedding.padded(4, 3, padding, new Generator(128));
        }

        @Test
        @Order(1)
        @DisplayName("the row is 0")
        void zero() {
            for (int padding : new int[] {2, 0, 3}) {
                Expect.that("row " + padding + " of Embedding.padded(4, 3, " + padding + ", generator)")
                        .rule("a row is 3 numbers: row 2 goes from 2 * 3 up to 3 * 3, the end not included")
                        .numbers(() -> row(padded(padding).weight(), padding), 0, 0, 0);
            }
        }

        @Test
        @Order(2)
        @DisplayName("the other rows are as drawn")
        void others() {
            Tensor drawn = new Embedding(4, 3, new Generator(128)).weight();
            for (int id : new int[] {0, 1, 3}) {
                Expect.that("row " + id + " of Embedding.padded(4, 3, 2, generator)")
                        .rule("only the padding's row becomes 0; the others are those of a new Embedding(4, 3, generator)")
                        .numbers(() -> row(padded(2).weight(), id), row(drawn, id));
            }
        }

        @Test
        @Order(3)
        @DisplayName("it remembers which")
        void remembers() {
            Expect.that("padding() of Embedding.padded(4, 3, 2, generator)")
                    .rule("hand the padding to the constructor: a table that does not know its padding lets that row learn")
                    .value(() -> padded(2).padding(), OptionalInt.of(2));
        }

        @Test
        @Order(4)
        @DisplayName("it stays 0")
        void stays() {
            Embedding table = padded(2);
            double before = table.weight().get(1, 0);
            Sgd sgd = new Sgd(table.parameters(), 0.1);
            table.forward(Tensors.of(2, 1, 2)).sum().backward();
            sgd.step();
            Expect.that("row 2, the padding, after a step in which it was used twice")
                    .rule("0 at the beginning, and nothing to learn from: it stays 0")
                    .numbers(row(table.weight(), 2), 0, 0, 0);
            Expect.that("the first number of row 1 after this step with the rate 0.1 and the gradient 1")
                    .rule("the others do learn")
                    .number(table.weight().get(1, 0), before - 0.1);
        }

        @Test
        @Order(5)
        @DisplayName("a short sentence, filled up, has the same sum")
        void sum() {
            Embedding table = padded(0);
            Tensor sums = table.forward(Tensors.of(new double[][] {{3, 1, 0, 0}, {0, 1, 0, 3}})).sum(1);
            double[] expected = row(table.weight(), 3).clone();
            for (int c = 0; c < 3; c++) {
                expected[c] += table.weight().get(1, c);
            }
            Expect.that("the sum of the vectors of the ids [3, 1, 0, 0], where 0 is the padding")
                    .rule("what fills up adds nothing")
                    .numbers(row(sums, 0), expected);
            Expect.that("the sum of the vectors of the ids [0, 1, 0, 3]").numbers(row(sums, 1), expected);
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 12.4: hands that turn at different speeds")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Hands {

        @Test
        @Order(1)
        @DisplayName("two hands")
        void byHand() {
            Expect.that("the angles at 4 positions, with the width 4 and the base 10,000")
                    .rule("hand i turns by base^(-2i / width) from one position to the next: hand 0 by 1, hand 1 by 10,000^(-1/2) = 0.01; at"
                            + " position 0 all stand at 0. Mind that in Java -2 * 1 / 4 is an integer division, and 0")
                    .numbers(() -> Angles.of(4, 4, 10_000).data(), 0, 0, 1, 0.01, 2, 0.02, 3, 0.03);
        }

        @Test
        @Order(2)
        @DisplayName("three hands, another base")
        void base() {
            Expect.that("the angles at 2 positions, with the width 6 and the base 1,000")
                    .rule("1,000^0, 1,000^(-1/3) and 1,000^(-2/3): each hand ten times as slow as the one before")
                    .numbers(() -> Angles.of(2, 6, 1_000).data(), 0, 0, 0, 1, 0.1, 0.01);
        }

        @Test
        @Order(3)
        @DisplayName("shape")
        void shape() {
            EmbeddingTasksTest.shape(
                    () -> Angles.of(5, 8, 10_000),
                    "the angles at 5 positions, with the width 8",
                    "a row for each position, with an angle for each two of the 8 numbers",
                    5,
                    4);
        }

        @Test
        @Order(4)
        @DisplayName("by the formula")
        void property() {
            Generator generator = new Generator(129);
            for (int k = 0; k < 20; k++) {
                int length = 1 + generator.nextInt(9);
                int hands = 1 + generator.nextInt(6);
                double base = 2 + generator.nextInt(1_000);
                double[] expected = new double[length * hands];
                for (int n = 0; n < expected.length; n++) {
                    expected[n] = (n / hands) / Math.pow(base, (double) (n % hands) / hands);
                }
                Expect.that("the angles at " + length + " positions, with the width " + 2 * hands + " and the base " + (int) base)
                        .rule("t / base^(2i / width)")
                        .numbers(() -> Angles.of(length, 2 * hands, base).data(), expected);
            }
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 12.5: a sine and a cosine for each hand")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Waves {

        private Tensor waves(int length, int width) {
            return new SinusoidalPositions(length, width).table();
        }

        @Test
        @Order(1)
        @DisplayName("two positions, two hands")
        void byHand() {
            Expect.that("positions 0 and 1 with the width 4")
                    .rule("for each hand its sine and then its cosine, side by side: sin 0, cos 0, sin 0, cos 0 and sin 1, cos 1, sin 0.01, cos 0.01;"
                            + " in radians")
                    .numbers(
                            () -> waves(2, 4).data(), 0, 1, 0, 1, Math.sin(1), Math.cos(1), Math.sin(0.01), Math.cos(0.01));
        }

        @Test
        @Order(2)
        @DisplayName("shape")
        void shape() {
            EmbeddingTasksTest.shape(() -> waves(7, 6), "the waves at 7 positions with the width 6", "a row for each position", 7, 6);
        }

        @Test
        @Order(3)
        @DisplayName("all vectors are equally long")
        void lengths() {
            Tensor table = waves(50, 8);
            for (int t = 0; t < 50; t++) {
                Expect.that("the square of the length of position " + t + " with the width 8")
                        .rule("sin^2 + cos^2 = 1 for each of the four hands")
                        .number(dot(row(table, t), row(table, t)), 4);
            }
        }

        @Test
        @Order(4)
        @DisplayName("products depend on the distance alone")
        void distance() {
            Tensor table = waves(40, 8);
            for (int t = 1; t < 30; t++) {
                Expect.that("position " + t + " times position " + (t + 7) + ", with the width 8, against position 0 times position 7")
                        .rule("cos a cos b + sin a sin b = cos(a - b): only the difference of the angles is left")
                        .number(dot(row(table, t), row(table, t + 7)), dot(row(table, 0), row(table, 7)));
            }
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 12.6: add to each vector that of its position")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Adding {

        private final LearnedPositions positions = new LearnedPositions(4, 2, new Generator(130));
        private final Tensor x = Tensors.of(new double[][] {{10, 20}, {30, 40}});

        Adding() {
            positions.weight().copyFrom(Tensors.of(new double[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}}));
        }

        @Test
        @Order(1)
        @DisplayName("from the beginning")
        void byHand() {
            Expect.that("the vectors [[10, 20], [30, 40]] and the positions [[1, 2], [3, 4], [5, 6], [7, 8]]")
                    .rule("the first vector stands at position 0, the second at position 1: add their rows")
                    .numbers(() -> positions.forward(x).data(), 11, 22, 33, 44);
        }

        @Test
        @Order(2)
        @DisplayName("further on")
        void further() {
            Expect.that("the same, where the first vector stands at position 2")
                    .rule("first says where the sequence begins: rows 2 and 3")
                    .numbers(() -> positions.forward(x, 2).data(), 15, 26, 37, 48);
        }

        @Test
        @Order(3)
        @DisplayName("three sentences")
        void batch() {
            Expect.that("the vectors [[10, 20], [30, 40]] in each of 3 sentences, (3, 2, 2), the first at position 1")
                    .rule("T is the last axis but one: 2 rows, added to each of the 3 sentences")
                    .numbers(
                            () -> positions.forward(Tensors.stack(0, x, x, x), 1).data(),
                            13, 24, 35, 46, 13, 24, 35, 46, 13, 24, 35, 46);
            shape(() -> positions.forward(Tensors.zeros(2, 1, 4, 2)), "positions added to (2, 1, 4, 2)", "as what came in", 2, 1, 4, 2);
        }

        @Test
        @Order(4)
        @DisplayName("the vectors stay as they were")
        void untouched() {
            positions.forward(x);
            Expect.that("the vectors [[10, 20], [30, 40]] after positions were added to them").numbers(x.data(), 10, 20, 30, 40);
        }

        @Test
        @Order(5)
        @DisplayName("positions learn")
        void learn() {
            Tensor input = Tensors.stack(0, x, x, x).requiresGrad(true);
            positions.forward(input, 1).mul(Tensors.of(new double[][] {{1, 2}, {3, 4}})).sum().backward();
            Expect.that("the gradient of the 4 positions, when 3 sentences stand at positions 1 and 2, with g = [[1, 2], [3, 4]] in each")
                    .rule("each position gets the sum over the sentences, and those that were not used get 0. The rows must come by tensor"
                            + " operations that the tape records")
                    .numbers(
                            () -> positions.weight().grad().orElse(Tensors.zeros(4, 2)).data(), 0, 0, 3, 6, 9, 12, 0, 0);
            Expect.that("the gradient of the vectors")
                    .rule("of a sum each part gets g as it is")
                    .numbers(
                            () -> input.grad().orElse(Tensors.zeros(3, 2, 2)).data(), 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4);
        }

        @Test
        @Order(6)
        @DisplayName("waves as well, in two parts")
        void parts() {
            SinusoidalPositions waves = new SinusoidalPositions(10, 6);
            Tensor all = random(131, 2, 10, 6);
            Tensor expected = all.add(waves.table());
            Expect.that("10 vectors with waves, in two parts: positions 0 to 3, then positions 4 to 9")
                    .rule("the same as in one part")
                    .numbers(
                            () -> Tensors.concat(1, waves.forward(all.slice(1, 0, 4), 0), waves.forward(all.slice(1, 4, 10), 4)).data(),
                            expected.data());
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 12.7: turn a pair")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Turning {

        private double[] turned(double a, double b, double cos, double sin) {
            double[] pair = {a, b};
            RotatePairs.turn(pair, 0, 1, cos, sin);
            return pair;
        }

        @Test
        @Order(1)
        @DisplayName("a quarter turn")
        void quarter() {
            Expect.that("(3, 4), turned with cos 0 and sin 1")
                    .rule("(a, b) becomes (a cos - b sin, a sin + b cos). Both new numbers need the old a: keep it before you write over it")
                    .numbers(() -> turned(3, 4, 0, 1), -4, 3);
        }

        @Test
        @Order(2)
        @DisplayName("half a turn, and none")
        void half() {
            Expect.that("(3, 4), turned with cos -1 and sin 0").numbers(() -> turned(3, 4, -1, 0), -3, -4);
            Expect.that("(3, 4), turned with cos 1 and sin 0").numbers(() -> turned(3, 4, 1, 0), 3, 4);
        }

        @Test
        @Order(3)
        @DisplayName("a turn in between")
        void between() {
            Expect.that("(5, 10), turned with cos 0.8 and sin 0.6")
                    .rule("5 * 0.8 - 10 * 0.6, and 5 * 0.6 + 10 * 0.8")
                    .numbers(() -> turned(5, 10, 0.8, 0.6), -2, 11);
        }

        @Test
        @Order(4)
        @DisplayName("two places of a long array")
        void places() {
            double[] numbers = {7, 3, 8, 4, 9};
            RotatePairs.turn(numbers, 1, 3, 0, 1);
            Expect.that("[7, 3, 8, 4, 9] after its places 1 and 3 were turned with cos 0 and sin 1")
                    .rule("first and second say where the pair stands; the others stay")
                    .numbers(numbers, 7, -4, 8, 3, 9);
        }

        @Test
        @Order(5)
        @DisplayName("lengths stay, and back again")
        void back() {
            for (double angle = -3; angle < 3; angle += 0.37) {
                double[] pair = {2, -5};
                RotatePairs.turn(pair, 0, 1, Math.cos(angle), Math.sin(angle));
                Expect.that("the square of the length of (2, -5), turned by " + angle)
                        .rule("turning makes nothing longer or shorter")
                        .number(dot(pair, pair), 29);
                RotatePairs.turn(pair, 0, 1, Math.cos(-angle), Math.sin(-angle));
                Expect.that("(2, -5), turned by " + angle + " and back").numbers(pair, 2, -5);
            }
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 12.8: turn each vector by its place")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class TurningAll {

        /** Three places of two pairs: at place 0 none is turned; at 1 the first by a quarter and the second by half; at 2 the first by half. */
        private final Tensor cosines = Tensors.of(new double[][] {{1, 1}, {0, -1}, {-1, 1}});
        private final Tensor sines = Tensors.of(new double[][] {{0, 0}, {1, 0}, {0, 0}});

        private static final String TURNS = "; place 0 is not turned, place 1 by a quarter and by half, place 2 by half and not at all";

        private Tensor turn(Layout layout, int heads, boolean back, Tensor x) {
            int length = x.dim(-3);
            return new RotatePairs(layout, heads, back).forward(x, cosines.slice(0, 0, length), sines.slice(0, 0, length));
        }

        private Tensor turn(Tensor x) {
            return turn(Layout.ADJACENT, x.dim(-2), false, x);
        }

        /** The vector [1, 2, 3, 4] again and again. */
        private Tensor same(int... shape) {
            return Tensors.of(1, 2, 3, 4).expand(shape);
        }

        @Test
        @Order(1)
        @DisplayName("three places")
        void byHand() {
            Expect.that("the vector [1, 2, 3, 4] at each of three places, (3, 1, 4)" + TURNS)
                    .rule("at place 1 the pair (1, 2) becomes (-2, 1), and (3, 4) becomes (-3, -4): pair i by number i of the place's"
                            + " angles; and heads counts the vectors of each place, not all there are")
                    .numbers(() -> turn(same(3, 1, 4)).data(), 1, 2, 3, 4, -2, 1, -3, -4, -1, -2, 3, 4);
        }

        @Test
        @Order(2)
        @DisplayName("several vectors at a place")
        void several() {
            Expect.that("two places with three vectors [1, 2, 3, 4] each, (2, 3, 4)" + TURNS)
                    .rule("all vectors of a place are turned alike: vector number v of the flat array stands at place v / 3")
                    .numbers(
                            () -> turn(same(2, 3, 4)).data(),
                            1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, -2, 1, -3, -4, -2, 1, -3, -4, -2, 1, -3, -4);
        }

        @Test
        @Order(3)
        @DisplayName("several texts")
        void texts() {
            Expect.that("two texts of two places, (2, 2, 1, 4)" + TURNS)
                    .rule("each text begins at place 0 again")
                    .numbers(() -> turn(same(2, 2, 1, 4)).data(), 1, 2, 3, 4, -2, 1, -3, -4, 1, 2, 3, 4, -2, 1, -3, -4);
        }

        @Test
        @Order(4)
        @DisplayName("only the first vectors of each place")
        void first() {
            Expect.that("two places with three vectors each, (2, 3, 4), of which the first two are turned" + TURNS)
                    .rule("heads says how many vectors of each place are turned; the others stay as they are")
                    .numbers(
                            () -> turn(Layout.ADJACENT, 2, false, same(2, 3, 4)).data(),
                            1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, -2, 1, -3, -4, -2, 1, -3, -4, 1, 2, 3, 4);
        }

        @Test
        @Order(5)
        @DisplayName("the other layout")
        void halves() {
            Expect.that("the vector [1, 2, 3, 4] at two places, (2, 1, 4), in the layout HALVES" + TURNS)
                    .rule("step and partner know the layout: the pairs are (1, 3) and (2, 4), which become (-3, 1) and (-2, -4)")
                    .numbers(() -> turn(Layout.HALVES, 1, false, same(2, 1, 4)).data(), 1, 2, 3, 4, -3, -2, 1, -4);
        }

        @Test
        @Order(6)
        @DisplayName("back")
        void back() {
            Expect.that("the vector [1, 2, 3, 4] at two places, (2, 1, 4), turned back" + TURNS)
                    .rule("back turns by the negative angles: a quarter back makes (2, -1) of (1, 2)")
                    .numbers(() -> turn(Layout.ADJACENT, 1, true, same(2, 1, 4)).data(), 1, 2, 3, 4, 2, -1, -3, -4);
        }

        @Test
        @Order(7)
        @DisplayName("shape, and what came in")
        void shapeAndInput() {
            Tensor x = random(132, 2, 3, 2, 4);
            double[] before = x.data().clone();
            shape(() -> turn(x), "vectors (2, 3, 2, 4), turned", "as what came in", 2, 3, 2, 4);
            Expect.that("random vectors after they were turned").rule("write into out: what came in is not yours").numbers(x.data(), before);
        }

        @Test
        @Order(8)
        @DisplayName("products depend on the distance alone")
        void distance() {
            RotaryEmbedding rotary = new RotaryEmbedding(8, 60);
            Tensor q = random(133, 1, 1, 8);
            Tensor k = random(134, 1, 1, 8);
            double expected = dot(rotary.rotate(q, 5).data(), rotary.rotate(k, 0).data());
            for (int t = 1; t < 50; t++) {
                Expect.that("two random vectors, turned as at positions " + (t + 5) + " and " + t + ": their product, against that at positions 5 and 0")
                        .rule("both angles grow by the same, and only their difference is left")
                        .number(dot(rotary.rotate(q, t + 5).data(), rotary.rotate(k, t).data()), expected);
            }
            double nearer = dot(rotary.rotate(q, 4).data(), rotary.rotate(k, 0).data());
            Expect.that("whether their product at positions 4 and 0 is another").rule("the distance does count").value(Math.abs(nearer - expected) > 1e-3, true);
        }

        @Test
        @Order(9)
        @DisplayName("by the formula, in both layouts")
        void property() {
            int width = 6;
            for (Layout layout : Layout.values()) {
                Tensor x = random(135, 2, 4, 3, width);
                double[] expected = x.data().clone();
                for (int n = 0; n < expected.length; n += width) {
                    int position = 10 + n / width / 3 % 4;
                    for (int i = 0; i < 3; i++) {
                        int one = n + (layout == Layout.ADJACENT ? 2 * i : i);
                        int other = layout == Layout.ADJACENT ? one + 1 : one + 3;
                        double angle = position / Math.pow(100, i / 3.0);
                        expected[one] = x.data()[one] * Math.cos(angle) - x.data()[other] * Math.sin(angle);
                        expected[other] = x.data()[one] * Math.sin(angle) + x.data()[other] * Math.cos(angle);
                    }
                }
                RotaryEmbedding rotary = new RotaryEmbedding(width, 20, 100, layout);
                Expect.that("random vectors (2, 4, 3, 6) in the layout " + layout + ", the first at position 10, the base 100")
                        .rule("pair i of a vector at position t is turned by t / 100^(2i / 6)")
                        .numbers(() -> rotary.rotate(x, 10).data(), expected);
            }
        }

        @Test
        @Order(10)
        @DisplayName("through the tape")
        void tape() {
            RotaryEmbedding rotary = new RotaryEmbedding(4, 10);
            GradCheck.Result check = GradCheck.check(in -> rotary.rotate(in[0], 3, 1), random(136, 2, 3, 2, 4));
            Expect.that("what is wrong with the gradient of vectors (2, 3, 2, 4) of which the first of each place is turned")
                    .rule("the gradient is turned back, where there was a turn")
                    .value(check.passed() ? "" : check.toString(), "");
        }
    }
}
