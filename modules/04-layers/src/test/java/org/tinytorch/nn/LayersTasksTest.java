package org.tinytorch.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.tinytorch.activation.Activations;
import org.tinytorch.checks.Expect;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The checks of module 04, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class LayersTasksTest {

    /** A layer made of what a check puts into it. */
    private static final class Box extends Layer {

        Box with(String name, Layer layer) {
            child(name, layer);
            return this;
        }

        Box with(String name, Parameter parameter) {
            parameter(name, parameter);
            return this;
        }

        @Override
        protected Tensor compute(Tensor x) {
            return x;
        }
    }

    private static Tensor gradOf(Parameter parameter, String name) {
        return parameter.grad().orElseThrow(() ->
                new AssertionError("after backward() the " + name + " has no gradient: give it one with accumulate(…)"));
    }

    /**
     * Whether a tensor went into an operation, and what came out is the result of one: hears of every operation that is run meanwhile, as the tape of module 07
     * will.
     */
    private static boolean throughOperations(Tensor input, Supplier<Tensor> code) {
        List<Tensor> seen = new ArrayList<>();
        Backend before = Backend.use((operation, inputs) -> {
            seen.addAll(List.of(inputs));
            Tensor out = operation.forward(inputs);
            seen.add(out);
            return out;
        });
        try {
            Tensor result = code.get();
            return seen.stream().anyMatch(each -> each == input) && seen.stream().anyMatch(each -> each == result);
        } finally {
            Backend.use(before);
        }
    }

    @Nested
    @Order(1)
    @DisplayName("Task 4.1: a linear layer, forward")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Forward {

        private static final String W = "W = [[1, 2], [3, 4], [5, 6]]";

        private final Tensor weight = Tensors.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        private final Tensor bias = Tensors.of(10, 20, 30);
        private final Tensor x = Tensors.of(new double[][] {{1, 0}, {1, -1}});

        @Test
        @Order(1)
        @DisplayName("weighted sums")
        void sums() {
            Expect.that("x = [[1, 0], [1, -1]], " + W + ", no bias")
                    .rule("W is stored as (out, in), a row for each output, so it is read as transposed: 1*1 + 0*2 = 1, 1*3 + 0*4 = 3, …")
                    .numbers(() -> Linear.of(weight).forward(x).data(), 1, 3, 5, -1, -1, -1);
        }

        @Test
        @Order(2)
        @DisplayName("plus a bias")
        void plusBias() {
            Expect.that("x = [[1, 0], [1, -1]], " + W + ", b = [10, 20, 30]")
                    .rule("the bias is added to every row; bias is an Optional, and this layer has one")
                    .numbers(() -> Linear.of(weight, bias).forward(x).data(), 11, 23, 35, 9, 19, 29);
        }

        @Test
        @Order(3)
        @DisplayName("of a single vector")
        void vector() {
            Tensor y = Linear.of(weight, bias).forward(Tensors.of(1, 1));
            Expect.that("the shape of y for x = [1, 1] and " + W)
                    .rule("only the last axis changes, from in to out; x has no axis in front of it, so y has none either")
                    .value(y.shape(), Shape.of(3));
            Expect.that("x = [1, 1], " + W + ", b = [10, 20, 30]").numbers(y.data(), 13, 27, 41);
        }

        @Test
        @Order(4)
        @DisplayName("of more axes than two")
        void leadingAxes() {
            Tensor y = Linear.of(weight).forward(Tensors.of(new double[] {1, 0, 1, -1}, 2, 1, 2));
            Expect.that("the shape of y for x of shape (2, 1, 2) and " + W)
                    .rule("only the last axis changes, from in to out; all axes in front of it come back")
                    .value(y.shape(), Shape.of(2, 1, 3));
            Expect.that("x = [[[1, 0]], [[1, -1]]], " + W + ", no bias").numbers(y.data(), 1, 3, 5, -1, -1, -1);
        }

        @Test
        @Order(5)
        @DisplayName("as the formula says, for any numbers")
        void formula() {
            Generator generator = new Generator(7);
            Linear layer = new Linear(4, 3, generator);
            Tensor input = Tensors.randn(generator, 5, 4);
            double[] expected = new double[5 * 3];
            for (int i = 0; i < 5; i++) {
                for (int j = 0; j < 3; j++) {
                    double sum = layer.bias().orElseThrow().get(j);
                    for (int k = 0; k < 4; k++) {
                        sum += input.get(i, k) * layer.weight().get(j, k);
                    }
                    expected[i * 3 + j] = sum;
                }
            }
            Expect.that("new Linear(4, 3, generator), five rows of random numbers")
                    .rule("y(i, j) = sum over k of x(i, k) W(j, k), plus b(j)")
                    .numbers(() -> layer.forward(input).data(), expected);
        }

        @Test
        @Order(6)
        @DisplayName("with operations")
        void operations() {
            Linear layer = Linear.of(weight, bias);
            Expect.that("whether the weight of Linear goes through operations to the result")
                    .rule("compute with the methods of Tensor, or operations such as MatMul.of, and not with loops over data(): module 07 will ask every operation what it did, and a loop tells nobody")
                    .value(throughOperations(layer.weight(), () -> layer.forward(x)), true);
        }

        @Test
        @Order(7)
        @DisplayName("use: two layers and a bend compute XOR")
        void xor() {
            Linear hidden = Linear.of(Tensors.of(new double[][] {{1, 1}, {1, 1}}), Tensors.of(0, -1));
            Linear output = Linear.of(Tensors.of(new double[][] {{1, -2}}), Tensors.of(0.0));
            Tensor points = Tensors.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
            Expect.that("XOR: hidden W = [[1, 1], [1, 1]], b = [0, -1], then ReLU, then W = [[1, -2]], b = [0]")
                    .rule("for (1, 1): hidden sums 2 and 1, output 2 - 2*1 = 0")
                    .numbers(() -> output.forward(Activations.relu(hidden.forward(points))).data(), 0, 1, 1, 0);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 4.2: a linear layer, backward")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Backward {

        private static final String INPUT = "W = [[1, 2], [3, 4]], x = [[1, 0], [2, 1]], g = [[1, 10], [100, 1000]]";

        private final Linear layer = Linear.of(Tensors.of(new double[][] {{1, 2}, {3, 4}}), Tensors.zeros(2));
        private final Tensor x = Tensors.of(new double[][] {{1, 0}, {2, 1}});
        private final Tensor g = Tensors.of(new double[][] {{1, 10}, {100, 1000}});

        private double[] gradOfWeight() {
            return gradOf(layer.weight(), "weight").data();
        }

        private double[] gradOfBias() {
            return gradOf(layer.bias().orElseThrow(), "bias").data();
        }

        @Test
        @Order(1)
        @DisplayName("the gradient of the weight")
        void weight() {
            Expect.that(INPUT + ", the gradient of W")
                    .rule("dL/dW = g transposed, times x: entry (j, k) adds up g(i, j) x(i, k) over the rows i, as 1*1 + 100*2 = 201 for (0, 0)")
                    .numbers(
                            () -> {
                                layer.backward(x, g);
                                return gradOfWeight();
                            },
                            201,
                            100,
                            2010,
                            1000);
        }

        @Test
        @Order(2)
        @DisplayName("the gradient of the bias")
        void bias() {
            Expect.that(INPUT + ", the gradient of b")
                    .rule("the bias was added to every row, so it gets the sum of g over the rows: neither the mean nor the sum along a row")
                    .numbers(
                            () -> {
                                layer.backward(x, g);
                                return gradOfBias();
                            },
                            101,
                            1010);
        }

        @Test
        @Order(3)
        @DisplayName("the gradient of the input")
        void input() {
            Expect.that(INPUT + ", the gradient of x")
                    .rule("dL/dx = g times W, nothing transposed: input k reached every output j by W(j, k), as 1*1 + 10*3 = 31")
                    .numbers(() -> layer.backward(x, g).data(), 31, 42, 3100, 4200);
        }

        @Test
        @Order(4)
        @DisplayName("gradients add up")
        void addUp() {
            layer.backward(x, g);
            layer.backward(x, g);
            Expect.that(INPUT + ", backward twice, the gradient of W")
                    .rule("gradients add up until someone forgets them: accumulate(…) adds, grad(…) alone would replace")
                    .numbers(gradOfWeight(), 402, 200, 4020, 2000);
            Expect.that(INPUT + ", backward twice, the gradient of b")
                    .rule("gradients add up until someone forgets them: accumulate(…) adds, grad(…) alone would replace")
                    .numbers(gradOfBias(), 202, 2020);
        }

        @Test
        @Order(5)
        @DisplayName("of any shape, and without a bias")
        void shapes() {
            Linear wide = Linear.of(Tensors.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
            Tensor row = Tensors.of(new double[] {1, 2}, 1, 1, 2);
            Tensor gradient = Tensors.of(new double[] {1, 10, 100}, 1, 1, 3);
            Tensor dx = wide.backward(row, gradient);
            Expect.that("the shape of the gradient of x, for x (1, 1, 2) and W (3, 2)")
                    .rule("a gradient has the shape of what it belongs to: x's axes must come back")
                    .value(dx.shape(), Shape.of(1, 1, 2));
            Expect.that("x = [[[1, 2]]], W = [[1, 2], [3, 4], [5, 6]], g = [[[1, 10, 100]]], the gradient of x").numbers(dx.data(), 531, 642);
            Expect.that("the same, the gradient of W").numbers(gradOf(wide.weight(), "weight").data(), 1, 2, 10, 20, 100, 200);
        }

        @Test
        @Order(6)
        @DisplayName("use: as differences say")
        void differences() {
            Linear given = Linear.of(Tensors.of(new double[][] {{1, -2}, {0.5, 3}, {-1, 4}}), Tensors.of(0.1, 0.2, 0.3));
            Tensor points = Tensors.of(new double[][] {{1, 2}, {-3, 0.5}});
            Tensor gradient = Tensors.of(new double[][] {{1, -1, 2}, {0.5, 3, -2}});
            Tensor dx = given.backward(points, gradient);
            DoubleSupplier loss = () -> given.forward(points).mul(gradient).sum().item();
            String rule = "how fast the sum of y * g grows when one number is moved by a half up and a half down; no formula, only forward";
            Expect.that("a (3, 2) layer, two rows, the gradient of x")
                    .rule(rule)
                    .numbers(dx.data(), slopes(points, loss));
            Expect.that("a (3, 2) layer, two rows, the gradient of W")
                    .rule(rule)
                    .numbers(gradOf(given.weight(), "weight").data(), slopes(given.weight(), loss));
            Parameter offset = given.bias().orElseThrow();
            Expect.that("a (3, 2) layer, two rows, the gradient of b")
                    .rule(rule)
                    .numbers(gradOf(offset, "bias").data(), slopes(offset, loss));
        }

        private double[] slopes(Tensor moved, DoubleSupplier value) {
            double[] numbers = moved.mutableData();
            double[] slopes = new double[numbers.length];
            for (int i = 0; i < slopes.length; i++) {
                double there = numbers[i];
                numbers[i] = there + 0.5;
                double above = value.getAsDouble();
                numbers[i] = there - 0.5;
                slopes[i] = above - value.getAsDouble();
                numbers[i] = there;
            }
            return slopes;
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 4.3: count the connections of a neuron")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Connections {

        @Test
        @Order(1)
        @DisplayName("of a linear layer")
        void matrix() {
            Expect.that("Fan.IN of a weight (128, 784)")
                    .rule("a weight is (out, in): 784 inputs run into each of 128 outputs")
                    .value(() -> Fan.IN.of(Shape.of(128, 784)), 784);
            Expect.that("Fan.OUT of a weight (128, 784)")
                    .rule("a weight is (out, in): each of 784 inputs runs out to 128 outputs")
                    .value(() -> Fan.OUT.of(Shape.of(128, 784)), 128);
        }

        @Test
        @Order(2)
        @DisplayName("of a convolution's kernel")
        void kernel() {
            Expect.that("Fan.IN of a weight (16, 3, 5, 4)")
                    .rule("every position of the kernel is a connection of its own: 3 * 5 * 4")
                    .value(() -> Fan.IN.of(Shape.of(16, 3, 5, 4)), 60);
            Expect.that("Fan.OUT of a weight (16, 3, 5, 4)")
                    .rule("every position of the kernel is a connection of its own: 16 * 5 * 4")
                    .value(() -> Fan.OUT.of(Shape.of(16, 3, 5, 4)), 320);
        }

        @Test
        @Order(3)
        @DisplayName("whatever the number of axes")
        void anyRank() {
            for (Shape weight : List.of(Shape.of(2, 3), Shape.of(2, 3, 5), Shape.of(2, 3, 5, 7), Shape.of(2, 3, 5, 7, 11))) {
                Expect.that("Fan.IN of a weight " + weight)
                        .rule("all weights, shared out among the outputs: " + weight.size() + " / 2")
                        .value(() -> Fan.IN.of(weight), weight.size() / 2);
                Expect.that("Fan.OUT of a weight " + weight)
                        .rule("all weights, shared out among the inputs: " + weight.size() + " / 3")
                        .value(() -> Fan.OUT.of(weight), weight.size() / 3);
            }
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 4.4: weights that keep a signal's size")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class SignalSize {

        @Test
        @Order(1)
        @DisplayName("the deviation")
        void deviation() {
            String rule = "a sum of fan products has fan times the variance of one of them: the weights need the variance 1 / fan, so the deviation 1 / sqrt(fan)";
            Expect.that("spread(4, 1).deviation()").rule(rule).numbers(() -> new double[] {Init.spread(4, 1).deviation()}, 0.5);
            Expect.that("spread(100, 1).deviation()").rule(rule).numbers(() -> new double[] {Init.spread(100, 1).deviation()}, 0.1);
        }

        @Test
        @Order(2)
        @DisplayName("the bound")
        void bound() {
            String rule = "numbers drawn evenly from -b to b have the variance b^2 / 3, so b is sqrt(3) times the deviation";
            Expect.that("spread(12, 1).bound()").rule(rule).numbers(() -> new double[] {Init.spread(12, 1).bound()}, 0.5);
            Expect.that("spread(300, 1).bound()").rule(rule).numbers(() -> new double[] {Init.spread(300, 1).bound()}, 0.1);
        }

        @Test
        @Order(3)
        @DisplayName("the gain")
        void gain() {
            String rule = "the gain multiplies the numbers themselves, and so deviation and bound; the variance gets its square";
            Expect.that("spread(4, 3).deviation()").rule(rule).numbers(() -> new double[] {Init.spread(4, 3).deviation()}, 1.5);
            Expect.that("spread(12, 3).bound()").rule(rule).numbers(() -> new double[] {Init.spread(12, 3).bound()}, 1.5);
        }

        @Test
        @Order(4)
        @DisplayName("Xavier's: of both fans")
        void xavier() {
            Tensor weight = Init.xavierUniform(Tensors.zeros(40, 200), 1, new Generator(1));
            double largest = weight.abs().max().item();
            Expect.that("xavierUniform of a weight (40, 200): the largest of 8,000 numbers is " + largest + ", and that it lies between 0.155 and 0.1582")
                    .rule("the mean of both fans is 120, and the bound sqrt(3 / 120), about 0.15811")
                    .value(largest > 0.155 && largest < 0.1582, true);
        }

        @Test
        @Order(5)
        @DisplayName("use: a signal lives through six layers")
        void sixLayers() {
            Generator generator = new Generator(1);
            Tensor signal = Tensors.randn(generator, 16, 256);
            double before = signal.square().mean().item();
            for (int i = 0; i < 6; i++) {
                Tensor weight = Init.kaimingNormal(Tensors.zeros(256, 256), Fan.IN, Init.RELU_GAIN, generator);
                signal = Activations.relu(Linear.of(weight).forward(signal));
            }
            double ratio = signal.square().mean().item() / before;
            Expect.that("six layers of 256 with ReLU: the mean square grew by a factor of " + ratio + ", and that it lies between 0.2 and 5")
                    .rule("ReLU drops half of the mean square, the gain of sqrt(2) makes up for it; without the gain the factor is about 1/64")
                    .value(ratio > 0.2 && ratio < 5, true);
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 4.5: list each part once")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Once {

        @Test
        @Order(1)
        @DisplayName("two parts")
        void two() {
            NamedParts<String> parts = new NamedParts<>();
            parts.add("0.weight", "first");
            parts.add("1.weight", "second");
            Expect.that("add(\"0.weight\", first), add(\"1.weight\", second), then found()")
                    .rule("a part that is new goes into found, under its name, in the order of arrival")
                    .value(parts.found().toString(), "{0.weight=first, 1.weight=second}");
        }

        @Test
        @Order(2)
        @DisplayName("one part under two names")
        void shared() {
            Parameter weight = new Parameter(Tensors.zeros(2));
            NamedParts<Parameter> parts = new NamedParts<>();
            parts.add("encoder.weight", weight);
            parts.add("decoder.weight", weight);
            Expect.that("add(\"encoder.weight\", w), add(\"decoder.weight\", w), then the names in found()")
                    .rule("a part that is here already is left out, whatever its second name: listed twice, it would be counted and moved twice")
                    .value(parts.found().keySet().toString(), "[encoder.weight]");
        }

        @Test
        @Order(3)
        @DisplayName("the answer")
        void answer() {
            NamedParts<String> parts = new NamedParts<>();
            Expect.that("the answer of add(\"a\", w), the first time")
                    .rule("true: w is new")
                    .value(() -> parts.add("a", "w"), true);
            Expect.that("the answer of add(\"b\", w), the second time")
                    .rule("false: w is not new, so a walk need not go below it again")
                    .value(() -> parts.add("b", "w"), false);
        }

        @Test
        @Order(4)
        @DisplayName("equal is not the same")
        void equal() {
            NamedParts<List<Integer>> parts = new NamedParts<>();
            parts.add("a", new ArrayList<>(List.of(1, 2)));
            parts.add("b", new ArrayList<>(List.of(1, 2)));
            Expect.that("two lists [1, 2], equal but not the same, added as a and b, then the names in found()")
                    .rule("equal is not the same: two parts may start alike and learn apart; ask seen, which compares by identity")
                    .value(parts.found().keySet().toString(), "[a, b]");
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 4.6: walk down the tree of layers")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Walk {

        private static final String TREE = "body (with the children 0 and 1) and head";

        private Box tree() {
            Box body = new Box().with("0", new Box()).with("1", new Box());
            return new Box().with("body", body).with("head", new Box());
        }

        private List<String> visited(String start, String stopAt) {
            List<String> paths = new ArrayList<>();
            tree().walk(start, (path, layer) -> {
                paths.add("'" + path + "'");
                return !path.equals(stopAt);
            });
            return paths;
        }

        @Test
        @Order(1)
        @DisplayName("names every layer by its path")
        void paths() {
            Expect.that("a layer with the children " + TREE + ", walked from the empty path")
                    .rule("parents come first, and a child's path is its parent's path, a dot and its own name: join(path, name)")
                    .value(() -> visited("", "nowhere").toString(), "['', 'body', 'body.0', 'body.1', 'head']");
        }

        @Test
        @Order(2)
        @DisplayName("starts where it is told to")
        void start() {
            Expect.that("a layer with the children " + TREE + ", walked from the path net")
                    .rule("the path that comes in is where this layer stands; all others hang below it")
                    .value(() -> visited("net", "nowhere").toString(), "['net', 'net.body', 'net.body.0', 'net.body.1', 'net.head']");
        }

        @Test
        @Order(3)
        @DisplayName("stops where the visitor says so")
        void stops() {
            Expect.that("a layer with the children " + TREE + ", the visitor answers false at body")
                    .rule("false means: not below this layer; its neighbours are still visited")
                    .value(() -> visited("", "body").toString(), "['', 'body', 'head']");
        }

        @Test
        @Order(4)
        @DisplayName("names the parameters")
        void parameters() {
            Generator generator = new Generator(1);
            Layer model = new Box()
                    .with("first", new Linear(2, 3, generator))
                    .with("rest", new Box().with("scale", new Parameter(Tensors.ones(1))).with("last", new Linear(3, 1, false, generator)));
            Expect.that("first = Linear(2, 3), rest = (scale, last = Linear(3, 1) without a bias): the names of its parameters")
                    .rule("namedParameters() walks: the path of the layer, a dot, the name of the parameter")
                    .value(model.namedParameters().keySet().toString(), "[first.weight, first.bias, rest.scale, rest.last.weight]");
            Expect.that("how many numbers it learns").rule("2*3 + 3 + 1 + 3").value(model.parameterCount(), 13L);
        }

        @Test
        @Order(5)
        @DisplayName("a layer in two places")
        void shared() {
            Linear shared = new Linear(3, 3, false, new Generator(1));
            Layer model = new Box().with("encoder", shared).with("decoder", shared);
            Expect.that("one Linear(3, 3) as encoder and as decoder: the names of its parameters")
                    .rule("it learns once, so it is listed once")
                    .value(model.namedParameters().keySet().toString(), "[encoder.weight]");
            Expect.that("one Linear(3, 3) as encoder and as decoder: the names in stateDict()")
                    .rule("a file names it in both places, so that either can be loaded")
                    .value(model.stateDict().keySet().toString(), "[encoder.weight, decoder.weight]");
        }

        @Test
        @Order(6)
        @DisplayName("use: eval() reaches everything, parameters are counted")
        void everything() {
            Box deep = new Box();
            Layer model = new Box().with("outer", new Box().with("inner", deep)).eval();
            Expect.that("whether outer.inner is still in training mode after eval() of the whole")
                    .rule("train() and eval() go the same walk")
                    .value(deep.isTraining(), false);
            Expect.that("whether the whole is").value(model.isTraining(), false);
            Generator generator = new Generator(1);
            Layer digits = new Sequential(new Linear(784, 128, generator), new ReLU(), new Linear(128, 10, generator));
            Expect.that("how many numbers 784-128-10 learns").rule("784*128 + 128 + 128*10 + 10").value(digits.parameterCount(), 101_770L);
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 4.7: chain layers")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Chain {

        private final Tensor x = Tensors.of(new double[][] {{1, -2}});

        /** Twice its input, plus one. */
        private Layer doubled() {
            return Linear.of(Tensors.of(new double[][] {{2, 0}, {0, 2}}), Tensors.of(1, 1));
        }

        @Test
        @Order(1)
        @DisplayName("two layers")
        void two() {
            Expect.that("x = [[1, -2]] through (2x + 1), then ReLU")
                    .rule("the output of one layer is the input of the next: [3, -3], then [3, 0]")
                    .numbers(() -> new Sequential(doubled(), new ReLU()).forward(x).data(), 3, 0);
        }

        @Test
        @Order(2)
        @DisplayName("in their order")
        void order() {
            Expect.that("x = [[1, -2]] through ReLU, then (2x + 1)")
                    .rule("the first layer that was given goes first: [1, 0], then [3, 1]")
                    .numbers(() -> new Sequential(new ReLU(), doubled()).forward(x).data(), 3, 1);
        }

        @Test
        @Order(3)
        @DisplayName("a chain in a chain")
        void nested() {
            Expect.that("x = [[1, -2]] through (2x + 1), then a chain of (2x + 1) and ReLU")
                    .rule("a Sequential is a layer like any other: [3, -3], then [7, -5], then [7, 0]")
                    .numbers(() -> new Sequential(doubled(), new Sequential(doubled(), new ReLU())).forward(x).data(), 7, 0);
        }

        @Test
        @Order(4)
        @DisplayName("no layers")
        void none() {
            Expect.that("x = [[1, -2]] through a Sequential without layers")
                    .rule("nothing to do: the input itself comes out")
                    .value(() -> new Sequential().forward(x) == x, true);
        }

        @Test
        @Order(5)
        @DisplayName("and everyone who watches is told")
        void hooks() {
            List<String> heard = new ArrayList<>();
            Sequential model = new Sequential(doubled(), new ReLU());
            model.onEachForward((path, layer, input, output) -> heard.add("'" + path + "'"));
            model.forward(x);
            Expect.that("the layers that a hook hears of, in (2x + 1), then ReLU")
                    .rule("call forward() of each layer, not compute(): forward also tells the hooks; the whole comes last, under the empty path")
                    .value(heard.toString(), "['0', '1', '']");
        }

        @Test
        @Order(6)
        @DisplayName("use: accuracy does not feel a nudge")
        void nudges() {
            Layer model = new Sequential(
                    Linear.of(Tensors.of(new double[][] {{1, 1}, {1, 1}}), Tensors.of(0, -1)),
                    new ReLU(),
                    Linear.of(Tensors.of(new double[][] {{1, -0.4}}), Tensors.of(-0.5)));
            Tensor points = Tensors.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
            Tensor wanted = Tensors.of(new double[][] {{0}, {1}, {1}, {0}});
            Tensor output = model.forward(points);
            Expect.that("XOR by a network that is wrong at (1, 1): its outputs").numbers(output.data(), -0.5, 0.5, 0.5, 1.1);
            int nudges = 0;
            int felt = 0;
            for (Parameter parameter : model.parameters()) {
                for (int i = 0; i < parameter.size(); i++) {
                    for (double step : new double[] {0.01, -0.01}) {
                        double there = parameter.data()[i];
                        parameter.mutableData()[i] = there + step;
                        nudges++;
                        felt += model.forward(points).gt(0).eq(wanted).mean().item() == 0.75 ? 0 : 1;
                        parameter.mutableData()[i] = there;
                    }
                }
            }
            Expect.that("how many nudges of 0.01: 9 numbers, up and down").value(nudges, 18);
            Expect.that("how many of them changed the accuracy of 0.75")
                    .rule("accuracy is a staircase, and each weight stands in the middle of a step: it cannot say which way is down")
                    .value(felt, 0);
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 4.8: drop out and scale what stays")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Dropping {

        private final Tensor ones = Tensors.ones(10_000);

        private Dropout dropout(double p) {
            return new Dropout(p, new Generator(1));
        }

        @Test
        @Order(1)
        @DisplayName("what can come out")
        void values() {
            TreeSet<Double> values = new TreeSet<>();
            for (double value : dropout(0.75).forward(ones).data()) {
                values.add(value);
            }
            Expect.that("10,000 ones through Dropout(0.75): the different numbers that come out")
                    .rule("what stays is divided by 1 - p, so that the expected value is still 1: a quarter of the time 4, else 0")
                    .value(values.toString(), "[0.0, 4.0]");
        }

        @Test
        @Order(2)
        @DisplayName("how much is lost")
        void share() {
            double lost = dropout(0.2).forward(ones).eq(0).mean().item();
            Expect.that("10,000 ones through Dropout(0.2): the share that is lost is " + lost + ", and that it lies between 0.18 and 0.22")
                    .rule("p is the probability of losing an element, not of keeping it")
                    .value(lost > 0.18 && lost < 0.22, true);
        }

        @Test
        @Order(3)
        @DisplayName("nothing in evaluation")
        void evaluation() {
            Layer resting = dropout(0.5).eval();
            Expect.that("[1, 2, 3] through Dropout(0.5) after eval()")
                    .rule("in evaluation nothing is lost and nothing scaled: ask isTraining()")
                    .numbers(() -> resting.forward(Tensors.of(1, 2, 3)).data(), 1, 2, 3);
        }

        @Test
        @Order(4)
        @DisplayName("no number drawn in evaluation")
        void noDraw() {
            Generator generator = new Generator(1);
            long before = generator.state();
            new Dropout(0.5, generator).eval().forward(ones);
            Expect.that("whether the generator stands where it stood before a pass in evaluation")
                    .rule("draw nothing there, or looking at the validation score would change the training that follows")
                    .value(generator.state() == before, true);
        }

        @Test
        @Order(5)
        @DisplayName("all or nothing")
        void extremes() {
            Expect.that("[1, 2, 3] through Dropout(1)")
                    .rule("nothing stays: 0 everywhere, not 0 / 0 or 0 times infinity, which are NaN")
                    .numbers(() -> dropout(1).forward(Tensors.of(1, 2, 3)).data(), 0, 0, 0);
            Expect.that("[1, 2, 3] through Dropout(0)").rule("everything stays").numbers(() -> dropout(0).forward(Tensors.of(1, 2, 3)).data(), 1, 2, 3);
        }

        @Test
        @Order(6)
        @DisplayName("each element for itself, each pass anew")
        void anew() {
            Dropout dropout = dropout(0.5);
            Tensor image = Tensors.ones(2, 50, 50);
            Tensor first = dropout.forward(image);
            Expect.that("the shape of (2, 50, 50) through Dropout(0.5)").value(first.shape(), Shape.of(2, 50, 50));
            Expect.that("whether its two halves lose the same elements")
                    .rule("draw for every element")
                    .value(first.select(0, 0).allClose(first.select(0, 1)), false);
            Expect.that("whether a second pass loses the same elements")
                    .rule("draw again in every pass")
                    .value(dropout.forward(image).allClose(first), false);
            Expect.that("whether another Dropout with the same seed loses the same")
                    .rule("all chance comes from the generator that was given, so that a run can be repeated")
                    .value(dropout(0.5).forward(image).allClose(first), true);
        }

        @Test
        @Order(7)
        @DisplayName("with operations")
        void operations() {
            Expect.that("whether the input of Dropout goes through operations to the result")
                    .rule("compute with the methods of Tensor, or operations such as MatMul.of, and not with loops over data(): module 07 will ask every operation what it did, and a loop tells nobody")
                    .value(throughOperations(ones, () -> dropout(0.5).forward(ones)), true);
        }

        @Test
        @Order(8)
        @DisplayName("use: the sums behind it keep their size")
        void sums() {
            Linear sum = Linear.of(Tensors.ones(1, 10_000));
            Sequential model = new Sequential(dropout(0.5), sum);
            double trained = model.forward(ones).item();
            double evaluated = model.eval().forward(ones).item();
            Expect.that("the sum of 10,000 ones behind Dropout(0.5) in evaluation").number(evaluated, 10_000);
            Expect.that("the sum of 10,000 ones behind Dropout(0.5) in training is " + trained + ", and that it lies within 500 of 10,000")
                    .rule("the layer behind sees sums of the same size in both modes")
                    .value(Math.abs(trained - 10_000) < 500, true);
        }
    }
}
