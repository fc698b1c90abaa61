package org.tinytorch.transformer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.tinytorch.attention.KeyValueStore;
import org.tinytorch.attention.KeyValues;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.autograd.GradCheck;
import org.tinytorch.checks.Expect;
import org.tinytorch.embedding.TokenTable;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Tanh;
import org.tinytorch.optim.Adam;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Trainer;

/** The checks of module 14, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class TransformerTasksTest {

    private static final double TINY = 1e-15; // an eps that does not show
    private static final double CLEARLY = 1e-4; // far more than rounding

    /** A layer that does something simple to each number, so that one sees from its result where it was used. */
    private static final class Does extends Layer {
        private final UnaryOperator<Tensor> what;

        Does(UnaryOperator<Tensor> what) {
            this.what = what;
        }

        @Override
        protected Tensor compute(Tensor x) {
            return what.apply(x);
        }
    }

    private static Layer times(double factor) {
        return new Does(x -> x.mul(factor));
    }

    private static Layer plus(double more) {
        return new Does(x -> x.add(more));
    }

    private static Layer nothing() {
        return new Does(Tensors::zerosLike);
    }

    private static Layer asItIs() {
        return new Does(x -> x);
    }

    private static void shape(Tensor got, String input, String rule, int... expected) {
        Expect.that("the shape of " + input).rule(rule).value(got.shape(), Shape.of(expected));
    }

    private static double[] random(int seed, int count) {
        return Tensors.randn(new Generator(seed), count).data();
    }

    private static Tensor ids(double... ids) {
        return Tensors.of(ids, 1, ids.length);
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

    /** By how much the largest number of each place differs, of two tensors (1, T, C). */
    private static double[] change(Tensor a, Tensor b) {
        return a.sub(b).abs().max(2).flatten().data();
    }

    @Nested
    @Order(1)
    @DisplayName("Task 14.1: the mean and the spread of a row")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Spread {

        private final double[] row = {1, 3, 5, 7};

        @Test
        @Order(1)
        @DisplayName("the mean of 1, 3, 5, 7")
        void mean() {
            Expect.that("the mean of the row [1, 3, 5, 7]")
                    .rule("add up the row's numbers, divide by how many they are: 16 / 4")
                    .number(LayerNormalise.Statistics.of(row, 0, 4, TINY).mean(), 4);
        }

        @Test
        @Order(2)
        @DisplayName("its variance")
        void variance() {
            double inverse = LayerNormalise.Statistics.of(row, 0, 4, TINY).inverse();
            Expect.that("inverse of the row [1, 3, 5, 7], an eps of 0 nearly")
                    .rule("the ways from the mean, squared, are 9, 1, 1, 9; their sum 20 is divided by C = 4 and not by C - 1; the inverse is 1 / sqrt(5)")
                    .number(inverse, 1 / Math.sqrt(5));
        }

        @Test
        @Order(3)
        @DisplayName("eps joins the variance under the root")
        void eps() {
            Expect.that("inverse of the row [1, 3, 5, 7] with eps = 4")
                    .rule("1 / sqrt(variance + eps) = 1 / sqrt(5 + 4): eps is added under the root")
                    .number(LayerNormalise.Statistics.of(row, 0, 4, 4).inverse(), 1.0 / 3);
            Expect.that("inverse of the row [7, 7, 7] with eps = 0.01")
                    .rule("a row of equal numbers has the variance 0: eps alone keeps the divisor from 0")
                    .number(LayerNormalise.Statistics.of(new double[] {7, 7, 7}, 0, 3, 0.01).inverse(), 10);
        }

        @Test
        @Order(4)
        @DisplayName("one row among others")
        void oneRow() {
            double[] rows = {1, 2, 4, 20, 1, 3, 5, 7, -80, 6, 6, 6};
            LayerNormalise.Statistics got = LayerNormalise.Statistics.of(rows, 4, 4, 4);
            Expect.that("mean and inverse, eps = 4, of the row of 4 numbers that begins at place 4 of [1, 2, 4, 20 | 1, 3, 5, 7 | -80, 6, 6, 6]")
                    .rule("a row is normalised with its own numbers: from, from + 1 … from + width - 1, and no other row's")
                    .numbers(new double[] {got.mean(), got.inverse()}, 4, 1.0 / 3);
        }

        @Test
        @Order(5)
        @DisplayName("far from 0")
        void farFromZero() {
            double far = 1e9;
            double[] moved = DoubleStream.of(row).map(x -> x + far).toArray();
            Expect.that("inverse of the row [1e9 + 1, 1e9 + 3, 1e9 + 5, 1e9 + 7], an eps of 0 nearly")
                    .rule("moving a row does not change its spread: square the ways from the mean; the mean of the squares less the square of the mean loses all its digits here")
                    .number(LayerNormalise.Statistics.of(moved, 0, 4, TINY).inverse(), 1 / Math.sqrt(5));
        }

        @Test
        @Order(6)
        @DisplayName("in use: layer norm")
        void inUse() {
            LayerNorm norm = new LayerNorm(2, true, 3);
            Tensor x = Tensors.of(new double[][] {{2, 4}, {-30, -32}, {100, 100}});
            Expect.that("a new LayerNorm(2), eps = 3, of [[2, 4], [-30, -32], [100, 100]]")
                    .rule("each row less its own mean, times its own inverse: (2 - 3) / sqrt(1 + 3)")
                    .numbers(norm.forward(x).data(), -0.5, 0.5, 0.5, -0.5, 0, 0);
            norm.weight().copyFrom(Tensors.of(10, 20));
            norm.bias().orElseThrow().copyFrom(Tensors.of(1, 2));
            Expect.that("the same with the weight [10, 20] and the bias [1, 2]")
                    .rule("scale and shift are learnt, one of each for a column")
                    .numbers(norm.forward(x).data(), -4, 12, 6, -8, 1, 2);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 14.2: layer norm, the way back")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class WayBack {

        private double[] back(double eps, Tensor x, Tensor weight, Tensor g) {
            return Operation.run(new LayerNormalise.InputGradient(new LayerNormalise(eps)), x, weight, g).data();
        }

        @Test
        @Order(1)
        @DisplayName("adding the same to a whole row changes nothing")
        void moving() {
            double[] got = back(4, Tensors.of(new double[][] {{1, 3, 5, 7}}), Tensors.ones(4), Tensors.of(new double[][] {{1, 0, 0, 0}}));
            Expect.that("the sum of the gradient of the row [1, 3, 5, 7] for g = [1, 0, 0, 0], weights of 1, eps = 4")
                    .rule("every x also moves the row's mean, so mean(h) is taken off: pushing all four at once changes nothing, and the gradient adds up to 0")
                    .number(Arrays.stream(got).sum(), 0);
        }

        @Test
        @Order(2)
        @DisplayName("stretching a row changes nothing")
        void stretching() {
            double[] got = back(TINY, Tensors.of(new double[][] {{1, 3, 5, 7}}), Tensors.ones(4), Tensors.of(new double[][] {{1, 0, 0, 0}}));
            Expect.that("-3 a - b + c + 3 d of the gradient [a, b, c, d] of the row [1, 3, 5, 7] for g = [1, 0, 0, 0], an eps of 0 nearly")
                    .rule("every x also moves the row's spread, so hat * mean(h * hat) is taken off: pushing all away from the mean changes nothing")
                    .number(-3 * got[0] - got[1] + got[2] + 3 * got[3], 0);
        }

        @Test
        @Order(3)
        @DisplayName("1, 3, 5, 7 with eps = 4")
        void byHand() {
            Tensor x = Tensors.of(new double[][] {{1, 3, 5, 7}});
            Expect.that("the gradient of the row [1, 3, 5, 7] for g = [1, 0, 0, 0], weights of 1, eps = 4")
                    .rule("hat = [-1, -1/3, 1/3, 1]; mean(h) = 1/4; mean(h * hat) = -1/4; the difference is multiplied by the inverse, 1/3")
                    .numbers(back(4, x, Tensors.ones(4), Tensors.of(new double[][] {{1, 0, 0, 0}})), 1.0 / 6, -1.0 / 9, -1.0 / 18, 0);
        }

        @Test
        @Order(4)
        @DisplayName("the scale comes after the norm")
        void weights() {
            Tensor x = Tensors.of(new double[][] {{1, 3, 5, 7}});
            Tensor weight = Tensors.of(12, 5, 5, 5);
            Expect.that("the gradient of the row [1, 3, 5, 7] for g = [1, 0, 0, 0], weight = [12, 5, 5, 5], eps = 4")
                    .rule("y = weight * hat, so the gradient of hat is h = weight * g; both means are means of h")
                    .numbers(back(4, x, weight, Tensors.of(new double[][] {{1, 0, 0, 0}})), 2, -12.0 / 9, -12.0 / 18, 0);
        }

        @Test
        @Order(5)
        @DisplayName("each row for itself")
        void rows() {
            Tensor x = Tensors.of(new double[][] {{0, 9, 9, 9}, {1, 3, 5, 7}, {2, 2, 8, 0}});
            Tensor g = Tensors.of(new double[][] {{0, 0, 0, 0}, {1, 0, 0, 0}, {0, 0, 0, 0}});
            Expect.that("the gradient of three rows, of which the second is [1, 3, 5, 7] and g is 0 for the others; eps = 4")
                    .rule("the row begins at from: in x, in g and in gx; the weights begin at 0 for every row")
                    .numbers(back(4, x, Tensors.ones(4), g), 0, 0, 0, 0, 1.0 / 6, -1.0 / 9, -1.0 / 18, 0, 0, 0, 0, 0);
        }

        @Test
        @Order(6)
        @DisplayName("against differences")
        void differences() {
            GradCheck.Result result = GradCheck.check(
                    inputs -> {
                        LayerNorm norm = new LayerNorm(5);
                        norm.weight().copyFrom(Tensors.of(2, -1, 0.5, 3, 1));
                        return norm.forward(inputs[0]);
                    },
                    Tensors.of(random(1, 30), 2, 3, 5));
            Expect.that("gradients of LayerNorm(5) for random rows (2, 3, 5) against differences: " + result)
                    .rule("(h - mean(h) - hat * mean(h * hat)) * inverse, with means over the row")
                    .value(result.passed(), true);
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 14.3: each place for itself")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Thinking {

        private FeedForward feedForward(int width, int hidden, Layer activation) {
            return new FeedForward(width, hidden, activation, true, new Generator(1));
        }

        private Linear linear(Layer from, String name) {
            return (Linear) from.child(name);
        }

        @Test
        @Order(1)
        @DisplayName("two neurons make the absolute value")
        void byHand() {
            FeedForward absolute = feedForward(1, 2, new ReLU());
            linear(absolute, "expand").weight().copyFrom(Tensors.of(new double[][] {{1}, {-1}}));
            linear(absolute, "expand").bias().orElseThrow().fill(0);
            linear(absolute, "shrink").weight().copyFrom(Tensors.of(new double[][] {{1, 1}}));
            linear(absolute, "shrink").bias().orElseThrow().fill(0);
            Expect.that("expand [[1], [-1]], ReLU, shrink [[1, 1]] of [[-3], [2], [0]]")
                    .rule("-3 becomes [-3, 3], bent [0, 3], added up 3: the activation stands between the two linear layers")
                    .numbers(() -> absolute.forward(Tensors.of(new double[][] {{-3}, {2}, {0}})).data(), 3, 2, 0);
        }

        @Test
        @Order(2)
        @DisplayName("with the activation that it was given")
        void otherActivation() {
            FeedForward layer = feedForward(3, 7, new Tanh());
            Tensor x = Tensors.of(random(2, 6), 2, 3);
            Linear expand = linear(layer, "expand");
            Linear shrink = linear(layer, "shrink");
            Tensor wide = x.matmul(expand.weight().transpose()).add(expand.bias().orElseThrow());
            Tensor expected = wide.tanh().matmul(shrink.weight().transpose()).add(shrink.bias().orElseThrow());
            Expect.that("FeedForward(3, 7, Tanh) of two random rows")
                    .rule("ask child(\"activation\"), which is not ReLU everywhere")
                    .numbers(() -> layer.forward(x).data(), expected.data());
        }

        @Test
        @Order(3)
        @DisplayName("no place looks at another")
        void places() {
            FeedForward layer = feedForward(3, 12, new ReLU());
            Tensor x = Tensors.of(random(3, 30), 2, 5, 3);
            Tensor y = layer.forward(x);
            shape(y, "FeedForward(3, 12) of (2, 5, 3)", "as wide as it came: shrink undoes expand", 2, 5, 3);
            Tensor other = x.copy();
            other.set(9, 0, 2, 1);
            double[] moved = layer.forward(other).sub(y).abs().max(2).flatten().data();
            Expect.that("which of the 2 x 5 places change when place 2 of text 0 changes")
                    .rule("each place thinks for itself")
                    .ints(IntStream.range(0, 10).filter(i -> moved[i] > 0).toArray(), 2);
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 14.4: a block with a straight way through")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Blocks {

        private TransformerBlock block(Layer norm1, Layer attention, Layer norm2, Layer feedForward, double dropout) {
            Generator generator = new Generator(1);
            MultiHeadAttention placeholder = MultiHeadAttention.builder(2, 1).build(generator);
            TransformerBlock block = new TransformerBlock(norm1, placeholder, norm2, feedForward, new Dropout(dropout, generator));
            block.replaceChild("attention", attention);
            return block;
        }

        private double[] of(TransformerBlock block, double... x) {
            return block.forward(Tensors.of(x, 1, 1, x.length)).data();
        }

        @Test
        @Order(1)
        @DisplayName("what finds nothing changes nothing")
        void straight() {
            Expect.that("a block whose attention and feed-forward layer give 0, of [5, -7]")
                    .rule("x goes straight through, and what is found is added to it, twice: x + attention, then + feed-forward")
                    .numbers(() -> of(block(times(3), nothing(), times(3), nothing(), 0), 5, -7), 5, -7);
            Expect.that("attention gives x + 1, the feed-forward layer 0, no norm; of [5, -7]")
                    .rule("x + (x + 1): what attention finds is added")
                    .numbers(() -> of(block(asItIs(), plus(1), asItIs(), nothing(), 0), 5, -7), 11, -13);
        }

        @Test
        @Order(2)
        @DisplayName("the norm comes first")
        void normFirst() {
            Expect.that("norm1 multiplies by 10, attention adds 1, the feed-forward layer gives 0; of [1, 2]")
                    .rule("1 + (10 * 1 + 1): attention sees norm1(x), and the straight way goes past the norm")
                    .numbers(() -> of(block(times(10), plus(1), asItIs(), nothing(), 0), 1, 2), 12, 23);
        }

        @Test
        @Order(3)
        @DisplayName("the second half goes on from the first")
        void secondHalf() {
            Expect.that("norm1 * 10, attention + 1, norm2 * 2, feed-forward + 3; of [1, 2]")
                    .rule("between = 1 + 11 = 12; 12 + (2 * 12 + 3): the feed-forward layer sees norm2 of what attention has added to, and adds to that")
                    .numbers(() -> of(block(times(10), plus(1), times(2), plus(3), 0), 1, 2), 39, 72);
        }

        @Test
        @Order(4)
        @DisplayName("dropout")
        void dropout() {
            Layer one = new Does(Tensors::onesLike);
            double[] x = new double[60];
            Arrays.fill(x, 100);
            double[] first = of(block(asItIs(), one, asItIs(), nothing(), 0.5), x);
            double[] second = of(block(asItIs(), nothing(), asItIs(), one, 0.5), x);
            Expect.that("all numbers in what a block makes of [100, 100 …] if attention gives 1 and dropout is 0.5")
                    .rule("dropout makes the 1 that is added a 0 or a 2; the straight way loses nothing")
                    .numbers(Arrays.stream(first).distinct().sorted().toArray(), 100, 102);
            Expect.that("the same if the feed-forward layer gives 1")
                    .rule("dropout makes the 1 that is added a 0 or a 2, behind the feed-forward layer as well")
                    .numbers(Arrays.stream(second).distinct().sorted().toArray(), 100, 102);
        }

        private Tensor through(List<? extends Layer> floors, Tensor x) {
            Tensor out = x;
            for (Layer floor : floors) {
                out = floor.forward(out);
            }
            return out;
        }

        /** The mean cosine between the vectors of two places of (1, T, C): 1 if all point the same way. */
        private double alike(Tensor x) {
            Tensor unit = x.div(x.square().sum(true, -1).sqrt());
            int places = x.dim(1);
            return (unit.matmul(unit.transpose(1, 2)).sum().item() - places) / (places * (places - 1));
        }

        @Test
        @Order(5)
        @DisplayName("in use: eight floors, and the places stay different")
        void stacked() {
            Generator generator = new Generator(1);
            int width = 16;
            List<MultiHeadAttention> alone = new ArrayList<>();
            List<TransformerBlock> blocks = new ArrayList<>();
            for (int floor = 0; floor < 8; floor++) {
                MultiHeadAttention attention = MultiHeadAttention.builder(width, 2).causal().build(generator);
                Layer feedForward = new FeedForward(width, 4 * width, new ReLU(), true, generator);
                alone.add(attention);
                blocks.add(new TransformerBlock(new LayerNorm(width), attention, new LayerNorm(width), feedForward, new Dropout(0, generator)));
            }
            Tensor x = Tensors.randn(generator, 1, 6, width);
            Tensor y = through(blocks, x);
            Expect.that("whether the mean cosine between 6 places is below 0.7 after 8 blocks (with their attention alone it is "
                            + alike(through(alone, x)) + "; here: " + alike(y) + ")")
                    .rule("the straight way brings each place its own vector up to the top")
                    .value(alike(y) < 0.7, true);
            Tensor other = x.copy();
            other.set(5, 0, 4, 3);
            double[] moved = change(through(blocks, other), y);
            Expect.that("which of 6 places change after 8 causal blocks when place 4 changes")
                    .rule("a block looks at other places through its attention only")
                    .ints(IntStream.range(0, 6).filter(i -> moved[i] > CLEARLY).toArray(), 4, 5);
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 14.5: tokens and their positions")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Tokens {

        /** A model in which nothing comes after the embedding. */
        private Gpt bare(GptConfig config) {
            Gpt model = new Gpt(config.tied(false), new Generator(1));
            model.replaceChild("blocks", asItIs());
            model.replaceChild("norm", asItIs());
            model.replaceChild("head", asItIs());
            model.stateDict().get("tokens.weight").copyFrom(Tensors.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
            return model;
        }

        private Gpt withPositions() {
            Gpt model = bare(GptConfig.gpt2(3, 4, 1, 1, 2));
            model.stateDict()
                    .get("positions.weight")
                    .copyFrom(Tensors.of(new double[][] {{10, 20}, {30, 40}, {50, 60}, {70, 80}}));
            return model;
        }

        @Test
        @Order(1)
        @DisplayName("what token, and where")
        void byHand() {
            Gpt model = withPositions();
            Expect.that("what goes into the blocks for the ids [2, 0]; tokens [[1, 2], [3, 4], [5, 6]], positions [[10, 20], [30, 40] …]")
                    .rule("the vector of the token plus that of its position: [5 + 10, 6 + 20], [1 + 30, 2 + 40]")
                    .numbers(() -> model.forward(ids(2, 0)).data(), 15, 26, 31, 42);
            Expect.that("the same for the ids [1, 1, 1]")
                    .rule("the same token at another position is another vector, or no block could tell their order")
                    .numbers(() -> model.forward(ids(1, 1, 1)).data(), 13, 24, 33, 44, 53, 64);
        }

        @Test
        @Order(2)
        @DisplayName("Llama's positions are elsewhere")
        void llama() {
            Gpt model = bare(GptConfig.llama(3, 4, 1, 1, 2));
            Expect.that("what goes into the blocks for the ids [2, 0] in Llama's style; tokens [[1, 2], [3, 4], [5, 6]]")
                    .rule("in this style there is no layer 'positions': its attention turns queries and keys; ask config.style()")
                    .numbers(() -> model.forward(ids(2, 0)).data(), 5, 6, 1, 2);
        }

        @Test
        @Order(3)
        @DisplayName("dropout of all that goes in")
        void dropout() {
            Gpt model = withPositions();
            model.replaceChild("dropout", times(100));
            Expect.that("the ids [2, 0], with a layer that multiplies by 100 in the place of 'dropout'")
                    .rule("dropout comes last, of the sum: 100 * (5 + 10)")
                    .numbers(() -> model.forward(ids(2, 0)).data(), 1500, 2600, 3100, 4200);
        }

        /** Says that three places came before, and keeps nothing. */
        private KeyValueStore afterThree() {
            return new KeyValueStore() {
                @Override
                public int length() {
                    return 3;
                }

                @Override
                public KeyValues extend(KeyValues fresh) {
                    return fresh;
                }
            };
        }

        @Test
        @Order(4)
        @DisplayName("going on at position 3")
        void later() {
            Gpt model = new Gpt(GptConfig.gpt2(3, 4, 1, 1, 2).tied(false), new Generator(1));
            model.replaceChild("norm", asItIs());
            model.replaceChild("head", asItIs());
            model.stateDict().values().forEach(weights -> weights.fill(0)); // so that the block adds nothing
            model.stateDict().get("tokens.weight").copyFrom(Tensors.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
            model.stateDict().get("positions.weight").copyFrom(Tensors.of(new double[][] {{10, 20}, {30, 40}, {50, 60}, {70, 80}}));
            Expect.that("what goes into the blocks for the id 2 when three tokens came before")
                    .rule("the first of these tokens stands at position first, here 3: [5 + 70, 6 + 80]")
                    .numbers(() -> model.forward(ids(2), List.of(afterThree())).data(), 75, 86);
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 14.6: one table, read both ways")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Head {

        /** A model whose head sees the tokens' own vectors. */
        private Gpt bare() {
            Gpt model = new Gpt(GptConfig.gpt2(3, 4, 1, 1, 2), new Generator(1));
            model.replaceChild("blocks", asItIs());
            model.replaceChild("norm", asItIs());
            model.stateDict().get("positions.weight").fill(0);
            model.stateDict().get("tokens.weight").copyFrom(Tensors.of(new double[][] {{1, 0}, {0, 1}, {1, 1}}));
            return model;
        }

        @Test
        @Order(1)
        @DisplayName("how well a vector fits each token's row")
        void byHand() {
            Gpt model = bare();
            Expect.that("the logits for the vectors [1, 0] and [1, 1]; the table is [[1, 0], [0, 1], [1, 1]]")
                    .rule("the product of the vector with each row of the table: [1, 0] fits the rows by 1, 0 and 1")
                    .numbers(() -> model.forward(ids(0, 2)).data(), 1, 0, 1, 1, 1, 2);
        }

        @Test
        @Order(2)
        @DisplayName("a logit for each token at each place")
        void shapes() {
            Gpt model = new Gpt(GptConfig.gpt2(11, 6, 2, 2, 8), new Generator(1));
            Tensor texts = Tensors.randint(new Generator(2), 11, 3, 5);
            shape(model.forward(texts), "the logits of ids (3, 5), 11 tokens", "(B, T, V): the rows get their two axes back", 3, 5, 11);
            shape(model.last(texts), "the logits of the last places of ids (3, 5)", "(B, V)", 3, 11);
            Expect.that("the logits of the last places, against the last of all")
                    .numbers(model.last(texts).data(), model.forward(texts).select(1, 4).data());
        }

        @Test
        @Order(3)
        @DisplayName("the same table, not a copy")
        void shared() {
            Gpt model = bare();
            model.forward(ids(0)).sum().backward();
            double[] gradient = model.namedParameters().get("tokens.weight").grad().orElseThrow().data();
            Expect.that("the gradient of the table's rows 1 and 2 after logits for the id 0 alone, added up and sent back")
                    .rule("the head is the table itself and not a copy of it: every row was multiplied by x = [1, 0], and learns, though only row 0 was looked up")
                    .numbers(Arrays.copyOfRange(gradient, 2, 6), 1, 0, 1, 0);
            Expect.that("the gradient of row 0, which was looked up too")
                    .rule("[1, 0] as a row of the head, and the sum of all rows, [2, 2], as the vector that was looked up")
                    .numbers(Arrays.copyOf(gradient, 2), 3, 2);
        }

        /** A table of another kind, as module 17 will have one. */
        private static final class Other extends Layer implements TokenTable {
            @Override
            protected Tensor compute(Tensor ids) {
                return Tensors.ones(ids.dim(0), ids.dim(1), 2);
            }

            @Override
            public Tensor scores(Tensor rows) {
                Expect.that("the shape that a table's scores are asked for, ids (1, 4), width 2")
                        .rule("scores wants rows (N, C): put the axes of texts and places together first")
                        .value(rows.shape(), Shape.of(4, 2));
                return Tensors.full(Shape.of(rows.dim(0), 3), 7);
            }
        }

        @Test
        @Order(4)
        @DisplayName("whatever table is there")
        void replaced() {
            Gpt model = bare();
            model.replaceChild("tokens", new Other());
            Expect.that("the logits with a table of another kind, whose scores are all 7")
                    .rule("ask the child 'tokens' as a TokenTable: it need not be an Embedding")
                    .numbers(() -> model.forward(ids(0, 1, 2, 0)).data(), DoubleStream.generate(() -> 7).limit(12).toArray());
        }

        @Test
        @Order(5)
        @DisplayName("in use: no place knows the future, and order matters")
        void behaviour() {
            Gpt model = shaken(GptConfig.gpt2(11, 6, 1, 2, 8));
            Tensor logits = model.forward(ids(3, 1, 4, 0, 5));
            double[] future = change(model.forward(ids(3, 1, 4, 9, 5)), logits);
            Expect.that("which places' logits change when the token at place 3 becomes another")
                    .rule("a token is seen from its own place on: earlier ones must not know it, later ones must")
                    .ints(IntStream.range(0, 5).filter(i -> future[i] > CLEARLY).toArray(), 3, 4);
            double[] swapped = change(model.forward(ids(1, 3, 4, 0, 5)), logits);
            Expect.that("whether the logits of the last place change when the first two tokens change places")
                    .rule("'dog bites man' is not 'man bites dog'")
                    .value(swapped[4] > CLEARLY, true);
        }

        private int[] letters(Generator generator) {
            return IntStream.generate(() -> generator.nextInt(5)).limit(3).toArray();
        }

        /** Three letters, 5 for a stroke, and the letters backwards. */
        private double[] line(int... word) {
            return new double[] {word[0], word[1], word[2], 5, word[2], word[1], word[0]};
        }

        @Test
        @Order(6)
        @DisplayName("in use: it learns to spell backwards")
        void backwards() {
            Generator generator = new Generator(3);
            Gpt model = new Gpt(GptConfig.gpt2(6, 6, 1, 2, 16).hidden(32), generator);
            Adam adam = new Adam(model.parameters(), 0.02);
            Set<String> seen = new HashSet<>();
            for (int step = 0; step < 80; step++) {
                double[][] lines = new double[24][];
                for (int b = 0; b < lines.length; b++) {
                    int[] word = letters(generator);
                    word[0] = (word[1] + word[2]) % 2 == 0 ? word[0] % 4 : word[0]; // keeps some words for the test
                    seen.add(Arrays.toString(word));
                    lines[b] = line(word);
                }
                Tensor all = Tensors.of(lines);
                adam.zeroGrad();
                new LanguageModelLoss().forward(model.forward(all.slice(1, 0, 6)).slice(1, 3, 6), all.slice(1, 4, 7)).backward();
                adam.learningRate(0.02 * Math.min(1, 2 - step / 40.0));
                adam.step();
            }
            int right = 0;
            int asked = 0;
            for (int i = 0; i < 125; i++) {
                int[] word = {i / 25, i / 5 % 5, i % 5};
                if (!seen.contains(Arrays.toString(word))) {
                    double[] line = line(word);
                    Tensor said = model.forward(ids(Arrays.copyOf(line, 6))).argmax(2);
                    asked++;
                    right += IntStream.range(3, 6).allMatch(t -> said.get(0, t) == line[t + 1]) ? 1 : 0;
                }
            }
            Expect.that("whether nine of ten words of three letters that it has never seen are spelt backwards after 80 steps (" + right + " of " + asked + ")")
                    .rule("attention finds the letter at the other end, if tokens, positions, blocks and head play together")
                    .value(asked > 5 && right >= 0.9 * asked, true);
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 14.7: windows of a text")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Cutting {

        private final Windows text = new Windows(new int[] {5, 6, 7, 8, 9, 1}, 3, 2);

        @Test
        @Order(1)
        @DisplayName("5, 6, 7 is followed by 6, 7, 8")
        void byHand() {
            Expect.that("the input of the window of 3 at place 0 of the tokens 5, 6, 7, 8, 9, 1")
                    .rule("so many tokens in a row, from the place on")
                    .numbers(() -> text.at(3, 0).input().data(), 5, 6, 7);
            Expect.that("its target")
                    .rule("the token that follows each: the same window, one token later")
                    .numbers(() -> text.at(3, 0).target().data(), 6, 7, 8);
        }

        @Test
        @Order(2)
        @DisplayName("several windows, the last token too")
        void several() {
            Expect.that("the inputs of the windows of 2 at the places 3, 0 and 1 of 5, 6, 7, 8, 9, 1")
                    .rule("window b fills row b: its numbers begin at b * size; size says how many there are, which may be fewer than length")
                    .numbers(() -> text.at(2, 3, 0, 1).input().data(), 8, 9, 5, 6, 6, 7);
            Batch batch = text.at(2, 3, 0, 1);
            shape(batch.input(), "the input of three windows of 2", "(B, T): a row for each window", 3, 2);
            shape(batch.target(), "their target", "(B, T)", 3, 2);
            Expect.that("their targets").rule("the token behind each, up to the last of the text").numbers(batch.target().data(), 9, 1, 6, 7, 7, 8);
        }

        @Test
        @Order(3)
        @DisplayName("measured on: every token but the first, once")
        void once() {
            int[] tokens = IntStream.range(0, 11).toArray();
            double[] targets = IntStream.empty().asDoubleStream().toArray();
            for (Batch batch : new SequentialWindows(tokens, 4, 2)) {
                targets = DoubleStream.concat(Arrays.stream(targets), Arrays.stream(batch.target().data())).toArray();
                Expect.that("the targets of a batch of SequentialWindows over 0, 1, 2 … 10, less the inputs")
                        .rule("in this text each token is one more than that before it")
                        .numbers(batch.target().sub(batch.input()).data(), Tensors.onesLike(batch.input()).data());
            }
            Expect.that("all targets of SequentialWindows over 0, 1, 2 … 10, windows of 4").ints(Arrays.stream(targets).mapToInt(t -> (int) t).toArray(), IntStream.range(1, 11).toArray());
        }

        @Test
        @Order(4)
        @DisplayName("in use: a GPT learns a line by heart")
        void learns() {
            String line = "the quick brown fox jumps over a lazy dog. ";
            CharTokenizer tokenizer = CharTokenizer.of(line);
            Gpt model = new Gpt(GptConfig.gpt2(tokenizer.vocabularySize(), 16, 1, 2, 16), new Generator(1));
            int[] tokens = tokenizer.encode(line.repeat(3));
            Trainer trainer = Trainer.builder(model, new LanguageModelLoss(), new Adam(model.parameters(), 0.02)).metrics(new TokenLoss()).build();
            double before = trainer.evaluate(new SequentialWindows(tokens, 16, 4)).get("token_loss");
            trainer.fit(new RandomWindows(tokens, 16, 8, 120, new Generator(2)), 1);
            double after = trainer.evaluate(new SequentialWindows(tokens, 16, 4)).get("token_loss");
            Expect.that("whether the loss of a token falls from about log " + tokenizer.vocabularySize() + " to below 0.4 in 120 steps (before: " + before + ", after: " + after + ")")
                    .rule("the text repeats itself; what comes next can be learnt from windows of 16 characters")
                    .value(Math.abs(before - Math.log(tokenizer.vocabularySize())) < 0.2 && after < 0.4, true);
        }
    }

    /** New ones each time: whoever writes into them spoils no other check. */
    private static double[] scores() {
        return new double[] {0, Math.log(2), Math.log(5)};
    }

    @Nested
    @Order(8)
    @DisplayName("Task 14.8: temperature")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Temperature {

        @Test
        @Order(1)
        @DisplayName("1: as the model says")
        void one() {
            Expect.that("the probabilities of the scores [0, log 2, log 5] at the temperature 1")
                    .rule("exp(score), divided by the sum of all: 1, 2 and 5 of 8")
                    .numbers(() -> Sampler.temperature(1).softmax(scores()), 0.125, 0.25, 0.625);
        }

        @Test
        @Order(2)
        @DisplayName("below 1 the likely becomes likelier, above 1 all more alike")
        void others() {
            Expect.that("the probabilities of [0, log 2, log 5] at the temperature 1/2")
                    .rule("the scores are divided by the temperature, before exp: 1, 4 and 25 of 30")
                    .numbers(() -> Sampler.temperature(0.5).softmax(scores()), 1 / 30.0, 4 / 30.0, 25 / 30.0);
            double sum = 1 + Math.sqrt(2) + Math.sqrt(5);
            Expect.that("the probabilities of [0, log 2, log 5] at the temperature 2")
                    .rule("the scores are divided by the temperature: 1, sqrt(2) and sqrt(5) of their sum")
                    .numbers(() -> Sampler.temperature(2).softmax(scores()), 1 / sum, Math.sqrt(2) / sum, Math.sqrt(5) / sum);
        }

        @Test
        @Order(3)
        @DisplayName("large scores, low temperatures")
        void stable() {
            Expect.that("the probabilities of [1000, 1000, 0] at the temperature 1")
                    .rule("exp(1000) is infinite, and infinity / infinity NaN: subtract the largest score first, as module 03 did")
                    .numbers(() -> Sampler.temperature(1).softmax(new double[] {1000, 1000, 0}), 0.5, 0.5, 0);
            Expect.that("the probabilities of [0, log 2, log 5] at the temperature 0.001")
                    .rule("nearly 0 is nearly greedy, and never NaN")
                    .numbers(() -> Sampler.temperature(0.001).softmax(scores()), 0, 0, 1);
        }

        @Test
        @Order(4)
        @DisplayName("forbidden tokens, and one that must come")
        void infinite() {
            double never = Double.NEGATIVE_INFINITY;
            Expect.that("the probabilities of [0, -infinity, 0]")
                    .rule("a score of minus infinity forbids a token")
                    .numbers(() -> Sampler.temperature(1).softmax(new double[] {0, never, 0}), 0.5, 0, 0.5);
            Expect.that("the probabilities of [0, infinity, 3]")
                    .rule("infinity less infinity is NaN: the largest score itself has exp 0 = 1, whatever it is")
                    .numbers(() -> Sampler.temperature(1).softmax(new double[] {0, Double.POSITIVE_INFINITY, 3}), 0, 1, 0);
        }

        @Test
        @Order(5)
        @DisplayName("the model's logits stay as they are")
        void unchanged() {
            double[] scores = scores();
            double[] p = Sampler.temperature(3).softmax(scores);
            Expect.that("the sum of the probabilities").number(Arrays.stream(p).sum(), 1);
            Expect.that("the scores after the probabilities were worked out")
                    .rule("write into a new array: the scores are not yours")
                    .numbers(scores, scores());
        }
    }

    @Nested
    @Order(9)
    @DisplayName("Task 14.9: only the likeliest")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Likeliest {

        private double[] probabilities(Sampler sampler) {
            return sampler.probabilities(scores());
        }

        @Test
        @Order(1)
        @DisplayName("top-k")
        void topK() {
            Sampler all = Sampler.temperature(1);
            Expect.that("1/8, 2/8, 5/8 with topK = 2")
                    .rule("two are kept, the two largest; the smallest that is kept has the place length - 2 in ascending order; what is left adds up to 1")
                    .numbers(() -> probabilities(all.topK(2)), 0, 2 / 7.0, 5 / 7.0);
            Expect.that("1/8, 2/8, 5/8 with topK = 1").rule("one is kept").numbers(() -> probabilities(all.topK(1)), 0, 0, 1);
        }

        @Test
        @Order(2)
        @DisplayName("top-k of all")
        void topKOfAll() {
            Sampler all = Sampler.temperature(1);
            Expect.that("1/8, 2/8, 5/8 with topK = 0").rule("0 stands for all").numbers(() -> probabilities(all.topK(0)), 0.125, 0.25, 0.625);
            Expect.that("1/8, 2/8, 5/8 with topK = 3").numbers(() -> probabilities(all.topK(3)), 0.125, 0.25, 0.625);
            Expect.that("1/8, 2/8, 5/8 with topK = 40")
                    .rule("more than there are is all of them")
                    .numbers(() -> probabilities(all.topK(40)), 0.125, 0.25, 0.625);
        }

        @Test
        @Order(3)
        @DisplayName("top-p")
        void topP() {
            Sampler all = Sampler.temperature(1);
            Expect.that("1/8, 2/8, 5/8 with topP = 0.7")
                    .rule("from the likeliest on: 5/8 is below 0.7, and 5/8 + 2/8 reaches it; the one that reaches it is kept, too")
                    .numbers(() -> probabilities(all.topP(0.7)), 0, 2 / 7.0, 5 / 7.0);
            Expect.that("1/8, 2/8, 5/8 with topP = 0.6")
                    .rule("5/8 alone reaches 0.6: the likeliest is always kept, and no other is needed")
                    .numbers(() -> probabilities(all.topP(0.6)), 0, 0, 1);
            Expect.that("1/8, 2/8, 5/8 with topP = 0.9")
                    .rule("it takes all three to reach 0.9")
                    .numbers(() -> probabilities(all.topP(0.9)), 0.125, 0.25, 0.625);
            Expect.that("1/8, 2/8, 5/8 with topP = 1").rule("1 stands for all").numbers(() -> probabilities(all), 0.125, 0.25, 0.625);
        }

        @Test
        @Order(4)
        @DisplayName("both")
        void both() {
            Expect.that("1/8, 2/8, 5/8 with topK = 2 and topP = 0.7")
                    .rule("topK first: it leaves 2/7 and 5/7, and of those 5/7 = 0.714 alone reaches 0.7")
                    .numbers(() -> probabilities(Sampler.temperature(1).topK(2).topP(0.7)), 0, 0, 1);
        }

        @Test
        @Order(5)
        @DisplayName("equally likely")
        void ties() {
            double[] tied = {0, 0, Math.log(2), 0};
            Expect.that("1/5, 1/5, 2/5, 1/5 with topK = 2")
                    .rule("what is as likely as the last that is kept is kept as well: nothing but the ids could choose")
                    .numbers(() -> Sampler.temperature(1).topK(2).probabilities(tied), 0.2, 0.2, 0.4, 0.2);
            Expect.that("1/5, 1/5, 2/5, 1/5 with topP = 0.5")
                    .rule("what is as likely as the last that is kept is kept as well")
                    .numbers(() -> Sampler.temperature(1).topP(0.5).probabilities(tied), 0.2, 0.2, 0.4, 0.2);
            double[] few = {0, Double.NEGATIVE_INFINITY, 0};
            Expect.that("1/2, 0, 1/2 with topP = 0.999999")
                    .rule("when all are kept, it ends: the sum of all may be a little below topP")
                    .numbers(() -> Sampler.temperature(1).topP(0.999999).probabilities(few), 0.5, 0, 0.5);
            for (int seed = 1; seed <= 100; seed++) {
                double[] many = random(seed, 50);
                Expect.that("50 probabilities with topP = " + Math.nextDown(1.0) + ", which their rounded sum may miss")
                        .rule("when all are kept, it ends: the sum of all may be a little below topP")
                        .numbers(() -> Sampler.temperature(1).topP(Math.nextDown(1.0)).probabilities(many), Sampler.temperature(1).softmax(many.clone()));
            }
        }

        @Test
        @Order(6)
        @DisplayName("in use: drawn as often as that")
        void drawn() {
            Generator generator = new Generator(1);
            Sampler sampler = Sampler.temperature(1).topK(2);
            int[] counts = new int[3];
            int draws = 7000;
            for (int i = 0; i < draws; i++) {
                counts[sampler.pick(scores(), new int[0], generator)]++;
            }
            Expect.that("how often token 0 is drawn with topK = 2").rule("never: it is not among the two").value(counts[0], 0);
            Expect.that("whether token 1 is drawn about 2000 times of 7000 (" + counts[1] + ")")
                    .rule("2/7 of the draws")
                    .value(Math.abs(counts[1] - 2000) < 200, true);
        }
    }

    @Nested
    @Order(10)
    @DisplayName("Task 14.10: past the context")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class PastTheContext {

        private final Gpt model = shaken(GptConfig.gpt2(7, 4, 1, 2, 8));

        private double[] logitsOf(double... tokens) {
            return model.forward(ids(tokens)).select(1, tokens.length - 1).data();
        }

        @Test
        @Order(1)
        @DisplayName("a text that fits")
        void fits() {
            Expect.that("the logits that follow 3, 1, 5, against the last ones of model.forward")
                    .rule("all tokens, as a batch of one text")
                    .numbers(() -> LanguageModel.of(model).next(new int[] {3, 1, 5}), logitsOf(3, 1, 5));
            Expect.that("the logits that follow 3, 1, 5, 6, which just fits into a context of 4")
                    .rule("a text as long as the context is seen whole")
                    .numbers(() -> LanguageModel.of(model).next(new int[] {3, 1, 5, 6}), logitsOf(3, 1, 5, 6));
        }

        @Test
        @Order(2)
        @DisplayName("a text that is longer")
        void longer() {
            Expect.that("the logits that follow 2, 0, 3, 1, 5, 6 with a context of 4, against those of 3, 1, 5, 6")
                    .rule("the last tokens that fit: what is longer slides through")
                    .numbers(() -> LanguageModel.of(model).next(new int[] {2, 0, 3, 1, 5, 6}), logitsOf(3, 1, 5, 6));
        }

        @Test
        @Order(3)
        @DisplayName("writing is not training")
        void evaluation() {
            Gpt drops = shaken(GptConfig.gpt2(7, 4, 1, 2, 8).dropout(0.5));
            LanguageModel writer = LanguageModel.of(drops);
            double[] first = writer.next(new int[] {3, 1, 5});
            Expect.that("the logits of the same text, asked a second time, of a model with dropout 0.5 that is being trained")
                    .rule("in evaluation mode nothing is dropped: Modes.evaluation")
                    .numbers(writer.next(new int[] {3, 1, 5}), first);
            Expect.that("whether the model is in training mode again afterwards")
                    .rule("the mode it was in comes back when the scope of Modes closes")
                    .value(drops.isTraining(), true);
        }

        @Test
        @Order(4)
        @DisplayName("nothing is recorded, and only the last place is asked")
        void lean() {
            boolean[] recorded = new boolean[1];
            model.onForward((path, layer, x, y) -> recorded[0] |= y.requiresGrad());
            model.child("blocks").onForward((path, layer, x, y) -> recorded[0] |= y.requiresGrad());
            int[] places = new int[1];
            model.child("norm").onForward((path, layer, x, y) -> places[0] = x.dim(1));
            LanguageModel.of(model).next(new int[] {3, 1, 5});
            Expect.that("whether anything was recorded for gradients").rule("nobody goes back from here: NoGrad").value(recorded[0], false);
            Expect.that("for how many of the 3 places the last norm and the head were computed")
                    .rule("the logits of the last place are all that is needed: model.last")
                    .value(places[0], 1);
        }

        @Test
        @Order(5)
        @DisplayName("in use: it goes on with a text, longer than its context")
        void writes() {
            String line = "the quick brown fox jumps over a lazy dog. ";
            String text = line.repeat(4);
            CharTokenizer tokenizer = CharTokenizer.of(line);
            Gpt gpt = new Gpt(GptConfig.gpt2(tokenizer.vocabularySize(), 16, 1, 2, 16), new Generator(1));
            Adam adam = new Adam(gpt.parameters(), 0.02);
            Trainer trainer = Trainer.builder(gpt, new LanguageModelLoss(), adam).build();
            trainer.fit(new RandomWindows(tokenizer.encode(text), 16, 8, 200, new Generator(2)), 1);
            TextGenerator writer = TextGenerator.of(LanguageModel.of(gpt), tokenizer).sampler(Sampler.greedy()).maxTokens(60);
            String prompt = text.substring(0, 60);
            Expect.that("60 characters that go on from \"" + prompt + "\", by a GPT with a context of 16 that has learnt the line")
                    .rule("each token is asked for with the last 16 before it")
                    .value(() -> writer.generate(prompt, new Generator(1)).text(), text.substring(60, 120));
        }
    }
}
