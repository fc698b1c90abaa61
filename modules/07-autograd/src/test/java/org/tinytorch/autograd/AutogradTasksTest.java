package org.tinytorch.autograd;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.tinytorch.checks.Expect;
import org.tinytorch.tensor.Binary;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Reduce;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tensor.Unary;

/** The checks of module 07, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class AutogradTasksTest {

    private static final double E = 2.718281828459045;
    private static final double LOG_2 = 0.6931471805599453;

    private static Tensor leaf(double... values) {
        return Tensors.of(values).requiresGrad(true);
    }

    private static Tensor gradOf(Tensor x) {
        return x.grad().orElseThrow(() -> new AssertionError("a leaf that requires a gradient has none after backward()"));
    }

    /** A result that was recorded by hand: no rule is looked up. */
    private static Tensor recorded(String name, Tensor... inputs) {
        Tensor out = Tensors.of(0.0);
        out.recorded(Optional.of(new Node(name, (saved, g) -> new Tensor[] {g}, out, inputs)));
        return out;
    }

    private static Node node(Tensor recorded) {
        return (Node) recorded.gradFn().orElseThrow();
    }

    /** The gradient that one rule gives: no backward pass takes part. */
    private static Tensor gradient(Operation op, int input, Tensor g, Tensor... inputs) {
        Tensor out = Operation.run(op, inputs);
        Saved saved = new Saved(op.toString(), out, inputs);
        return DerivativeRules.of(op, inputs.length).get(input).apply(saved, g);
    }

    @Nested
    @Order(1)
    @DisplayName("Task 7.1: decide what is worth remembering")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Wanted {

        @Test
        @Order(1)
        @DisplayName("nobody asked")
        void nobody() {
            Expect.that("inputs [1] and [2], neither requires a gradient")
                    .rule("nothing to remember: no gradient will be asked for")
                    .value(AutogradTape.wanted(Tensors.of(1.0), Tensors.of(2.0)), false);
        }

        @Test
        @Order(2)
        @DisplayName("one input is enough")
        void oneIsEnough() {
            Expect.that("inputs [1] and [2], the second requires a gradient")
                    .rule("one input that requires a gradient is enough, whichever it is")
                    .value(AutogradTape.wanted(Tensors.of(1.0), leaf(2)), true);
        }

        @Test
        @Order(3)
        @DisplayName("not under NoGrad")
        void noGrad() {
            try (NoGrad scope = NoGrad.enter()) {
                Expect.that("input [2] requires a gradient, inside NoGrad")
                        .rule("NoGrad switches recording off for its thread")
                        .value(AutogradTape.wanted(leaf(2)), false);
            }
            Expect.that("input [2] requires a gradient, after the NoGrad scope").value(AutogradTape.wanted(leaf(2)), true);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 7.2: the depth of a node")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Depth {

        @Test
        @Order(1)
        @DisplayName("above leaves it is 1")
        void aboveLeaves() {
            Expect.that("depth of f(leaf, leaf)")
                    .rule("leaves have depth 0, and a node is one deeper than its deepest input")
                    .value(node(recorded("f", leaf(1), leaf(2))).depth(), 1);
        }

        @Test
        @Order(2)
        @DisplayName("grows along a chain")
        void chain() {
            Tensor first = recorded("first", leaf(1));
            Tensor third = recorded("third", recorded("second", first));
            Expect.that("depth of third(second(first(leaf)))").value(node(third).depth(), 3);
        }

        @Test
        @Order(3)
        @DisplayName("follows the deepest input, wherever it stands")
        void deepest() {
            Tensor shallow = recorded("shallow", leaf(1));
            Tensor deep = recorded("deep", recorded("middle", shallow));
            Expect.that("depth of f(deep of depth 3, shallow of depth 1)")
                    .rule("the deepest input decides, not the last one and not the first one")
                    .value(node(recorded("f", deep, shallow)).depth(), 4);
            Expect.that("depth of f(shallow of depth 1, deep of depth 3)").value(node(recorded("f", shallow, deep)).depth(), 4);
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 7.3: derivatives of the elementary functions")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Elementary {

        private void expect(Unary f, String rule, double[] x, double[] g, double... expected) {
            Expect.that(f + " at " + Tensors.of(x) + " with g = " + Tensors.of(g))
                    .rule(rule)
                    .numbers(gradient(f, 0, Tensors.of(g), Tensors.of(x)).data(), expected);
        }

        @Test
        @Order(1)
        @DisplayName("neg and square")
        void negAndSquare() {
            expect(Unary.NEG, "d(-x) = -g", new double[] {5, 6}, new double[] {1, 2}, -1, -2);
            expect(Unary.SQUARE, "d(x^2) = 2x g", new double[] {1, -2, 3}, new double[] {1, 1, 10}, 2, -4, 60);
        }

        @Test
        @Order(2)
        @DisplayName("exp and log")
        void expAndLog() {
            expect(Unary.EXP, "d(e^x) = e^x g, and e^x is the output", new double[] {0, 1}, new double[] {1, 2}, 1, 2 * E);
            expect(Unary.LOG, "d(log x) = g / x", new double[] {1, 4}, new double[] {1, 2}, 1, 0.5);
        }

        @Test
        @Order(3)
        @DisplayName("sqrt and reciprocal")
        void sqrtAndReciprocal() {
            expect(Unary.SQRT, "d(sqrt x) = g / (2 sqrt x)", new double[] {4, 9}, new double[] {1, 6}, 0.25, 1);
            expect(Unary.RECIPROCAL, "d(1/x) = -g / x^2", new double[] {2, -4}, new double[] {4, 16}, -1, -1);
        }

        @Test
        @Order(4)
        @DisplayName("sin and cos")
        void sinAndCos() {
            double[] x = {0, Math.PI / 2};
            expect(Unary.SIN, "d(sin x) = cos x g", x, new double[] {3, 3}, 3, 0);
            expect(Unary.COS, "d(cos x) = -sin x g: mind the sign", x, new double[] {3, 3}, 0, -3);
        }

        @Test
        @Order(5)
        @DisplayName("abs and sign")
        void absAndSign() {
            expect(Unary.ABS, "the slope is -1, 0 or 1", new double[] {-3, 0, 2}, new double[] {10, 10, 10}, -10, 0, 10);
            expect(Unary.SIGN, "flat everywhere", new double[] {-3, 2}, new double[] {10, 10}, 0, 0);
        }

        @Test
        @Order(6)
        @DisplayName("tanh and erf")
        void tanhAndErf() {
            // tanh of half the logarithm of 3 is exactly one half.
            expect(Unary.TANH, "d(tanh x) = (1 - tanh(x)^2) g", new double[] {0, Math.log(3) / 2}, new double[] {2, 4}, 2, 3);
            expect(
                    Unary.ERF,
                    "d(erf x) = 2 / sqrt(pi) e^(-x^2) g",
                    new double[] {0, 1},
                    new double[] {1, 1},
                    1.1283791670955126,
                    0.41510749742059477);
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 7.4: derivatives of the arithmetic")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class ArithmeticRules {

        private void expect(Binary f, double[] a, double[] b, double[] g, String rule, double[] da, double[] db) {
            String input = f + " of " + Tensors.of(a) + " and " + Tensors.of(b) + " with g = " + Tensors.of(g);
            Expect.that(input + ", gradient of the first")
                    .rule(rule)
                    .numbers(gradient(f, 0, Tensors.of(g), Tensors.of(a), Tensors.of(b)).data(), da);
            Expect.that(input + ", gradient of the second")
                    .rule(rule)
                    .numbers(gradient(f, 1, Tensors.of(g), Tensors.of(a), Tensors.of(b)).data(), db);
        }

        private final double[] a = {6, 8};
        private final double[] b = {2, 4};
        private final double[] g = {1, 10};

        @Test
        @Order(1)
        @DisplayName("a + b and a - b")
        void addAndSub() {
            expect(Binary.ADD, a, b, g, "both get g", new double[] {1, 10}, new double[] {1, 10});
            expect(Binary.SUB, a, b, g, "the first gets g, the second -g", new double[] {1, 10}, new double[] {-1, -10});
        }

        @Test
        @Order(2)
        @DisplayName("a * b")
        void mul() {
            expect(Binary.MUL, a, b, g, "each gets g times the other", new double[] {2, 40}, new double[] {6, 80});
        }

        @Test
        @Order(3)
        @DisplayName("a / b")
        void div() {
            expect(Binary.DIV, a, b, g, "g / b for the first, -g a / b^2 for the second", new double[] {0.5, 2.5}, new double[] {-1.5, -5});
        }

        @Test
        @Order(4)
        @DisplayName("a to the power of b")
        void pow() {
            expect(
                    Binary.POW,
                    new double[] {2},
                    new double[] {3},
                    new double[] {1},
                    "b a^(b-1) for the base, a^b log a for the exponent",
                    new double[] {12},
                    new double[] {8 * LOG_2});
        }

        @Test
        @Order(5)
        @DisplayName("the larger and the smaller")
        void maxAndMin() {
            double[] left = {1, 5, 3};
            double[] right = {2, 4, 3};
            double[] tens = {10, 10, 10};
            String rule = "the winner gets g; equal arguments get half of it each";
            expect(Binary.MAX, left, right, tens, rule, new double[] {0, 10, 5}, new double[] {10, 0, 5});
            expect(Binary.MIN, left, right, tens, rule, new double[] {10, 0, 5}, new double[] {0, 10, 5});
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 7.5: derivative of the matrix product")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Product {

        private static final String INPUT = "A = [[1, 2, 3], [4, 5, 6]], B = [[1, 0], [0, 1], [2, 2]], G = [[1, 10], [100, 1000]]";

        private final Tensor a = Tensors.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
        private final Tensor aTransposed = Tensors.of(new double[][] {{1, 4}, {2, 5}, {3, 6}});
        private final Tensor b = Tensors.of(new double[][] {{1, 0}, {0, 1}, {2, 2}});
        private final Tensor bTransposed = Tensors.of(new double[][] {{1, 0, 2}, {0, 1, 2}});
        private final Tensor g = Tensors.of(new double[][] {{1, 10}, {100, 1000}});

        private final double[] da = {1, 10, 22, 100, 1000, 2200};
        private final double[] daTransposed = {1, 100, 10, 1000, 22, 2200};
        private final double[] db = {401, 4010, 502, 5020, 603, 6030};
        private final double[] dbTransposed = {401, 502, 603, 4010, 5020, 6030};

        private void expect(MatMul product, Tensor left, Tensor right, double[] first, double[] second) {
            String input = product + " with " + INPUT;
            Expect.that(input + ", gradient of the left")
                    .rule("dA = G x B transposed; as a check, shapes: (2, 2) x (2, 3); an input that is read as transposed gets it transposed")
                    .numbers(gradient(product, 0, g, left, right).data(), first);
            Expect.that(input + ", gradient of the right")
                    .rule("dB = A transposed x G; as a check, shapes: (3, 2) x (2, 2); an input that is read as transposed gets it transposed")
                    .numbers(gradient(product, 1, g, left, right).data(), second);
        }

        @Test
        @Order(1)
        @DisplayName("A x B")
        void plain() {
            expect(new MatMul(false, false), a, b, da, db);
        }

        @Test
        @Order(2)
        @DisplayName("the left one read as transposed")
        void transposeLeft() {
            expect(new MatMul(true, false), aTransposed, b, daTransposed, db);
        }

        @Test
        @Order(3)
        @DisplayName("the right one read as transposed, as in a linear layer")
        void transposeRight() {
            expect(new MatMul(false, true), a, bTransposed, da, dbTransposed);
        }

        @Test
        @Order(4)
        @DisplayName("both")
        void both() {
            expect(new MatMul(true, true), aTransposed, bTransposed, daTransposed, dbTransposed);
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 7.6: derivative of sum, product and maximum")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Reductions {

        private Tensor gradientOf(Reduce.Kind kind, Tensor x, boolean keepDim, Tensor g, int... axes) {
            return gradient(Reduce.over(kind, x.shape(), keepDim, axes), 0, g, x);
        }

        private final Tensor matrix = Tensors.of(new double[][] {{1, 3, 2}, {4, 4, 0}});

        @Test
        @Order(1)
        @DisplayName("a sum hands its gradient to everyone")
        void sum() {
            Tensor down = gradientOf(Reduce.Kind.SUM, matrix, false, Tensors.of(1, 10, 100), 0);
            Expect.that("sum(0) of a (2, 3) with g = [1, 10, 100]")
                    .rule("each element of a column has slope 1, so it gets its column's g")
                    .numbers(down.data(), 1, 10, 100, 1, 10, 100);
            Tensor along = gradientOf(Reduce.Kind.SUM, matrix, false, Tensors.of(1, 10), 1);
            Expect.that("sum(1) of a (2, 3) with g = [1, 10]")
                    .rule("each element of a row gets its row's g; the reduced axis comes back as 1 before it stretches")
                    .numbers(along.data(), 1, 1, 1, 10, 10, 10);
        }

        @Test
        @Order(2)
        @DisplayName("of everything, and with the axis kept")
        void sumAll() {
            Tensor all = gradientOf(Reduce.Kind.SUM, matrix, false, Tensors.scalar(5));
            Expect.that("the shape of the gradient of sum() of a (2, 3)").value(all.shape(), Shape.of(2, 3));
            Expect.that("sum() of a (2, 3) with g = 5").numbers(all.data(), 5, 5, 5, 5, 5, 5);
            Tensor kept = gradientOf(Reduce.Kind.SUM, matrix, true, Tensors.of(new double[][] {{1}, {10}}), 1);
            Expect.that("sum(keepDim, 1) of a (2, 3) with g = [[1], [10]]").numbers(kept.data(), 1, 1, 1, 10, 10, 10);
        }

        @Test
        @Order(3)
        @DisplayName("a product: all the others")
        void product() {
            Expect.that("prod() of [2, 3, 4] with g = 1")
                    .rule("each gets the product of the others")
                    .numbers(gradientOf(Reduce.Kind.PROD, Tensors.of(2, 3, 4), false, Tensors.scalar(1)).data(), 12, 8, 6);
            Expect.that("prod() of [2, 0, 4] with g = 1")
                    .rule("the output divided by the element is 0/0 here; ProdOfOthers is not")
                    .numbers(gradientOf(Reduce.Kind.PROD, Tensors.of(2, 0, 4), false, Tensors.scalar(1)).data(), 0, 8, 0);
        }

        @Test
        @Order(4)
        @DisplayName("a maximum: the winners share")
        void maximum() {
            Tensor max = gradientOf(Reduce.Kind.MAX, matrix, false, Tensors.of(10, 6), 1);
            Expect.that("max(1) of [[1, 3, 2], [4, 4, 0]] with g = [10, 6]")
                    .rule("the largest gets g; two that are equally large get half each; the others nothing")
                    .numbers(max.data(), 0, 10, 0, 3, 3, 0);
            Tensor min = gradientOf(Reduce.Kind.MIN, Tensors.of(new double[][] {{1, 3}, {0, 5}}), false, Tensors.of(2, 4), 1);
            Expect.that("min(1) of [[1, 3], [0, 5]] with g = [2, 4]").numbers(min.data(), 2, 0, 4, 0);
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 7.7: gradients that meet are added")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Meeting {

        private final BackwardPass pass = new BackwardPass(false);

        @Test
        @Order(1)
        @DisplayName("at a leaf")
        void atLeaf() {
            Tensor x = leaf(1, 2);
            pass.arrive(x, Tensors.of(1, 10), true);
            pass.arrive(x, Tensors.of(5, 5), true);
            Expect.that("[1, 10] and then [5, 5] arrive at a leaf")
                    .rule("a leaf that is used twice gets the sum; the second does not replace the first")
                    .numbers(pass.atLeaves.get(x).gradient().data(), 6, 15);
        }

        @Test
        @Order(2)
        @DisplayName("at a node, which waits only once")
        void atNode() {
            Tensor middle = recorded("middle", leaf(1));
            pass.arrive(middle, Tensors.of(1.0), true);
            pass.arrive(middle, Tensors.of(5.0), true);
            Expect.that("1 and then 5 arrive at a node").numbers(pass.atNodes.get(node(middle)).data(), 6);
            Expect.that("how often the node waits in the queue")
                    .rule("a node is visited once, with the sum: it joins the queue with its first gradient only")
                    .value(pass.queue.size(), 1);
        }

        @Test
        @Order(3)
        @DisplayName("without writing into what arrived")
        void noWriting() {
            Tensor x = leaf(1);
            Tensor first = Tensors.of(1.0);
            pass.arrive(x, first, false);
            pass.arrive(x, Tensors.of(5.0), false);
            Expect.that("the first gradient after a second one was added to it")
                    .rule("others may hold the same numbers (a + b hands one gradient to both): add() makes new ones")
                    .numbers(first.data(), 1);
        }

        @Test
        @Order(4)
        @DisplayName("and are owned if nobody else holds them")
        void owned() {
            Tensor x = leaf(1);
            pass.arrive(x, Tensors.of(1.0), false);
            Expect.that("owned, after one gradient that is not fresh").value(pass.atLeaves.get(x).owned(), false);
            pass.arrive(x, Tensors.of(5.0), false);
            Expect.that("owned, after two").rule("a sum is always new").value(pass.atLeaves.get(x).owned(), true);
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 7.8: walk back, the deepest node first")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Walk {

        @Test
        @Order(1)
        @DisplayName("one operation")
        void oneOperation() {
            Tensor x = leaf(3, 4);
            Expect.that("sum([3, 4] * [10, 100]), gradient of [3, 4], the only one that requires a gradient")
                    .rule("each input that needs a gradient gets one: ask saved.needsGradient(i) before sending anything")
                    .numbers(
                            () -> {
                                x.mul(Tensors.of(10, 100)).sum().backward();
                                return gradOf(x).data();
                            },
                            10,
                            100);
        }

        @Test
        @Order(2)
        @DisplayName("the same tensor twice")
        void twice() {
            Tensor a = leaf(1);
            Tensor b = a.add(a);
            b.add(b).backward();
            Expect.that("b = a + a, c = b + b, dc/da")
                    .rule("c is 4a: both ways from c to b and both from b to a count")
                    .numbers(gradOf(a).data(), 4);
        }

        @Test
        @Order(3)
        @DisplayName("a shortcut past a longer way")
        void shortcut() {
            Tensor a = leaf(3);
            Tensor b = a.mul(2);
            Tensor c = b.add(a);
            Expect.that("a = 3, b = 2a, c = b + a, dd/da for d = b c = 6a^2")
                    .rule("b must wait until c, which is deeper, has sent its part: the deepest node goes first, and each goes once")
                    .numbers(
                            () -> {
                                b.mul(c).backward();
                                return gradOf(a).data();
                            },
                            36);
        }

        @Test
        @Order(4)
        @DisplayName("undoes broadcasting")
        void broadcasting() {
            Tensor bias = leaf(1, 2, 3);
            Expect.that("sum(ones(4, 3) + bias), gradient of bias")
                    .rule("the bias was used in 4 rows, so it gets the sum of 4 gradients, in its own shape: see checked()")
                    .numbers(
                            () -> {
                                Tensors.ones(4, 3).add(bias).sum().backward();
                                return gradOf(bias).data();
                            },
                            4,
                            4,
                            4);
        }

        @Test
        @Order(5)
        @DisplayName("skips what needs no gradient")
        void skips() {
            Tensor x = leaf(3);
            Tensor constant = Tensors.of(5.0);
            Expect.that("3 * 5, only the 3 requires a gradient: does the 5 have one?")
                    .rule("ask saved.needsGradient(i) before sending anything")
                    .value(
                            () -> {
                                x.mul(constant).backward();
                                return constant.grad().isPresent();
                            },
                            false);
        }

        @Test
        @Order(6)
        @DisplayName("a chain of 100,000 operations")
        void longChain() {
            Tensor x = leaf(1);
            Tensor y = x;
            for (int i = 0; i < 100_000; i++) {
                y = y.add(1);
            }
            y.backward();
            Expect.that("x + 1 + 1 + … + 1, gradient of x").rule("a loop over the queue, no recursion").numbers(gradOf(x).data(), 1);
        }

        @Test
        @Order(7)
        @DisplayName("lets go of the graph, or keeps it")
        void releases() {
            Tensor x = leaf(3);
            Tensor y = x.square();
            Expect.that("x^2 at 3, backward twice, the graph kept the first time")
                    .rule("gradients add up over calls of backward(); the graph stays only if it is retained")
                    .numbers(
                            () -> {
                                y.backward(Tensors.of(1.0), true);
                                y.backward(Tensors.of(1.0), false);
                                return gradOf(x).data();
                            },
                            12);
            Expect.that("a third backward, after the graph was released")
                    .rule("node.release() unless the graph is retained")
                    .error(IllegalStateException.class, "retainGraph", y::backward);
        }

        @Test
        @Order(8)
        @DisplayName("a layer, an activation, a loss")
        void layer() {
            Tensor x = Tensors.of(new double[][] {{1, 2}});
            Tensor w = Tensors.of(new double[][] {{1, -1}, {0.5, 0.5}}).requiresGrad(true);
            Tensor h = MatMul.of(x, false, w, true);
            h.maximum(0).square().sum().backward();
            Expect.that("sum(max(0, [1, 2] x W transposed)^2) for W = [[1, -1], [0.5, 0.5]], gradient of W")
                    .rule("h = [-1, 1.5]: the first is cut off, the second sends 2 * 1.5 times [1, 2]")
                    .numbers(gradOf(w).data(), 0, 0, 3, 6);
        }

        @Test
        @Order(9)
        @DisplayName("leaves do not share a gradient")
        void leavesOfTheirOwn() {
            Tensor a = leaf(1);
            Tensor b = leaf(1);
            a.add(b).sum().backward();
            a.add(b).sum().backward();
            Expect.that("sum(a + b), two times backward(): the gradients of a and of b")
                    .rule("addition hands one and the same g to both. Ask isFresh(...) whether a leaf may keep what arrives, or the second pass, which adds to a's gradient, adds to b's as well")
                    .numbers(new double[] {gradOf(a).item(), gradOf(b).item()}, 2, 2);
        }
    }

    @Nested
    @Order(9)
    @DisplayName("Task 7.9: central difference")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Differences {

        @Test
        @Order(1)
        @DisplayName("agrees with a right gradient")
        void agrees() {
            GradCheck.Result result = GradCheck.check(x -> x[0].mul(x[1]).exp().sum(), Tensors.of(0.5, -1), Tensors.of(2, 0.25));
            Expect.that("GradCheck of sum(exp(a * b)): largest error " + result.error()).value(result.passed(), true);
        }

        @Test
        @Order(2)
        @DisplayName("from both sides")
        void bothSides() {
            GradCheck.Result result = GradCheck.check(x -> x[0].square(), Tensors.of(0.0));
            Expect.that("the difference quotient of x^2 at 0: it is " + result.numeric() + ", and the check")
                    .rule("(f(x + h) - f(x - h)) / 2h is exact for a parabola; (f(x + h) - f(x)) / h is off by h")
                    .value(result.passed(), true);
        }

        @Test
        @Order(3)
        @DisplayName("with a step that fits the number")
        void stepFits() {
            GradCheck.Result result = GradCheck.check(x -> x[0].square(), Tensors.of(1e6));
            Expect.that("GradCheck of x^2 at 1,000,000: backward() " + result.analytic() + ", difference " + result.numeric() + ", and the check")
                    .rule("h must grow with the number (STEP * |x| above 1), or the difference drowns in rounding")
                    .value(result.passed(), true);
        }

        @Test
        @Order(4)
        @DisplayName("catches a wrong gradient")
        void catches() {
            GradCheck.Result result = GradCheck.check(x -> x[0].mul(x[0].detach()), Tensors.of(3.0));
            Expect.that("GradCheck of x * detached x at 3, whose backward() gives x and not 2x: passed")
                    .rule("the difference does not know about detach(), so the two disagree")
                    .value(result.passed(), false);
            Expect.that("difference divided by backward() there").number(Math.rint(1e6 * result.numeric() / result.analytic()) / 1e6, 2);
        }

        @Test
        @Order(5)
        @DisplayName("of every rule you have written")
        void everyRule() {
            List<GradCheck.Computation> functions = List.of(
                    x -> x[0].sin().add(x[0].cos()).add(x[0].tanh()).add(x[0].erf()),
                    x -> x[0].div(x[1]).sub(x[0].sqrt()).mul(x[1].log()),
                    x -> x[0].maximum(x[1]).minimum(x[0].reciprocal()),
                    x -> x[0].pow(x[1]).abs(),
                    x -> MatMul.of(x[0], false, x[1], true).max(1),
                    x -> x[0].prod(0).add(x[1].min(1).sum()));
            for (int i = 0; i < functions.size(); i++) {
                GradCheck.Result result = GradCheck.check(
                        functions.get(i),
                        Tensors.of(new double[][] {{0.5, 1.5}, {0.75, 2}}),
                        Tensors.of(new double[][] {{1.25, 0.3}, {2.5, 0.9}}));
                Expect.that("function " + (i + 1) + " of 6, input " + result.input() + ", position " + result.position() + ": backward() "
                                + result.analytic() + ", difference " + result.numeric() + ", and the check")
                        .value(result.passed(), true);
            }
        }
    }
}
