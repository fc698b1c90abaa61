package org.tinytorch.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.List;
import java.util.function.Supplier;
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
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The checks of module 05, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class LossesTasksTest {

    private static final double LOG_2 = Math.log(2);
    private static final double LOG_3 = Math.log(3);
    private static final double LOG_4 = Math.log(4);

    /** −log ¾: what it costs to have said ¾ of what came true. */
    private static final double COST_OF_3_4 = LOG_4 - LOG_3;

    private static final String DIFFERENCES = "(L(z + h) - L(z - h)) / 2h, one number at a time: nudge it and see what the loss does";

    private static Tensor matrix(double[]... rows) {
        return Tensors.of(rows);
    }

    private static double[] row(double... numbers) {
        return numbers;
    }

    private static void shape(Tensor got, String input, String rule, int... expected) {
        Expect.that("the shape of " + input).rule(rule).value(got.shape(), Shape.of(expected));
    }

    /** The slopes of a loss by central differences; no rule of calculus takes part. */
    private static double[] slopes(Loss loss, Tensor prediction, Tensor target) {
        double h = 1e-5;
        double[] slopes = new double[prediction.size()];
        for (int i = 0; i < slopes.length; i++) {
            double above = shifted(loss, prediction, target, i, h);
            double below = shifted(loss, prediction, target, i, -h);
            slopes[i] = (above - below) / (2 * h);
        }
        return slopes;
    }

    private static double shifted(Loss loss, Tensor prediction, Tensor target, int position, double by) {
        Tensor moved = prediction.copy();
        moved.mutableData()[position] += by;
        return Arrays.stream(loss.forward(moved, target).data()).sum();
    }

    private static void slopesAgree(String input, Loss loss, Tensor prediction, Tensor target) {
        double[] byHand = loss.gradient(prediction, target).data();
        Expect.that(input + ", gradient against differences").rule(DIFFERENCES).numbers(byHand, slopes(loss, prediction, target));
    }

    // ---- four points on a line, the two on the right belong to class 1: the lesson's experiments

    private static Tensor points() {
        return matrix(row(1), row(2), row(3), row(4));
    }

    private static Tensor classes() {
        return matrix(row(0), row(0), row(1), row(1));
    }

    /** The share of the points that {@code w x + b > 0} puts into the right class. */
    private static double accuracy(double w, double b) {
        int right = 0;
        for (int i = 0; i < 4; i++) {
            boolean positive = w * points().data()[i] + b > 0;
            right += positive == (classes().data()[i] == 1) ? 1 : 0;
        }
        return right / 4.0;
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

    private static void withOperations(String what, Tensor prediction, Supplier<Tensor> code) {
        Expect.that("whether the prediction goes through operations to " + what)
                .rule("compute with the methods of Tensor, or operations such as MatMul.of, and not with loops over data(): module 07 will ask every operation what it did, and a loop tells nobody")
                .value(throughOperations(prediction, code), true);
    }

    @Nested
    @Order(1)
    @DisplayName("Task 5.1: many losses become one")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Reducing {

        private Tensor losses() {
            return Tensors.of(6, 2, 1);
        }

        @Test
        @Order(1)
        @DisplayName("their mean")
        void mean() {
            Expect.that("MEAN of the losses [6, 2, 1], total 3")
                    .rule("a mean is the sum divided by the total: 9 / 3")
                    .numbers(() -> Reduction.MEAN.apply(losses(), 3).data(), 3);
        }

        @Test
        @Order(2)
        @DisplayName("their sum, or all of them")
        void sumAndNone() {
            Expect.that("SUM of the losses [6, 2, 1], total 3")
                    .rule("a sum is not divided: the total is for a mean only")
                    .numbers(() -> Reduction.SUM.apply(losses(), 3).data(), 9);
            Expect.that("NONE of the losses [6, 2, 1], total 3")
                    .rule("each loss stays as it is")
                    .numbers(() -> Reduction.NONE.apply(losses(), 3).data(), 6, 2, 1);
        }

        @Test
        @Order(3)
        @DisplayName("in which shape")
        void shapes() {
            Tensor losses = matrix(row(6, 2), row(1, 7));
            String rule = "one number, whatever the shape of the losses: sum over all axes";
            shape(Reduction.MEAN.apply(losses, 4), "MEAN of [[6, 2], [1, 7]]", rule);
            shape(Reduction.SUM.apply(losses, 4), "SUM of [[6, 2], [1, 7]]", rule);
            shape(Reduction.NONE.apply(losses, 4), "NONE of [[6, 2], [1, 7]]", "each loss stays where it is", 2, 2);
        }

        @Test
        @Order(4)
        @DisplayName("the total decides")
        void total() {
            Expect.that("MEAN of the losses [6, 2, 0], total 2")
                    .rule("divide by the total, not by the number of losses: the third sample was left out and must not thin the mean")
                    .numbers(() -> Reduction.MEAN.apply(Tensors.of(6, 2, 0), 2).data(), 4);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 5.2: mean squared error")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class MseValue {

        private final Tensor prediction = matrix(row(1, 2), row(3, 4));
        private final Tensor target = matrix(row(1, 4), row(0, 4.5));
        private final String input = "MSE of [[1, 2], [3, 4]] and the target [[1, 4], [0, 4.5]]";

        @Test
        @Order(1)
        @DisplayName("two numbers by hand")
        void byHand() {
            Expect.that("MSE of [3, 5] and the target [1, 4]")
                    .rule("the squares of the differences, 4 and 1, not the absolute values; their mean is 2.5")
                    .numbers(() -> new MseLoss().forward(Tensors.of(3, 5), Tensors.of(1, 4)).data(), 2.5);
        }

        @Test
        @Order(2)
        @DisplayName("more than one output for each sample")
        void allElements() {
            Expect.that(input)
                    .rule("the squares are 0, 4, 9 and 0.25: the mean divides by all 4 elements, not by the 2 rows")
                    .numbers(() -> new MseLoss().forward(prediction, target).data(), 3.3125);
        }

        @Test
        @Order(3)
        @DisplayName("sum, and one by one")
        void reductions() {
            Expect.that(input + ", SUM")
                    .rule("the reduction decides what becomes of the squares: hand them over one by one")
                    .numbers(() -> new MseLoss(Reduction.SUM).forward(prediction, target).data(), 13.25);
            Expect.that(input + ", NONE")
                    .rule("the reduction decides what becomes of the squares: here they stay apart")
                    .numbers(() -> new MseLoss(Reduction.NONE).forward(prediction, target).data(), 0, 4, 9, 0.25);
        }

        @Test
        @Order(4)
        @DisplayName("of a single number, and of a perfect one")
        void edges() {
            Expect.that("MSE of the scalar 3 and the target 1").number(new MseLoss().forward(Tensors.scalar(3), Tensors.scalar(1)).item(), 4);
            Expect.that("MSE of [1, -2] and the target [1, -2]")
                    .rule("what is right costs nothing")
                    .number(new MseLoss().forward(Tensors.of(1, -2), Tensors.of(1, -2)).item(), 0);
        }

        @Test
        @Order(5)
        @DisplayName("the best constant is the mean")
        void bestConstant() {
            Tensor numbers = Tensors.of(1, 2, 6);
            DoubleUnaryOperator mse = c -> new MseLoss().forward(Tensors.of(c, c, c), numbers).item();
            double mean = mse.applyAsDouble(3);
            Expect.that("MSE of the constant 3 and the target [1, 2, 6]").rule("(4 + 1 + 9) / 3").number(mean, 14 / 3.0);
            Expect.that("MSE of the constants 2.9 and 3.1 is above that of 3")
                    .rule("no constant has a smaller squared error than the mean of the targets")
                    .value(mse.applyAsDouble(2.9) > mean && mse.applyAsDouble(3.1) > mean, true);
        }

        @Test
        @Order(6)
        @DisplayName("with operations")
        void operations() {
            Tensor prediction = Tensors.of(3, 5);
            withOperations("the loss", prediction, () -> new MseLoss().forward(prediction, Tensors.of(1, 4)));
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 5.3: gradient of the mean squared error")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class MseGradient {

        private final Tensor prediction = matrix(row(1, 2), row(3, 4));
        private final Tensor target = matrix(row(1, 4), row(0, 4.5));
        private final String input = "MSE gradient of [[1, 2], [3, 4]] and the target [[1, 4], [0, 4.5]]";

        @Test
        @Order(1)
        @DisplayName("it points uphill")
        void uphill() {
            Expect.that("the signs of the MSE gradient of [3, 1] and the target [1, 4]")
                    .rule("3 is too high: to raise it raises the loss, so its slope is positive. It is p - t, not t - p")
                    .numbers(() -> new MseLoss().gradient(Tensors.of(3, 1), Tensors.of(1, 4)).sign().data(), 1, -1);
        }

        @Test
        @Order(2)
        @DisplayName("of a sum")
        void ofTheSum() {
            Expect.that(input + ", SUM")
                    .rule("2 (p - t): the 2 comes down from the square")
                    .numbers(() -> new MseLoss(Reduction.SUM).gradient(prediction, target).data(), 0, -4, 6, -1);
        }

        @Test
        @Order(3)
        @DisplayName("of a mean")
        void ofTheMean() {
            Expect.that(input)
                    .rule("the loss was divided by all 4 elements, not by the 2 rows, and so is its gradient")
                    .numbers(() -> new MseLoss().gradient(prediction, target).data(), 0, -1, 1.5, -0.25);
        }

        @Test
        @Order(4)
        @DisplayName("with the losses apart, and in which shape")
        void apart() {
            Tensor gradient = new MseLoss(Reduction.NONE).gradient(prediction, target);
            Expect.that(input + ", NONE").rule("the gradient of the sum: nothing is divided").numbers(gradient.data(), 0, -4, 6, -1);
            shape(gradient, "the gradient of a (2, 2)", "one slope for each number of the prediction", 2, 2);
        }

        @Test
        @Order(5)
        @DisplayName("as differences say")
        void differences() {
            Tensor p = Tensors.randn(new Generator(51), 3, 2);
            Tensor t = Tensors.randn(new Generator(52), 3, 2);
            for (Reduction reduction : Reduction.values()) {
                slopesAgree("MSE, " + reduction + ", of two random (3, 2)", new MseLoss(reduction), p, t);
            }
        }

        @Test
        @Order(6)
        @DisplayName("one step downhill")
        void oneStep() {
            Tensor p = Tensors.of(3, 5);
            Tensor gradient = new MseLoss(Reduction.SUM).gradient(p, Tensors.of(1, 4));
            Expect.that("[3, 5] less half the gradient of the summed squared error to [1, 4]")
                    .rule("the bowl is a parabola: a step of half the slope ends at its bottom, the target")
                    .numbers(p.sub(gradient.mul(0.5)).data(), 1, 4);
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 5.4: stable binary cross-entropy")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class BceValue {

        private final BceWithLogitsLoss apart = new BceWithLogitsLoss().reduction(Reduction.NONE);

        @Test
        @Order(1)
        @DisplayName("a probability of three quarters")
        void byHand() {
            Expect.that("BCE of the logits [log 3, log 3] and the targets [1, 0]")
                    .rule("sigma(log 3) is 3/4: it costs -log(3/4) if the target is 1, and -log(1/4) if it is 0")
                    .numbers(() -> apart.forward(Tensors.of(LOG_3, LOG_3), Tensors.of(1, 0)).data(), COST_OF_3_4, LOG_4);
        }

        @Test
        @Order(2)
        @DisplayName("the mean of a batch")
        void mean() {
            Tensor targets = matrix(row(1, 0), row(0, 1));
            Expect.that("BCE of the logits [[0, 0], [0, 0]] and the targets [[1, 0], [0, 1]]")
                    .rule("a probability of 1/2 costs log 2 either way; the mean divides by all 4 elements, not by the 2 rows")
                    .numbers(() -> new BceWithLogitsLoss().forward(Tensors.zeros(2, 2), targets).data(), LOG_2);
        }

        @Test
        @Order(3)
        @DisplayName("huge logits")
        void huge() {
            Expect.that("BCE of the logits [1000, 1000] and the targets [0, 1]")
                    .rule("-log(1 - sigma(x)) is log(1 + e^x), and e^1000 overflows: use the softplus of module 03, which does not")
                    .numbers(() -> apart.forward(Tensors.of(1000, 1000), Tensors.of(0, 1)).data(), 1000, 0);
            Expect.that("BCE of the logits [-1000, -1000] and the targets [1, 0]")
                    .rule("sigma(-1000) is 0 in a double, and log 0 is -Infinity: get to the loss without the detour over the probability")
                    .numbers(() -> apart.forward(Tensors.of(-1000, -1000), Tensors.of(1, 0)).data(), 1000, 0);
        }

        @Test
        @Order(4)
        @DisplayName("targets between 0 and 1")
        void soft() {
            Expect.that("BCE of the logit log 3 and the target 0.25")
                    .rule("t of one cost and 1 - t of the other: 0.25 * -log(3/4) + 0.75 * -log(1/4)")
                    .numbers(
                            () -> apart.forward(Tensors.of(LOG_3), Tensors.of(0.25)).data(),
                            0.25 * COST_OF_3_4 + 0.75 * LOG_4);
        }

        @Test
        @Order(5)
        @DisplayName("positive examples that weigh more")
        void weighted() {
            Expect.that("BCE with posWeight 3 of the logits [0, 0] and the targets [1, 0]")
                    .rule("posWeight multiplies the cost of the positive ones only: weighted(target) is w * t")
                    .numbers(
                            () -> apart.posWeight(Tensors.of(3.0))
                                    .forward(Tensors.zeros(2), Tensors.of(1, 0))
                                    .data(),
                            3 * LOG_2,
                            LOG_2);
        }

        @Test
        @Order(6)
        @DisplayName("as the formula says, where the formula can be computed")
        void formula() {
            double[] logits = Tensors.randn(new Generator(53), 12).data();
            double[] targets = Tensors.rand(new Generator(54), 12).data();
            double[] expected = new double[12];
            for (int i = 0; i < 12; i++) {
                double p = 1 / (1 + Math.exp(-logits[i]));
                expected[i] = -targets[i] * Math.log(p) - (1 - targets[i]) * Math.log(1 - p);
            }
            Expect.that("BCE of 12 random logits and targets")
                    .rule("-t log p - (1 - t) log(1 - p) with p = sigma(x)")
                    .numbers(apart.forward(Tensors.of(logits), Tensors.of(targets)).data(), expected);
        }

        @Test
        @Order(7)
        @DisplayName("the accuracy stays flat, the loss moves")
        void nudge() {
            double[] losses = new double[3];
            for (int i = 0; i < 3; i++) {
                double w = 0.99 + 0.01 * i;
                losses[i] = new BceWithLogitsLoss().forward(points().mul(w).add(-1.5), classes()).item();
                Expect.that("accuracy of w x - 1.5 with w = " + w).number(accuracy(w, -1.5), 0.75);
            }
            Expect.that("the BCE of w x - 1.5 grows from w = 0.99 over 1 to 1.01, while the accuracy is the same")
                    .rule("a loss answers to the smallest nudge: that gives a direction in which to go")
                    .value(losses[0] < losses[1] && losses[1] < losses[2], true);
        }

        @Test
        @Order(8)
        @DisplayName("with operations")
        void operations() {
            Tensor logits = Tensors.of(3, -5);
            withOperations("the loss", logits, () -> new BceWithLogitsLoss().forward(logits, Tensors.of(1, 0)));
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 5.5: gradient of the binary cross-entropy")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class BceGradient {

        private final BceWithLogitsLoss summed = new BceWithLogitsLoss().reduction(Reduction.SUM);

        @Test
        @Order(1)
        @DisplayName("what was said less what should have been said")
        void byHand() {
            Expect.that("BCE gradient of the logits [0, log 3] and the targets [1, 0], SUM")
                    .rule("sigma(x) - t, in this order: 1/2 - 1 and 3/4 - 0. The slope of the sigmoid cancels")
                    .numbers(() -> summed.gradient(Tensors.of(0, LOG_3), Tensors.of(1, 0)).data(), -0.5, 0.75);
        }

        @Test
        @Order(2)
        @DisplayName("of a mean")
        void mean() {
            Tensor targets = matrix(row(1, 0), row(0, 1));
            Expect.that("BCE gradient of the logits [[0, 0], [0, 0]] and the targets [[1, 0], [0, 1]]")
                    .rule("the loss was divided by all 4 elements, not by the 2 rows, and so is its gradient")
                    .numbers(
                            () -> new BceWithLogitsLoss().gradient(Tensors.zeros(2, 2), targets).data(),
                            -0.125,
                            0.125,
                            0.125,
                            -0.125);
        }

        @Test
        @Order(3)
        @DisplayName("huge logits")
        void huge() {
            Expect.that("BCE gradient of the logits [1000, -1000, -1000] and the targets [1, 1, 0], SUM")
                    .rule("however wrong, the slope is never beyond -1 and 1; and where the network is sure and right it is 0")
                    .numbers(
                            () -> summed.gradient(Tensors.of(1000, -1000, -1000), Tensors.of(1, 1, 0)).data(),
                            0,
                            -1,
                            0);
        }

        @Test
        @Order(4)
        @DisplayName("targets between 0 and 1, and weights")
        void softAndWeighted() {
            Expect.that("BCE gradient of the logit 0 and the target 0.25")
                    .rule("1/2 - 1/4")
                    .numbers(() -> summed.gradient(Tensors.of(0.0), Tensors.of(0.25)).data(), 0.25);
            Expect.that("BCE gradient with posWeight 3 of the logits [0, 0] and the targets [1, 0], SUM")
                    .rule("(1 - t) sigma(x) - w t sigma(-x): the weight belongs to the positive ones only, weighted(t)")
                    .numbers(
                            () -> summed.posWeight(Tensors.of(3.0))
                                    .gradient(Tensors.zeros(2), Tensors.of(1, 0))
                                    .data(),
                            -1.5,
                            0.5);
        }

        @Test
        @Order(5)
        @DisplayName("as differences say")
        void differences() {
            Tensor x = Tensors.randn(new Generator(55), 3, 2);
            Tensor t = Tensors.rand(new Generator(56), 3, 2);
            slopesAgree("BCE of a random (3, 2)", new BceWithLogitsLoss(), x, t);
            slopesAgree("BCE with posWeight [2, 0.5] of a random (3, 2)", summed.posWeight(Tensors.of(2, 0.5)), x, t);
        }

        /** {@code w x + b} after some steps by hand, and the loss before and after. */
        private double[] train(boolean updateBias) {
            Loss loss = new BceWithLogitsLoss();
            double w = 0;
            double b = 0;
            double before = 0;
            for (int step = 0; step < 200; step++) {
                Tensor z = points().mul(w).add(b);
                double[] g = loss.gradient(z, classes()).data();
                before = step == 0 ? loss.forward(z, classes()).item() : before;
                for (int i = 0; i < 4; i++) {
                    w -= 0.5 * g[i] * points().data()[i];
                    b -= updateBias ? 0.5 * g[i] : 0;
                }
            }
            return new double[] {w, b, before, loss.forward(points().mul(w).add(b), classes()).item()};
        }

        @Test
        @Order(6)
        @DisplayName("a bias forgotten, and no error")
        void forgottenBias() {
            double[] whole = train(true);
            double[] forgetful = train(false);
            Expect.that("accuracy of w x + b on 1, 2 | 3, 4 after 200 steps")
                    .rule("dL/dw = g1 x1 + ... + g4 x4 and dL/db = g1 + ... + g4 with your g: steps against them find the boundary")
                    .number(accuracy(whole[0], whole[1]), 1);
            Expect.that("accuracy after 200 steps that never touch b").rule("w x > 0 says the same for all four").number(accuracy(forgetful[0], 0), 0.5);
            Expect.that("the loss fell all the same without b, though less far")
                    .rule("nothing fails, the loss falls: nobody tells you that a line is missing")
                    .value(forgetful[3] < forgetful[2] - 0.05 && whole[3] < forgetful[3] - 0.4, true);
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 5.6: surprise at the label")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Surprise {

        private final NllLoss apart = new NllLoss().reduction(Reduction.NONE);
        private final Tensor logP = matrix(row(-1, -2), row(-3, -4), row(-5, -6));
        private final Tensor labels = Tensors.of(0, 1, 1);
        private final String input = "log-probabilities [[-1, -2], [-3, -4], [-5, -6]], labels [0, 1, 1]";

        @Test
        @Order(1)
        @DisplayName("the number at the label")
        void byHand() {
            Expect.that(input)
                    .rule("one number for each sample: each row gives the one at its label, with its sign turned")
                    .numbers(() -> apart.forward(logP, labels).data(), 1, 4, 6);
        }

        @Test
        @Order(2)
        @DisplayName("more axes after the classes")
        void moreAxes() {
            Tensor stacked = Tensors.of(new double[] {-1, -2, -3, -4, -5, -6}, 1, 2, 3);
            Tensor losses = apart.forward(stacked, matrix(row(0, 1, 0)));
            Expect.that("log-probabilities [[[-1, -2, -3], [-4, -5, -6]]] of shape (1, 2, 3), labels [[0, 1, 0]]")
                    .rule("axis 1 holds the classes; each of the 3 places behind it has a label of its own")
                    .numbers(losses.data(), 1, 5, 3);
            shape(losses, "the losses of a (1, 2, 3)", "the axis of the classes is gone, the others stay", 1, 3);
        }

        @Test
        @Order(3)
        @DisplayName("classes that weigh more")
        void weights() {
            Expect.that(input + ", class weights [4, 1]")
                    .rule("a sample counts as its class weighs: the first has a label that weighs 4")
                    .numbers(() -> apart.classWeights(Tensors.of(4, 1)).forward(logP, labels).data(), 4, 4, 6);
        }

        @Test
        @Order(4)
        @DisplayName("samples that are left out")
        void ignored() {
            Tensor broken = matrix(row(Double.NEGATIVE_INFINITY, Double.NaN), row(-3, -4));
            Expect.that("log-probabilities [[-Infinity, NaN], [-3, -4]], labels [7, 0], 7 is ignored")
                    .rule("an ignored sample costs 0 whatever its numbers are. To weigh it with 0 is not enough: 0 * Infinity is NaN. See ignored(...)")
                    .numbers(() -> apart.ignoreIndex(7).forward(broken, Tensors.of(7, 0)).data(), 0, 3);
        }

        @Test
        @Order(5)
        @DisplayName("as loops say")
        void loops() {
            Tensor x = Tensors.randn(new Generator(57), 4, 3, 2);
            Tensor y = Tensors.randint(new Generator(58), 3, 4, 2);
            double[] expected = new double[8];
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 2; j++) {
                    expected[i * 2 + j] = -x.get(i, (int) y.get(i, j), j);
                }
            }
            Expect.that("a random (4, 3, 2) and labels (4, 2)").rule("loss(i, j) = -x(i, label(i, j), j)").numbers(apart.forward(x, y).data(), expected);
        }

        @Test
        @Order(6)
        @DisplayName("their weighted mean")
        void weightedMean() {
            double mean = new NllLoss().classWeights(Tensors.of(4, 1)).forward(logP, labels).item();
            Expect.that("MEAN of " + input + ", class weights [4, 1]")
                    .rule("(4 * 1 + 4 + 6) / (4 + 1 + 1): the total of task 5.1 is the sum of the weights")
                    .number(mean, 14 / 6.0);
        }

        @Test
        @Order(7)
        @DisplayName("with operations")
        void operations() {
            Tensor logProbabilities = matrix(row(-1, -2), row(-3, -4));
            withOperations("the loss", logProbabilities, () -> new NllLoss().forward(logProbabilities, Tensors.of(0, 1)));
        }

        @Test
        @Order(99)
        @DisplayName("axes of one place stay")
        void axesOfOnePlace() {
            Tensor pixel = matrix(row(-1, -2)).reshape(1, 2, 1, 1);
            Expect.that("the shape of the losses of (1, 2, 1, 1) with labels (1, 1, 1)")
                    .rule("only the axis of the classes goes: squeeze(1), not all axes of length 1")
                    .value(() -> new NllLoss().reduction(Reduction.NONE).forward(pixel, Tensors.zeros(1, 1, 1)).shape(), Shape.of(1, 1, 1));
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 5.7: cross-entropy from logits")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class CrossEntropyValue {

        private final CrossEntropyLoss apart = new CrossEntropyLoss().reduction(Reduction.NONE);

        @Test
        @Order(1)
        @DisplayName("a quarter and three quarters")
        void byHand() {
            Tensor logits = matrix(row(0, LOG_3), row(0, LOG_3));
            Expect.that("cross-entropy of the logits [[0, log 3], [0, log 3]] and the labels [1, 0]")
                    .rule("each row is one sample with its classes along axis 1: 1/4 and 3/4. The loss is -log of the one at the label")
                    .numbers(() -> apart.forward(logits, Tensors.of(1, 0)).data(), COST_OF_3_4, LOG_4);
        }

        @Test
        @Order(2)
        @DisplayName("the mean of a batch")
        void mean() {
            Expect.that("cross-entropy of the logits [[0, 0, 0], [0, 0, 0]] and the labels [2, 0]")
                    .rule("who knows nothing of 3 classes pays log 3; the mean divides by the 2 samples, not by the 6 logits")
                    .numbers(() -> new CrossEntropyLoss().forward(Tensors.zeros(2, 3), Tensors.of(2, 0)).data(), LOG_3);
        }

        @Test
        @Order(3)
        @DisplayName("huge logits")
        void huge() {
            Tensor huge = matrix(row(1000, 0, -1000));
            Expect.that("cross-entropy of the logits [[1000, 0, -1000]] and the label 0")
                    .rule("e^1000 is Infinity in a double: subtract the largest logit first, as logSoftmax does")
                    .numbers(() -> new CrossEntropyLoss().forward(huge, Tensors.of(0.0)).data(), 0);
            Expect.that("cross-entropy of the logits [[1000, 0, -1000]] and the label 1")
                    .rule("the softmax of it is exactly 0 in a double, and log 0 is -Infinity: get to the logarithm without the probability")
                    .numbers(() -> new CrossEntropyLoss().forward(huge, Tensors.of(1.0)).data(), 1000);
        }

        @Test
        @Order(4)
        @DisplayName("more axes after the classes")
        void moreAxes() {
            Tensor stacked = Tensors.of(new double[] {0, 0, LOG_3, 0}, 1, 2, 2);
            Expect.that("cross-entropy of the logits [[[0, 0], [log 3, 0]]] of shape (1, 2, 2) and the labels [[0, 1]]")
                    .rule("axis 1 holds the classes, not the last axis: the first place has the logits 0, log 3, the second 0, 0")
                    .numbers(() -> apart.forward(stacked, matrix(row(0, 1))).data(), LOG_4, LOG_2);
        }

        @Test
        @Order(5)
        @DisplayName("class weights, and probabilities for a target")
        void others() {
            Tensor logits = matrix(row(0, 0), row(0, LOG_3));
            Expect.that("cross-entropy with class weights [1, 3] of the logits [[0, 0], [0, log 3]] and the labels [0, 1]")
                    .rule("(1 * log 2 + 3 * -log(3/4)) / (1 + 3): the mean divides by the total that is handed in")
                    .numbers(
                            () -> new CrossEntropyLoss().classWeights(Tensors.of(1, 3)).forward(logits, Tensors.of(0, 1)).data(),
                            (LOG_2 + 3 * COST_OF_3_4) / 4);
            Expect.that("cross-entropy of the logits [[0, 0], [0, log 3]] and the probabilities [[0.5, 0.5], [0.5, 0.5]]")
                    .rule("the sum over the classes of -q log p, then the mean over the 2 samples")
                    .numbers(
                            () -> new CrossEntropyLoss().forward(logits, Tensors.full(Shape.of(2, 2), 0.5)).data(),
                            (LOG_2 + 0.5 * LOG_4 + 0.5 * COST_OF_3_4) / 2);
        }

        @Test
        @Order(6)
        @DisplayName("only differences of logits count")
        void shift() {
            Tensor logits = Tensors.randn(new Generator(59), 3, 4);
            Tensor labels = Tensors.of(3, 0, 2);
            double[] losses = apart.forward(logits, labels).data();
            Expect.that("cross-entropy of random logits (3, 4), and of the same plus 100")
                    .rule("e^100 stands in the numerator and in the denominator, and cancels")
                    .numbers(apart.forward(logits.add(100), labels).data(), losses);
            double[] expected = new double[3];
            for (int i = 0; i < 3; i++) {
                double sum = 0;
                for (int c = 0; c < 4; c++) {
                    sum += Math.exp(logits.get(i, c));
                }
                expected[i] = Math.log(sum) - logits.get(i, (int) labels.get(i));
            }
            Expect.that("cross-entropy of random logits (3, 4)").rule("log(sum of e^z) - z at the label").numbers(losses, expected);
        }

        @Test
        @Order(7)
        @DisplayName("with operations")
        void operations() {
            Tensor logits = matrix(row(2, 1, 0), row(0, 1, 2));
            withOperations("the loss", logits, () -> new CrossEntropyLoss().forward(logits, Tensors.of(0, 1)));
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 5.8: gradient of the cross-entropy")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class CrossEntropyGradient {

        private final CrossEntropyLoss summed = new CrossEntropyLoss().reduction(Reduction.SUM);

        @Test
        @Order(1)
        @DisplayName("what was said less what should have been said")
        void byHand() {
            Expect.that("cross-entropy gradient of the logits [[0, log 3]] and the label 1, SUM")
                    .rule("p - y, in this order: 1/4 - 0 and 3/4 - 1. Each row is one sample: p is the softmax along axis 1")
                    .numbers(() -> summed.gradient(matrix(row(0, LOG_3)), Tensors.of(1.0)).data(), 0.25, -0.25);
        }

        @Test
        @Order(2)
        @DisplayName("of a mean")
        void mean() {
            Expect.that("cross-entropy gradient of the logits [[0, 0, 0], [0, 0, 0]] and the labels [2, 0]")
                    .rule("the loss was divided by the 2 samples, not by the 6 logits, and so is its gradient: (1/3 - 0) / 2, (1/3 - 1) / 2")
                    .numbers(
                            () -> new CrossEntropyLoss().gradient(Tensors.zeros(2, 3), Tensors.of(2, 0)).data(),
                            1 / 6.0,
                            1 / 6.0,
                            -1 / 3.0,
                            -1 / 3.0,
                            1 / 6.0,
                            1 / 6.0);
        }

        @Test
        @Order(3)
        @DisplayName("more axes after the classes")
        void moreAxes() {
            Tensor stacked = Tensors.of(new double[] {0, 0, LOG_3, 0}, 1, 2, 2);
            Expect.that("cross-entropy gradient of the logits [[[0, 0], [log 3, 0]]] and the labels [[1, 0]], SUM")
                    .rule("axis 1 holds the classes, not the last axis: the first place has 1/4, 3/4 - 1, the second 1/2 - 1, 1/2")
                    .numbers(() -> summed.gradient(stacked, matrix(row(1, 0))).data(), 0.25, -0.5, -0.25, 0.5);
        }

        @Test
        @Order(4)
        @DisplayName("samples that weigh nothing, or more")
        void weights() {
            Tensor logits = matrix(row(0, LOG_3), row(0, 0));
            Expect.that("cross-entropy gradient of the logits [[0, log 3], [0, 0]] and the labels [1, -1], -1 is ignored")
                    .rule("an ignored sample has q = 0 in every class, and then the gradient is 0: p times the sum of q, less q")
                    .numbers(() -> summed.ignoreIndex(-1).gradient(logits, Tensors.of(1, -1)).data(), 0.25, -0.25, 0, 0);
            Expect.that("cross-entropy gradient with class weights [1, 3] of the logits [[0, log 3]] and the label 1, SUM")
                    .rule("q is 0 and 3: 1/4 * 3 - 0 and 3/4 * 3 - 3")
                    .numbers(
                            () -> summed.classWeights(Tensors.of(1, 3)).gradient(matrix(row(0, LOG_3)), Tensors.of(1.0)).data(),
                            0.75,
                            -0.75);
        }

        @Test
        @Order(5)
        @DisplayName("huge logits")
        void huge() {
            Expect.that("cross-entropy gradient of the logits [[1000, 0], [1000, 0]] and the labels [0, 1], SUM")
                    .rule("however wrong, no slope is beyond -1 and 1; and where the network is sure and right it is 0")
                    .numbers(
                            () -> summed.gradient(matrix(row(1000, 0), row(1000, 0)), Tensors.of(0, 1)).data(),
                            0,
                            0,
                            1,
                            -1);
        }

        @Test
        @Order(6)
        @DisplayName("as differences say")
        void differences() {
            Tensor z = Tensors.randn(new Generator(60), 4, 3);
            Tensor labels = Tensors.of(2, 0, -1, 1);
            Loss full = new CrossEntropyLoss().labelSmoothing(0.3).classWeights(Tensors.of(1, 2, 0.5)).ignoreIndex(-1);
            slopesAgree("cross-entropy of a random (4, 3), labels [2, 0, 2, 1]", new CrossEntropyLoss(), z, Tensors.of(2, 0, 2, 1));
            slopesAgree("cross-entropy with smoothing, weights and an ignored sample", full, z, labels);
            slopesAgree("cross-entropy of a random (4, 3) and probabilities of 1/3", summed, z, Tensors.full(Shape.of(4, 3), 1 / 3.0));
        }

        @Test
        @Order(7)
        @DisplayName("steps downhill")
        void steps() {
            Loss loss = new CrossEntropyLoss();
            Tensor z = Tensors.zeros(2, 3);
            Tensor labels = Tensors.of(2, 0);
            for (int step = 0; step < 20; step++) {
                Tensor g = loss.gradient(z, labels);
                Expect.that("the sum of the gradient at step " + step)
                        .rule("p adds up to 1 and so does y: what one class gains the others lose")
                        .number(g.sum().item(), 0);
                z = z.sub(g);
            }
            Expect.that("argmax of the logits after 20 steps from 0, labels [2, 0]")
                    .rule("each step raises the logit of the label and lowers the others")
                    .numbers(z.argmax(1).data(), 2, 0);
            Expect.that("their cross-entropy is below half of log 3, where it began").value(loss.forward(z, labels).item() < LOG_3 / 2, true);
        }
    }
}
