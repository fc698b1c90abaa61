package org.tinytorch.activation;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.tinytorch.checks.Expect;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The checks of module 03, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class ActivationTasksTest {

    private static final double E = 2.718281828459045;
    private static final double LOG_2 = 0.6931471805599453;
    private static final double LOG_3 = 1.0986122886681098;
    private static final double LOG_4 = 1.3862943611198906;

    private static Tensor matrix(double... rowsOfTwo) {
        return Tensors.of(rowsOfTwo, rowsOfTwo.length / 2, 2);
    }

    private static double slope(Activation f, double x) {
        return f.derivative(x, f.apply(x));
    }

    /** The slope as a difference quotient, from both sides; good to about ten digits. */
    private static double difference(Activation f, double x) {
        double h = 1e-5;
        return (f.apply(x + h) - f.apply(x - h)) / (2 * h);
    }

    private static void agreesWithDifferences(Activation f, String rule) {
        for (int i = -12; i <= 12; i++) {
            double x = i / 4.0;
            Expect.that("slope of " + f + " at " + x + ", against (f(x + h) - f(x - h)) / 2h")
                    .rule(rule)
                    .number(slope(f, x), difference(f, x));
        }
    }

    /** x cubed: the slope is a function of x. */
    private record Cube() implements Activation {
        @Override
        public double apply(double x) {
            return x * x * x;
        }

        @Override
        public double derivative(double x, double y) {
            return 3 * x * x;
        }
    }

    /** e to the power of x: the slope is the output. */
    private record Exponential() implements Activation {
        @Override
        public double apply(double x) {
            return Math.exp(x);
        }

        @Override
        public double derivative(double x, double y) {
            return y;
        }
    }

    @Nested
    @Order(1)
    @DisplayName("Task 3.1: ReLU, at 0 and at NaN")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class ReluValue {

        @Test
        @Order(1)
        @DisplayName("cuts off below 0")
        void byHand() {
            Expect.that("relu([-2, -0.5, 0, 0.5, 3])")
                    .rule("x where it is positive, 0 where it is not: what lies below 0 is cut off, not turned over")
                    .numbers(() -> Activations.relu(Tensors.of(-2, -0.5, 0, 0.5, 3)).data(), 0, 0, 0, 0.5, 3);
        }

        @Test
        @Order(2)
        @DisplayName("keeps the shape")
        void shape() {
            Tensor out = Activations.relu(matrix(-1, 2, 3, -4));
            Expect.that("the shape of relu([[-1, 2], [3, -4]])").value(out.shape(), Shape.of(2, 2));
            Expect.that("relu([[-1, 2], [3, -4]])").numbers(out.data(), 0, 2, 3, 0);
        }

        @Test
        @Order(3)
        @DisplayName("NaN stays NaN")
        void notNumbers() {
            Expect.that("relu([NaN, -Infinity, Infinity])")
                    .rule("a comparison with NaN is false, so x > 0 ? x : 0 makes 0 of it and hides a broken computation; NaN must stay NaN")
                    .numbers(
                            () -> Activations.relu(Tensors.of(NaN, NEGATIVE_INFINITY, POSITIVE_INFINITY)).data(),
                            NaN,
                            0,
                            POSITIVE_INFINITY);
        }

        @Test
        @Order(4)
        @DisplayName("two of them make a straight line, or a corner")
        void property() {
            Tensor x = Tensors.uniform(new Generator(31), -5, 5, 40);
            Tensor up = Activations.relu(x);
            Tensor down = Activations.relu(x.neg());
            Expect.that("relu(x) - relu(-x) for 40 numbers x").rule("one of the two is 0").numbers(up.sub(down).data(), x.data());
            Expect.that("relu(x) + relu(-x)").rule("which is |x|").numbers(up.add(down).data(), x.abs().data());
        }

        @Test
        @Order(5)
        @DisplayName("with module 02: a network that computes XOR")
        void xor() {
            Tensor x = matrix(0, 0, 0, 1, 1, 0, 1, 1);
            Tensor hidden = Activations.relu(x.matmul(matrix(1, 1, 1, 1)).add(Tensors.of(0, -1)));
            Expect.that("relu(x W + [0, -1]) v for W all 1, v = [[1], [-2]], x = [[0, 0], [0, 1], [1, 0], [1, 1]]")
                    .rule("without the bend it would be 2, 1, 1, 0: a straight line over the sum of the inputs")
                    .numbers(hidden.matmul(Tensors.of(new double[][] {{1}, {-2}})).data(), 0, 1, 1, 0);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 3.2: the chain rule at each element")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class ChainRule {

        @Test
        @Order(1)
        @DisplayName("through ReLU")
        void byHand() {
            Expect.that("gradient of relu at x = [-1, 0.5, 2], y = [0, 0.5, 2] with g = [7, 8, 9]")
                    .rule("at each element the slope there, 0 or 1, times the gradient of the output")
                    .numbers(
                            () -> new Relu()
                                    .gradient(Tensors.of(-1, 0.5, 2), Tensors.of(0, 0.5, 2), Tensors.of(7, 8, 9))
                                    .data(),
                            0,
                            8,
                            9);
        }

        @Test
        @Order(2)
        @DisplayName("x and y are not the same")
        void order() {
            Expect.that("gradient of x^3 at x = [2, -1], y = [8, -1] with g = [1, 10]")
                    .rule("derivative(x, y): first where, then the value there; the slope here is 3x^2")
                    .numbers(
                            () -> new Cube().gradient(Tensors.of(2, -1), Tensors.of(8, -1), Tensors.of(1, 10)).data(),
                            12,
                            30);
            Expect.that("gradient of e^x at x = [0, 1], y = [1, e] with g = [3, 2]")
                    .rule("derivative(x, y): first where, then the value there; the slope here is y")
                    .numbers(
                            () -> new Exponential().gradient(Tensors.of(0, 1), Tensors.of(1, E), Tensors.of(3, 2)).data(),
                            3,
                            2 * E);
        }

        @Test
        @Order(3)
        @DisplayName("keeps the shape")
        void shape() {
            Tensor x = matrix(1, 2, 3, 4, 5, 6);
            Tensor y = matrix(1, 8, 27, 64, 125, 216);
            Tensor gradient = new Cube().gradient(x, y, Tensors.ones(3, 2));
            Expect.that("the shape of the gradient of x^3 at a (3, 2)")
                    .rule("the gradient of the input has the input's shape")
                    .value(gradient.shape(), Shape.of(3, 2));
            Expect.that("gradient of x^3 at [[1, 2], [3, 4], [5, 6]] with g all 1").numbers(gradient.data(), 3, 12, 27, 48, 75, 108);
        }

        @Test
        @Order(4)
        @DisplayName("agrees with nudging the inputs")
        void property() {
            Tensor x = Tensors.uniform(new Generator(32), -2, 2, 12);
            Tensor g = Tensors.uniform(new Generator(33), -2, 2, 12);
            Activation f = new Exponential();
            double[] expected = new double[12];
            double[] y = new double[12];
            for (int i = 0; i < expected.length; i++) {
                y[i] = Math.exp(x.get(i));
                expected[i] = g.get(i) * difference(f, x.get(i));
            }
            Expect.that("gradient of e^x at 12 numbers, against the difference quotient of sum(g e^x)")
                    .rule("each output depends on its own input alone, so only g at the same place counts")
                    .numbers(f.gradient(x, Tensors.of(y), g).data(), expected);
        }

        @Test
        @Order(5)
        @DisplayName("with module 02: back to the weights of a layer")
        void layer() {
            Tensor x = matrix(1, 2);
            Tensor z = x.matmul(matrix(1, -1, 0.5, 0.25));
            Tensor gradientOfZ = new Relu().gradient(z, matrix(2, 0), matrix(10, 100));
            Expect.that("relu([1, 2] x W) for W = [[1, -1], [0.5, 0.25]] with g = [10, 100], gradient of W")
                    .rule("x W is [2, -0.5]: the first lets its 10 through, the second is cut off and sends nothing back")
                    .numbers(x.transpose().matmul(gradientOfZ).data(), 10, 0, 20, 0);
        }

        @Test
        @Order(6)
        @DisplayName("the lesson's closing experiment: a layer forgotten on the way back")
        void closingExperiment() {
            Relu relu = new Relu();
            Tensor x = matrix(1, 2);
            Tensor w1 = matrix(1, 1, 1, -1);
            Tensor w2 = matrix(1, 2, 0, 1);
            Tensor w3 = matrix(1, 10);
            Tensor z1 = x.matmul(w1.transpose()).add(Tensors.of(0, 2));
            Tensor h1 = Activations.relu(z1);
            Tensor z2 = h1.matmul(w2.transpose());
            Tensor h2 = Activations.relu(z2);
            Expect.that("the output of the three layers").number(h2.matmul(w3.transpose()).item(), 15);
            Expect.that("gradient of the first bias, the layer in the middle forgotten")
                    .rule("all layers are two wide, so every shape fits and nothing complains")
                    .numbers(() -> relu.gradient(z1, h1, w3).sum(0).data(), 1, 10);
            Expect.that("gradient of the first bias, every layer in its place")
                    .rule("through the last layer, the bend, the middle layer and the first bend")
                    .numbers(() -> relu.gradient(z1, h1, relu.gradient(z2, h2, w3).matmul(w2)).sum(0).data(), 1, 12);
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 3.3: sigmoid that never overflows")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class SigmoidValue {

        private final Sigmoid sigmoid = new Sigmoid();

        @Test
        @Order(1)
        @DisplayName("from one half to both sides")
        void byHand() {
            Expect.that("sigmoid([0, log 3, -log 3])")
                    .rule("1 / (1 + e^(-x)) is 1 / (1 + 1), 1 / (1 + 1/3), 1 / (1 + 3): it grows with x")
                    .numbers(() -> Activations.sigmoid(Tensors.of(0, LOG_3, -LOG_3)).data(), 0.5, 0.75, 0.25);
        }

        @Test
        @Order(2)
        @DisplayName("far out")
        void farOut() {
            Expect.that("sigmoid([1000, -1000, Infinity, -Infinity])")
                    .rule("e^1000 is Infinity in a double, and Infinity / Infinity is NaN")
                    .numbers(
                            () -> Activations.sigmoid(Tensors.of(1000, -1000, POSITIVE_INFINITY, NEGATIVE_INFINITY)).data(),
                            1,
                            0,
                            1,
                            0);
        }

        @Test
        @Order(3)
        @DisplayName("very small, but not 0")
        void tail() {
            Expect.that("log(sigmoid(-720))")
                    .rule("e^720 overflows too, and 1 / Infinity is 0: raise e to negative powers only, and the small number, 2.03e-313, survives")
                    .number(Math.log(sigmoid.apply(-720)), -720);
        }

        @Test
        @Order(4)
        @DisplayName("NaN stays NaN")
        void notANumber() {
            Expect.that("sigmoid(NaN)").number(sigmoid.apply(NaN), NaN);
        }

        @Test
        @Order(5)
        @DisplayName("agrees with the formula, and with its mirror image")
        void property() {
            for (int i = -60; i <= 60; i++) {
                double x = i / 2.0;
                Expect.that("sigmoid(" + x + ")").rule("1 / (1 + e^(-x))").number(sigmoid.apply(x), 1 / (1 + Math.exp(-x)));
                Expect.that("sigmoid(" + x + ") + sigmoid(" + -x + ")")
                        .rule("what is missing to 1 is the sigmoid on the other side of 0")
                        .number(sigmoid.apply(x) + sigmoid.apply(-x), 1);
            }
        }

        @Test
        @Order(6)
        @DisplayName("used by SiLU and by the slope of softplus")
        void use() {
            Expect.that("silu([log 3, -log 3])")
                    .rule("x times sigmoid(x)")
                    .numbers(Activations.silu(Tensors.of(LOG_3, -LOG_3)).data(), 0.75 * LOG_3, -0.25 * LOG_3);
            Expect.that("slope of softplus at -log 3").rule("which is sigmoid(-log 3)").number(slope(new Softplus(), -LOG_3), 0.25);
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 3.4: the slope of tanh from its output")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class TanhSlope {

        private final Tanh tanh = new Tanh();

        @Test
        @Order(1)
        @DisplayName("where tanh is 0 and where it is one half")
        void byHand() {
            Expect.that("slope of tanh at x = 0, where y = 0")
                    .rule("tanh is steepest at 0, with slope 1; y * (1 - y) is the slope of sigmoid")
                    .number(tanh.derivative(0, 0), 1);
            Expect.that("slope of tanh at x = 0.5493, where y = 0.5")
                    .rule("the square is that of tanh(x), not that of x")
                    .number(tanh.derivative(LOG_3 / 2, 0.5), 0.75);
            Expect.that("slope of tanh at x = -0.5493, where y = -0.5")
                    .rule("tanh climbs on both sides, and alike")
                    .number(tanh.derivative(-LOG_3 / 2, -0.5), 0.75);
        }

        @Test
        @Order(2)
        @DisplayName("flat far out")
        void farOut() {
            Expect.that("slope of tanh at 1000, where y = 1").number(tanh.derivative(1000, 1), 0);
            Expect.that("slope of tanh at -1000, where y = -1").number(tanh.derivative(-1000, -1), 0);
        }

        @Test
        @Order(3)
        @DisplayName("needs the output only")
        void outputOnly() {
            Expect.that("slope of tanh where y = 0.5, and x was not kept (NaN)")
                    .rule("y = tanh(x) was worked out on the way forward: use it, and do not compute it a second time")
                    .number(tanh.derivative(NaN, 0.5), 0.75);
        }

        @Test
        @Order(4)
        @DisplayName("agrees with nudging x")
        void property() {
            agreesWithDifferences(tanh, "1 - tanh(x)^2");
        }

        @Test
        @Order(5)
        @DisplayName("used by the chain rule and by GPT-2's GELU")
        void use() {
            Expect.that("gradient of tanh at x = [0, 0.5493], y = [0, 0.5] with g = [2, 4]")
                    .rule("slope times g: 1 * 2 and 0.75 * 4")
                    .numbers(tanh.gradient(Tensors.of(0, LOG_3 / 2), Tensors.of(0, 0.5), Tensors.of(2, 4)).data(), 2, 3);
            agreesWithDifferences(new GeluTanh(), "this slope calls the one of tanh");
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 3.5: the slope of GELU")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class GeluSlope {

        private final Gelu gelu = new Gelu();

        @Test
        @Order(1)
        @DisplayName("at 0")
        void atZero() {
            Expect.that("slope of gelu at 0")
                    .rule("a product has two terms: the first is Φ(0) = 1/2, the second is 0 here, since it has the factor x")
                    .number(slope(gelu, 0), 0.5);
        }

        @Test
        @Order(2)
        @DisplayName("at 1 and at -1")
        void atOne() {
            String rule = "two terms: Φ(x), and x times the slope of Φ; that slope at 1 is e^(-1/2) / sqrt(2 pi) = 0.24197. In Java -1 / 2 is 0";
            Expect.that("slope of gelu at 1, where Φ(1) = 0.84134").rule(rule).number(slope(gelu, 1), 1.0833154705876864);
            Expect.that("slope of gelu at -1, where Φ(-1) = 0.15866").rule(rule).number(slope(gelu, -1), -0.08331547058768629);
        }

        @Test
        @Order(3)
        @DisplayName("far out")
        void farOut() {
            String rule = "far out the density is 0 and only Φ is left; but Infinity * 0 is NaN, so keep the two apart";
            Expect.that("slope of gelu at 1000").rule(rule).number(slope(gelu, 1000), 1);
            Expect.that("slope of gelu at -1000").rule(rule).number(slope(gelu, -1000), 0);
            Expect.that("slope of gelu at Infinity").rule(rule).number(slope(gelu, POSITIVE_INFINITY), 1);
            Expect.that("slope of gelu at -Infinity").rule(rule).number(slope(gelu, NEGATIVE_INFINITY), 0);
        }

        @Test
        @Order(4)
        @DisplayName("agrees with nudging x, and with its mirror image")
        void property() {
            agreesWithDifferences(gelu, "Φ(x) plus x times the density");
            for (double x : new double[] {0.3, 1.7, 2.9}) {
                Expect.that("slope of gelu at " + x + " plus its slope at " + -x)
                        .rule("Φ(x) + Φ(-x) is 1, and x times the density changes its sign")
                        .number(slope(gelu, x) + slope(gelu, -x), 1);
            }
        }

        @Test
        @Order(5)
        @DisplayName("used by the chain rule")
        void use() {
            Tensor x = Tensors.of(0, 1);
            Expect.that("gradient of gelu at [0, 1] with g = [4, 10]")
                    .rule("slope times g")
                    .numbers(gelu.gradient(x, Activations.gelu(x), Tensors.of(4, 10)).data(), 2, 10.833154705876864);
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 3.6: softmax less the maximum")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class SoftmaxValue {

        @Test
        @Order(1)
        @DisplayName("two scores")
        void byHand() {
            Expect.that("softmax([0, log 3])")
                    .rule("e^0 is 1 and e^(log 3) is 3: each exponential is divided by the sum of all, which is 4")
                    .numbers(() -> Activations.softmax(Tensors.of(0, LOG_3), 0).data(), 0.25, 0.75);
        }

        @Test
        @Order(2)
        @DisplayName("large scores")
        void large() {
            Expect.that("softmax([1000, 1000, -1000])")
                    .rule("e^1000 is Infinity, and Infinity / Infinity is NaN: subtract the maximum from every score first; no quotient changes")
                    .numbers(() -> Activations.softmax(Tensors.of(1000, 1000, -1000), 0).data(), 0.5, 0.5, 0);
        }

        @Test
        @Order(3)
        @DisplayName("each row for itself")
        void rows() {
            Tensor out = Activations.softmax(matrix(0, LOG_3, 0, 0), 1);
            Expect.that("softmax([[0, log 3], [0, 0]], axis 1)")
                    .rule("number i of a row lies at row.at(i) in the flat array, not at i")
                    .numbers(out.data(), 0.25, 0.75, 0.5, 0.5);
            Expect.that("the shape of softmax([[0, log 3], [0, 0]], axis 1)").value(out.shape(), Shape.of(2, 2));
        }

        @Test
        @Order(4)
        @DisplayName("each row with its own maximum")
        void ownMaximum() {
            Expect.that("softmax([[0, 0], [1000, 1000]], axis 1)")
                    .rule("subtract the maximum of the row: less the largest number of all, a low row becomes 0 / 0")
                    .numbers(() -> Activations.softmax(matrix(0, 0, 1000, 1000), 1).data(), 0.5, 0.5, 0.5, 0.5);
        }

        @Test
        @Order(5)
        @DisplayName("down the columns")
        void columns() {
            Expect.that("softmax([[0, 0], [log 3, 0]], axis 0)")
                    .rule("along axis 0 the numbers of a row, as Rows has it, lie a whole row of the matrix apart: row.at(i)")
                    .numbers(() -> Activations.softmax(matrix(0, 0, LOG_3, 0), 0).data(), 0.25, 0.5, 0.75, 0.5);
        }

        @Test
        @Order(6)
        @DisplayName("impossible, and not a number")
        void edges() {
            Expect.that("softmax([3, -Infinity, 3])")
                    .rule("a score of -Infinity means impossible: masks in module 13 rely on it")
                    .numbers(() -> Activations.softmax(Tensors.of(3, NEGATIVE_INFINITY, 3), 0).data(), 0.5, 0, 0.5);
            Expect.that("softmax([1, NaN])").numbers(() -> Activations.softmax(Tensors.of(1, NaN), 0).data(), NaN, NaN);
        }

        @Test
        @Order(7)
        @DisplayName("agrees with the formula, along any axis")
        void property() {
            Tensor x = Tensors.uniform(new Generator(36), -3, 3, 2, 3, 4);
            double[] expected = new double[24];
            for (int i = 0; i < 2; i++) {
                for (int k = 0; k < 4; k++) {
                    double sum = 0;
                    for (int j = 0; j < 3; j++) {
                        sum += Math.exp(x.get(i, j, k));
                    }
                    for (int j = 0; j < 3; j++) {
                        expected[i * 12 + j * 4 + k] = Math.exp(x.get(i, j, k)) / sum;
                    }
                }
            }
            Expect.that("softmax of a (2, 3, 4) along axis 1").rule("e^x / sum of e^x").numbers(Activations.softmax(x, 1).data(), expected);
        }

        @Test
        @Order(8)
        @DisplayName("with module 02: scores of a layer become probabilities")
        void use() {
            Tensor scores = matrix(1, 2, -3, 4, 0, 0).matmul(Tensors.of(new double[][] {{1, 0, 200}, {300, 1, -1}}));
            Expect.that("softmax([[1, 2], [-3, 4], [0, 0]] x W, axis 1), summed along axis 1")
                    .rule("the probabilities of one sample add up to 1, however large its scores are")
                    .numbers(Activations.softmax(scores, 1).sum(1).data(), 1, 1, 1);
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 3.7: the gradient of softmax without its Jacobian")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class SoftmaxGradient {

        @Test
        @Order(1)
        @DisplayName("two scores")
        void byHand() {
            Expect.that("gradient of softmax at y = [0.25, 0.75] with g = [1, 0]")
                    .rule("each g less the average of g weighted by y (0.25 here), times y: one score moves every probability, not its own alone")
                    .numbers(
                            () -> new Softmax(0).gradient(Tensors.of(0.25, 0.75), Tensors.of(1, 0)).data(), 0.1875, -0.1875);
        }

        @Test
        @Order(2)
        @DisplayName("each row for itself")
        void rows() {
            Expect.that("gradient of softmax(axis 1) at y = [[0.25, 0.75], [0.5, 0.5]] with g = [[1, 0], [2, 4]]")
                    .rule("each row has an average of its own, taken along axis 1 only; it must stay a column (keepDim), or a square matrix broadcasts it the wrong way")
                    .numbers(
                            () -> new Softmax(1).gradient(matrix(0.25, 0.75, 0.5, 0.5), matrix(1, 0, 2, 4)).data(),
                            0.1875,
                            -0.1875,
                            -0.5,
                            0.5);
        }

        @Test
        @Order(3)
        @DisplayName("down the columns")
        void columns() {
            Tensor gradient = new Softmax(0).gradient(matrix(0.25, 0.5, 0.75, 0.5), matrix(1, 2, 0, 4));
            Expect.that("gradient of softmax(axis 0) at y = [[0.25, 0.5], [0.75, 0.5]] with g = [[1, 2], [0, 4]]")
                    .rule("the sum runs along the axis of the softmax, whichever it is")
                    .numbers(gradient.data(), 0.1875, -0.5, -0.1875, 0.5);
            Expect.that("the shape of that gradient").value(gradient.shape(), Shape.of(2, 2));
        }

        @Test
        @Order(4)
        @DisplayName("nothing to gain if all want the same")
        void sameForAll() {
            Expect.that("gradient of softmax at y = [0.2, 0.3, 0.5] with g = [7, 7, 7]")
                    .rule("the probabilities always add up to 1, so wanting more of every one of them moves nothing")
                    .numbers(() -> new Softmax(0).gradient(Tensors.of(0.2, 0.3, 0.5), Tensors.of(7, 7, 7)).data(), 0, 0, 0);
        }

        @Test
        @Order(5)
        @DisplayName("agrees with the Jacobian, written out")
        void jacobian() {
            double[] y = {0.1, 0.2, 0.3, 0.4};
            double[] g = {3, -1, 2, 5};
            double[] expected = new double[4];
            for (int j = 0; j < 4; j++) {
                for (int i = 0; i < 4; i++) {
                    expected[j] += g[i] * y[i] * ((i == j ? 1 : 0) - y[j]);
                }
            }
            Expect.that("gradient of softmax at y = [0.1, 0.2, 0.3, 0.4] with g = [3, -1, 2, 5]")
                    .rule("sum over i of g_i y_i (1 if i = j, else 0, less y_j)")
                    .numbers(() -> new Softmax(0).gradient(Tensors.of(y), Tensors.of(g)).data(), expected);
        }

        @Test
        @Order(6)
        @DisplayName("agrees with nudging the scores")
        void use() {
            double[] x = {0.5, -1, 2};
            Tensor g = Tensors.of(1, 10, -3);
            double h = 1e-5;
            double[] expected = new double[3];
            for (int j = 0; j < 3; j++) {
                double[] above = x.clone();
                double[] below = x.clone();
                above[j] += h;
                below[j] -= h;
                double up = Activations.softmax(Tensors.of(above), 0).mul(g).sum().item();
                double down = Activations.softmax(Tensors.of(below), 0).mul(g).sum().item();
                expected[j] = (up - down) / (2 * h);
            }
            Tensor y = Activations.softmax(Tensors.of(x), 0);
            Expect.that("gradient of sum(softmax([0.5, -1, 2]) * [1, 10, -3]), against difference quotients")
                    .numbers(new Softmax(0).gradient(y, g).data(), expected);
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 3.8: log-softmax in one step")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class LogSoftmaxValue {

        @Test
        @Order(1)
        @DisplayName("two scores")
        void byHand() {
            Expect.that("logSoftmax([0, log 3])")
                    .rule("log 1/4 and log 3/4. If the maximum is subtracted inside the sum, it must be subtracted outside too, and the other way round")
                    .numbers(() -> Activations.logSoftmax(Tensors.of(0, LOG_3), 0).data(), -LOG_4, LOG_3 - LOG_4);
        }

        @Test
        @Order(2)
        @DisplayName("a probability too small for a double")
        void small() {
            Expect.that("logSoftmax([1000, 0])")
                    .rule("the second probability is e^(-1000), 0 in a double, and log 0 is -Infinity: do not go through the probabilities")
                    .numbers(() -> Activations.logSoftmax(Tensors.of(1000, 0), 0).data(), 0, -1000);
        }

        @Test
        @Order(3)
        @DisplayName("scores that swallow a logarithm")
        void rounding() {
            Expect.that("logSoftmax([1e16, 1e16])")
                    .rule("1e16 + 0.69 is 1e16 in a double: subtract the maximum and then the logarithm; added up first, the logarithm rounds away")
                    .numbers(() -> Activations.logSoftmax(Tensors.of(1e16, 1e16), 0).data(), -LOG_2, -LOG_2);
        }

        @Test
        @Order(4)
        @DisplayName("along the rows and down the columns")
        void axes() {
            Tensor out = Activations.logSoftmax(matrix(0, LOG_3, 500, 500), 1);
            Expect.that("logSoftmax([[0, log 3], [500, 500]], axis 1)")
                    .rule("each row has its own maximum and its own sum, and its numbers lie at row.at(i)")
                    .numbers(out.data(), -LOG_4, LOG_3 - LOG_4, -LOG_2, -LOG_2);
            Expect.that("the shape of logSoftmax([[0, log 3], [500, 500]], axis 1)").value(out.shape(), Shape.of(2, 2));
            Expect.that("logSoftmax([[0, 500], [log 3, 500]], axis 0)")
                    .numbers(Activations.logSoftmax(matrix(0, 500, LOG_3, 500), 0).data(), -LOG_4, -LOG_2, LOG_3 - LOG_4, -LOG_2);
        }

        @Test
        @Order(5)
        @DisplayName("impossible, and not a number")
        void edges() {
            Expect.that("logSoftmax([3, -Infinity, 3])")
                    .rule("the logarithm of probability 0 is -Infinity, and the other two share the rest")
                    .numbers(
                            () -> Activations.logSoftmax(Tensors.of(3, NEGATIVE_INFINITY, 3), 0).data(),
                            -LOG_2,
                            NEGATIVE_INFINITY,
                            -LOG_2);
            Expect.that("logSoftmax([1, NaN])").numbers(() -> Activations.logSoftmax(Tensors.of(1, NaN), 0).data(), NaN, NaN);
        }

        @Test
        @Order(6)
        @DisplayName("agrees with the formula")
        void property() {
            Tensor x = Tensors.uniform(new Generator(38), -3, 3, 4, 5);
            double[] expected = new double[20];
            for (int i = 0; i < 4; i++) {
                double sum = 0;
                for (int j = 0; j < 5; j++) {
                    sum += Math.exp(x.get(i, j));
                }
                for (int j = 0; j < 5; j++) {
                    expected[i * 5 + j] = Math.log(Math.exp(x.get(i, j)) / sum);
                }
            }
            Expect.that("logSoftmax of a (4, 5) along axis 1").rule("log(e^x / sum of e^x)").numbers(Activations.logSoftmax(x, 1).data(), expected);
        }

        @Test
        @Order(7)
        @DisplayName("for module 05: the price of a right answer, and its slope")
        void use() {
            Tensor y = Activations.logSoftmax(Tensors.of(2, 1, 0), 0);
            Expect.that("-logSoftmax([2, 1, 0]) at 0").rule("log(1 + e^(-1) + e^(-2))").number(-y.get(0), 0.4076059644443804);
            Expect.that("gradient of logSoftmax at the scores [2, 1, 0] with g = [-1, 0, 0]")
                    .rule("the probabilities, less 1 at the right answer")
                    .numbers(
                            new LogSoftmax(0).gradient(y, Tensors.of(-1, 0, 0)).data(),
                            -0.3347590442251782,
                            0.24472847105479764,
                            0.09003057317038046);
        }
    }
}
