package org.tinytorch.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.tinytorch.checks.Expect;
import org.tinytorch.loss.BceWithLogitsLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The checks of module 06, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class OptimizersTasksTest {

    private static Parameter parameter(double... values) {
        return new Parameter(Tensors.of(values));
    }

    private static double[] numbers(Parameter... parameters) {
        return Stream.of(parameters).flatMapToDouble(parameter -> Arrays.stream(parameter.data())).toArray();
    }

    private static double[] gradients(List<Parameter> parameters) {
        return parameters.stream()
                .flatMapToDouble(parameter -> Arrays.stream(gradOf(parameter).data()))
                .toArray();
    }

    private static Tensor gradOf(Parameter parameter) {
        return parameter.grad().orElseThrow(() -> new AssertionError("a parameter of shape " + parameter.shape() + " has no gradient"));
    }

    /** Gives a parameter of one number each gradient in turn and steps; returns where it was after each step. */
    private static double[] path(Optimizer optimizer, Parameter w, double... gradients) {
        double[] path = new double[gradients.length];
        for (int i = 0; i < path.length; i++) {
            w.grad(Tensors.of(gradients[i]));
            optimizer.step();
            path[i] = w.data()[0];
        }
        return path;
    }

    /** Some gradients for a parameter of n numbers, one row for each step. */
    private static double[][] randomGradients(int steps, int n) {
        Generator generator = new Generator(6);
        double[][] rows = new double[steps][];
        for (int i = 0; i < steps; i++) {
            rows[i] = Tensors.uniform(generator, -2, 2, n).data();
        }
        return rows;
    }

    private static double[] afterAll(Optimizer optimizer, Parameter w, double[][] gradients) {
        for (double[] gradient : gradients) {
            w.grad(Tensors.of(gradient.clone()));
            optimizer.step();
        }
        return w.data();
    }

    /** Steps by the sum of all gradients it has seen of a parameter: shows whose memory it was given. */
    private static final class Summing extends Optimizer {
        private static final String SUM = "sum";

        Summing(double rate, ParameterGroup... groups) {
            super("summing", List.of(groups), Map.of(Option.LEARNING_RATE, rate), new Slots(Set.of(), Set.of(SUM)));
        }

        @Override
        protected void update(ParameterGroup group, double[] weights, double[] gradient, ParameterState state) {
            double[] sum = state.slot(SUM);
            for (int i = 0; i < weights.length; i++) {
                sum[i] += gradient[i];
                weights[i] -= group.learningRate() * sum[i];
            }
        }
    }

    @Nested
    @Order(1)
    @DisplayName("Task 6.1: step every parameter that has a gradient")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Stepping {

        @Test
        @Order(1)
        @DisplayName("every one, also the last")
        void everyOne() {
            Parameter weight = parameter(1, 2);
            Parameter bias = parameter(3);
            Optimizer optimizer = new Summing(0.1, new ParameterGroup(List.of(weight, bias)));
            weight.grad(Tensors.of(5, 10));
            bias.grad(Tensors.of(20.0));
            Expect.that("weight [1, 2] with gradient [5, 10], bias [3] with gradient [20], one step of 0.1 times the gradient")
                    .rule("update(…) is called for each parameter of each group, once: so that no bias can be forgotten")
                    .numbers(
                            () -> {
                                optimizer.step();
                                return numbers(weight, bias);
                            },
                            0.5,
                            1,
                            1);
        }

        @Test
        @Order(2)
        @DisplayName("leaves alone what has no gradient")
        void skips() {
            Parameter a = parameter(1);
            Parameter b = parameter(2);
            Parameter c = parameter(3);
            Optimizer optimizer = new Summing(0.1, new ParameterGroup(List.of(a, b, c)));
            a.grad(Tensors.of(10.0));
            c.grad(Tensors.of(10.0));
            Expect.that("a = 1, b = 2, c = 3, the gradients of a and c are 10, b has none; one step of 0.1 times the gradient")
                    .rule("a parameter without a gradient took no part in the loss: ask grad().isPresent(), leave it alone and go on with the next")
                    .numbers(
                            () -> {
                                optimizer.step();
                                return numbers(a, b, c);
                            },
                            0,
                            2,
                            2);
        }

        @Test
        @Order(3)
        @DisplayName("each with its own memory")
        void ownMemory() {
            Parameter a = parameter(0);
            Parameter b = parameter(0);
            Optimizer optimizer = new Summing(1, new ParameterGroup(List.of(a, b)));
            Expect.that("a = b = 0; step 1: only b has a gradient, 1; step 2: both have 1; each step is the sum of the parameter's own gradients so far")
                    .rule("states has one entry for each parameter: a parameter that is skipped keeps its place, so it is counted too")
                    .numbers(
                            () -> {
                                b.grad(Tensors.of(1.0));
                                optimizer.step();
                                a.grad(Tensors.of(1.0));
                                optimizer.step();
                                return numbers(a, b);
                            },
                            -1,
                            -3);
        }

        @Test
        @Order(4)
        @DisplayName("each group with its own options")
        void groups() {
            Parameter body = parameter(1);
            Parameter head = parameter(1);
            ParameterGroup fast = new ParameterGroup(List.of(head)).set(Option.LEARNING_RATE, 0.5);
            Optimizer optimizer = new Summing(0.1, new ParameterGroup(List.of(body)), fast);
            body.grad(Tensors.of(1.0));
            head.grad(Tensors.of(1.0));
            Expect.that("two groups: 1 with the rate 0.1, and 1 with the rate 0.5; both gradients are 1")
                    .rule("update(…) gets its own group, for the options; memories are counted on through all groups")
                    .numbers(
                            () -> {
                                optimizer.step();
                                return numbers(body, head);
                            },
                            0.9,
                            0.5);
        }

        @Test
        @Order(5)
        @DisplayName("counts as a write")
        void counts() {
            Parameter w = parameter(1);
            Optimizer optimizer = new Summing(0.1, new ParameterGroup(List.of(w)));
            w.grad(Tensors.of(1.0));
            int before = w.version();
            optimizer.step();
            Expect.that("w.version() is higher after a step than before")
                    .rule("write through mutableData(), which counts: module 07 must notice that a weight has changed; data() is for reading")
                    .value(w.version() > before, true);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 6.2: step down the gradient, with weight decay")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Descending {

        @Test
        @Order(1)
        @DisplayName("downhill")
        void downhill() {
            Parameter w = parameter(1, 2);
            w.grad(Tensors.of(10, -4));
            new Sgd(List.of(w), 0.1).step();
            Expect.that("w = [1, 2], gradient [10, -4], learning rate 0.1")
                    .rule("w - rate * gradient: where the gradient is positive the weight goes down, else up")
                    .numbers(numbers(w), 0, 2.4);
        }

        @Test
        @Order(2)
        @DisplayName("with weight decay")
        void decay() {
            Parameter w = parameter(2, -2);
            w.grad(Tensors.of(1, 0));
            new Sgd(List.of(w), 0.1).weightDecay(0.5).step();
            Expect.that("w = [2, -2], gradient [1, 0], learning rate 0.1, weight decay 0.5")
                    .rule("decay * w is added to the gradient, which draws the weight towards 0, and the rate multiplies both: 2 - 0.1 * (1 + 0.5 * 2)")
                    .numbers(numbers(w), 1.8, -1.9);
        }

        @Test
        @Order(3)
        @DisplayName("leaves the gradient as it is")
        void gradient() {
            Parameter w = parameter(1, 2);
            w.grad(Tensors.of(1, 1));
            Optimizer optimizer = new Sgd(List.of(w), 0.1).weightDecay(0.5);
            optimizer.step();
            optimizer.step();
            Expect.that("the gradient [1, 1] after two steps with weight decay")
                    .rule("the gradient is for reading: only weights are overwritten")
                    .numbers(gradOf(w).data(), 1, 1);
        }

        @Test
        @Order(4)
        @DisplayName("many numbers, many steps")
        void property() {
            double[][] gradients = randomGradients(5, 4);
            double[] expected = {1, -2, 0.5, 3};
            for (double[] g : gradients) {
                for (int i = 0; i < 4; i++) {
                    expected[i] = expected[i] - 0.05 * g[i] - 0.05 * 0.1 * expected[i];
                }
            }
            Parameter w = parameter(1, -2, 0.5, 3);
            Expect.that("w = [1, -2, 0.5, 3] after 5 gradients drawn by Generator(6), rate 0.05, weight decay 0.1")
                    .rule("the same formula for each number, with the weight as it was before the step")
                    .numbers(() -> afterAll(new Sgd(List.of(w), 0.05).weightDecay(0.1), w, gradients), expected);
        }

        @Test
        @Order(5)
        @DisplayName("finds a line, its bias included")
        void line() {
            Tensor x = Tensors.of(new double[][] {{0}, {1}, {2}});
            Tensor y = Tensors.of(new double[][] {{5}, {7}, {9}});
            Linear line = Linear.of(Tensors.zeros(1, 1), Tensors.zeros(1));
            Loss loss = new MseLoss();
            Optimizer optimizer = new Sgd(line.parameters(), 0.1);
            for (int step = 0; step < 500; step++) {
                optimizer.zeroGrad();
                line.backward(x, loss.gradient(line.forward(x), y));
                optimizer.step();
            }
            Expect.that("weight and bias of a line through (0, 5), (1, 7), (2, 9), after 500 steps of 0.1 from 0")
                    .rule("the line is 2x + 5; without its bias it would stop at 5x and a loss of 10")
                    .numbers(numbers(line.weight(), line.bias().orElseThrow()), 2, 5);
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 6.3: gather speed with momentum")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class GatheringSpeed {

        @Test
        @Order(1)
        @DisplayName("three steps")
        void threeSteps() {
            Parameter w = parameter(1);
            Expect.that("w = 1, gradients 1, 2, 0, rate 0.1, momentum 0.9: w after each step")
                    .rule("v <- 0.9 v + d, with the new gradient in full, and w <- w - 0.1 v; v is 1, then 0.9 + 2 = 2.9, then 2.61: it rolls on")
                    .numbers(path(new Sgd(List.of(w), 0.1).momentum(0.9), w, 1, 2, 0), 0.9, 0.61, 0.349);
        }

        @Test
        @Order(2)
        @DisplayName("with weight decay")
        void decay() {
            Parameter w = parameter(1);
            Expect.that("w = 1, gradients 1, 0, rate 0.1, momentum 0.9, weight decay 0.5: w after each step")
                    .rule("the decay is added to the gradient first, so it goes into the velocity too: v is 1.5, then 0.9 * 1.5 + 0.5 * 0.85")
                    .numbers(path(new Sgd(List.of(w), 0.1).momentum(0.9).weightDecay(0.5), w, 1, 0), 0.85, 0.6725);
        }

        @Test
        @Order(3)
        @DisplayName("with dampening")
        void dampening() {
            Parameter w = parameter(1);
            Expect.that("w = 1, gradients 1, 2, rate 0.1, momentum 0.9, dampening 0.5: w after each step")
                    .rule("dampening holds back a part of each new gradient except the first: fresh times d; v is 1, then 0.9 + 0.5 * 2 = 1.9")
                    .numbers(path(new Sgd(List.of(w), 0.1).momentum(0.9).dampening(0.5), w, 1, 2), 0.9, 0.71);
        }

        @Test
        @Order(4)
        @DisplayName("Nesterov's form")
        void nesterov() {
            Parameter w = parameter(1);
            Expect.that("w = 1, gradients 1, 2, rate 0.1, momentum 0.9, nesterov: w after each step")
                    .rule("Nesterov steps by d + 0.9 v, with v already renewed: 1 + 0.9, then 2 + 0.9 * 2.9")
                    .numbers(path(new Sgd(List.of(w), 0.1).momentum(0.9).nesterov(), w, 1, 2), 0.81, 0.349);
        }

        @Test
        @Order(5)
        @DisplayName("a velocity for each number")
        void eachNumber() {
            Parameter w = parameter(0, 0);
            double[][] gradients = {{1, -1}, {1, 1}};
            Expect.that("w = [0, 0], gradients [1, -1], then [1, 1], rate 0.1, momentum 0.5")
                    .rule("velocities [1, -1], then [1.5, 0.5]: what points one way adds up, what turns round cancels")
                    .numbers(() -> afterAll(new Sgd(List.of(w), 0.1).momentum(0.5), w, gradients), -0.25, 0.05);
        }

        @Test
        @Order(6)
        @DisplayName("sooner through a long valley")
        void valley() {
            double plain = distance(0);
            double withMomentum = distance(0.9);
            Expect.that("(x^2 + 25 y^2) / 2 from (1, 1), rate 0.03, 200 steps: distance from the bottom " + withMomentum
                            + " with momentum 0.9, " + plain + " without; less than a tenth of it")
                    .rule("along the valley the gradients point the same way and the velocity grows")
                    .value(withMomentum < plain / 10, true);
        }

        private double distance(double momentum) {
            Parameter w = parameter(1, 1);
            Optimizer optimizer = new Sgd(List.of(w), 0.03).momentum(momentum);
            for (int step = 0; step < 200; step++) {
                w.grad(Tensors.of(w.data()[0], 25 * w.data()[1]));
                optimizer.step();
            }
            return Math.hypot(w.data()[0], w.data()[1]);
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 6.4: RMSprop, a step size for each weight")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Rms {

        private RmsProp rms(Parameter w) {
            return new RmsProp(List.of(w), 0.1).alpha(0.75).epsilon(0);
        }

        @Test
        @Order(1)
        @DisplayName("two steps")
        void twoSteps() {
            Parameter w = parameter(1);
            Expect.that("w = 1, gradients 4, 2, rate 0.1, alpha 0.75, epsilon 0: w after each step")
                    .rule("s <- 0.75 s + 0.25 d^2 is 4, then 3 + 1 = 4, and its root divides: steps of 0.1 * 4 / 2 and 0.1 * 2 / 2")
                    .numbers(path(rms(w), w, 4, 2), 0.8, 0.7);
        }

        @Test
        @Order(2)
        @DisplayName("great and small alike")
        void greatAndSmall() {
            Parameter w = parameter(1, 1);
            double[][] gradients = {{0.001, 1000}};
            Expect.that("w = [1, 1], gradient [0.001, 1000], rate 0.1, alpha 0.75, epsilon 0")
                    .rule("each number is divided by the size of its own gradient, so both take the same step: 0.1 / sqrt(0.25)")
                    .numbers(() -> afterAll(rms(w), w, gradients), 0.8, 0.8);
        }

        @Test
        @Order(3)
        @DisplayName("epsilon")
        void epsilon() {
            Parameter w = parameter(1);
            Expect.that("w = 1, gradient 4, rate 0.1, alpha 0.75, epsilon 1")
                    .rule("epsilon is added after the root: 4 / (2 + 1)")
                    .numbers(path(rms(w).epsilon(1), w, 4), 1 - 0.1 * 4 / 3);
        }

        @Test
        @Order(4)
        @DisplayName("weight decay")
        void decay() {
            Parameter w = parameter(2);
            Expect.that("w = 2, gradient 3, rate 0.1, alpha 0.75, epsilon 1, weight decay 0.5")
                    .rule("the decay is added to the gradient first: d = 3 + 0.5 * 2 = 4, in the average and above the line")
                    .numbers(path(rms(w).epsilon(1).weightDecay(0.5), w, 3), 2 - 0.1 * 4 / 3);
        }

        @Test
        @Order(5)
        @DisplayName("centred")
        void centred() {
            Parameter w = parameter(1);
            Expect.that("w = 1, gradient 8, rate 0.1, alpha 0.75, epsilon 0, centred")
                    .rule("s = 0.25 * 64 = 16 and the average of the gradient a = 0.25 * 8 = 2; the root is of s - a^2: 16 - 2^2 = 12")
                    .numbers(path(rms(w).centered(), w, 8), 1 - 0.8 / Math.sqrt(12));
        }

        @Test
        @Order(6)
        @DisplayName("centred, the gradient always the same")
        void constant() {
            Parameter w = parameter(0);
            double[] gradients = new double[100];
            Arrays.fill(gradients, 0.7);
            double[] path = path(new RmsProp(List.of(w), 0.1).alpha(0.5).centered(), w, gradients);
            Expect.that("centred, alpha 0.5, a hundred times the gradient 0.7: the weight is still a number, and not " + path[99] + ": that")
                    .rule("s - a^2 comes down to 0, and rounding can leave a little less than 0, whose root is NaN: take Math.max(0, …)")
                    .value(Double.isFinite(path[99]), true);
        }

        @Test
        @Order(7)
        @DisplayName("with momentum")
        void momentum() {
            Parameter w = parameter(1);
            Expect.that("w = 1, gradients 4, 2, rate 0.1, alpha 0.75, epsilon 0, momentum 0.5: w after each step")
                    .rule("what was divided goes into a velocity: it is 2, then 0.5 * 2 + 1 = 2")
                    .numbers(path(rms(w).momentum(0.5), w, 4, 2), 0.8, 0.6);
        }

        @Test
        @Order(8)
        @DisplayName("everything at once")
        void property() {
            double[][] gradients = randomGradients(6, 2);
            double[] expected = {1, -1};
            for (int i = 0; i < 2; i++) {
                double s = 0;
                double a = 0;
                double v = 0;
                for (double[] gradient : gradients) {
                    double d = gradient[i] + 0.1 * expected[i];
                    s = 0.9 * s + 0.1 * d * d;
                    a = 0.9 * a + 0.1 * d;
                    v = 0.5 * v + d / (Math.sqrt(s - a * a) + 0.01);
                    expected[i] -= 0.02 * v;
                }
            }
            Parameter w = parameter(1, -1);
            RmsProp optimizer = new RmsProp(List.of(w), 0.02)
                    .alpha(0.9)
                    .epsilon(0.01)
                    .weightDecay(0.1)
                    .momentum(0.5)
                    .centered();
            Expect.that("w = [1, -1] after 6 gradients drawn by Generator(6), rate 0.02, alpha 0.9, epsilon 0.01, weight decay 0.1, momentum 0.5, centred")
                    .rule("decay, then the two averages, then the division, then the velocity, then the step")
                    .numbers(() -> afterAll(optimizer, w, gradients), expected);
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 6.5: Adam, two averages and their correction")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class AdamSteps {

        @Test
        @Order(1)
        @DisplayName("the first step")
        void first() {
            Parameter w = parameter(1);
            Expect.that("w = 1, gradient 2, rate 0.1, beta1 0.9, beta2 0.999, epsilon 0")
                    .rule("m = 0.1 * 2 is too small at first; over 1 - 0.9 it is 2 again, v likewise 0.004 over 0.001 is 4: a step of 0.1 * 2 / sqrt(4)")
                    .numbers(path(new Adam(List.of(w), 0.1).epsilon(0), w, 2), 0.9);
        }

        @Test
        @Order(2)
        @DisplayName("is as large as the learning rate")
        void whateverTheGradient() {
            Parameter w = parameter(1, 1);
            double[][] gradients = {{1e-6, -1e6}};
            Expect.that("w = [1, 1], gradient [0.000001, -1000000], rate 0.1, epsilon 0")
                    .rule("a first gradient over its own size is 1 or -1: each number takes a step of its own")
                    .numbers(() -> afterAll(new Adam(List.of(w), 0.1).epsilon(0), w, gradients), 0.9, 1.1);
        }

        @Test
        @Order(3)
        @DisplayName("the second step")
        void second() {
            Parameter w = parameter(1);
            Expect.that("w = 1, gradients 1, -1, rate 0.1, epsilon 0: w after each step")
                    .rule("in step t = 2 the corrections are 1 - 0.9^2 = 0.19 and 1 - 0.999^2: m = 0.09 - 0.1 = -0.01 becomes -0.01 / 0.19, v becomes 1")
                    .numbers(path(new Adam(List.of(w), 0.1).epsilon(0), w, 1, -1), 0.9, 0.9 + 0.001 / 0.19);
        }

        @Test
        @Order(4)
        @DisplayName("epsilon")
        void epsilon() {
            Parameter w = parameter(1);
            Expect.that("w = 1, gradient 1, rate 0.1, epsilon 1")
                    .rule("epsilon is added to the root after its correction: 1 / (1 + 1)")
                    .numbers(path(new Adam(List.of(w), 0.1).epsilon(1), w, 1), 0.95);
        }

        @Test
        @Order(5)
        @DisplayName("weight decay")
        void decay() {
            Parameter w = parameter(1);
            Expect.that("w = 1, gradient 0, rate 0.1, epsilon 0, weight decay 0.5")
                    .rule("Adam's decay is a part of the gradient and passes through the averages: d = 0 + 0.5 * 1, and the first step is 0.1")
                    .numbers(path(new Adam(List.of(w), 0.1).epsilon(0).weightDecay(0.5), w, 0), 0.9);
        }

        @Test
        @Order(6)
        @DisplayName("AdamW builds on it")
        void adamW() {
            Parameter w = parameter(1);
            Expect.that("AdamW: w = 1, gradient 3, rate 0.1, epsilon 0, weight decay 0.5")
                    .rule("the weight shrinks by 1 - 0.1 * 0.5, then takes your step with decay 0: 0.95 - 0.1")
                    .numbers(path(new AdamW(List.of(w), 0.1).epsilon(0).weightDecay(0.5), w, 3), 0.85);
        }

        @Test
        @Order(7)
        @DisplayName("as published")
        void property() {
            double[][] gradients = randomGradients(6, 2);
            double[] expected = {1, -1};
            for (int i = 0; i < 2; i++) {
                double m = 0;
                double v = 0;
                for (int t = 1; t <= gradients.length; t++) {
                    double d = gradients[t - 1][i] + 0.1 * expected[i];
                    m = 0.8 * m + 0.2 * d;
                    v = 0.95 * v + 0.05 * d * d;
                    double corrected = v / (1 - Math.pow(0.95, t));
                    expected[i] -= 0.02 * m / (1 - Math.pow(0.8, t)) / (Math.sqrt(corrected) + 0.01);
                }
            }
            Parameter w = parameter(1, -1);
            Adam optimizer = new Adam(List.of(w), 0.02).betas(0.8, 0.95).epsilon(0.01).weightDecay(0.1);
            Expect.that("w = [1, -1] after 6 gradients drawn by Generator(6), rate 0.02, betas 0.8 and 0.95, epsilon 0.01, weight decay 0.1")
                    .rule("both averages of d are kept for each number; the corrections depend on the step t alone")
                    .numbers(() -> afterAll(optimizer, w, gradients), expected);
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 6.6: warm up, then cool down along a cosine")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Schedule {

        private final Optimizer optimizer = new Sgd(List.of(parameter(1)), 0.8);

        /** The rate of each step, from step 0 on. */
        private double[] rates(LearningRateSchedule schedule, int count) {
            double[] rates = new double[count];
            for (int t = 0; t < count; t++) {
                if (t > 0) {
                    schedule.step();
                }
                rates[t] = optimizer.learningRate();
            }
            return rates;
        }

        @Test
        @Order(1)
        @DisplayName("down along half a cosine")
        void down() {
            double bend = 0.4 * Math.sqrt(0.5);
            Expect.that("rate 0.8, no warm-up, 4 steps in all: the rates of steps 0 to 4")
                    .rule("cos(pi * progress) goes half a turn, from 1 to -1 (Math.cos takes radians); 1 + it goes from 2 to 0, and half of it from 1 to 0")
                    .numbers(() -> rates(new CosineWithWarmup(optimizer, 0, 4), 5), 0.8, 0.4 + bend, 0.4, 0.4 - bend, 0);
        }

        @Test
        @Order(2)
        @DisplayName("up in even steps")
        void up() {
            Expect.that("rate 0.8, 3 warm-up steps of 7, lowest rate 0.2: the rates of steps 0 to 3")
                    .rule("warm-up: base * (t + 1) / (W + 1), so that the first step is not 0; step W is the first at the full rate, for the cosine begins there")
                    .numbers(() -> rates(new CosineWithWarmup(optimizer, 3, 7, 0.2), 4), 0.2, 0.4, 0.6, 0.8);
        }

        @Test
        @Order(3)
        @DisplayName("and down to the lowest rate")
        void lowest() {
            double bend = 0.3 * Math.sqrt(0.5);
            Expect.that("rate 0.8, 3 warm-up steps of 7, lowest rate 0.2: the rates of steps 3 to 7")
                    .rule("from base down to the lowest rate, which need not be 0; progress counts from the end of the warm-up: (t - W) / (T - W)")
                    .numbers(
                            () -> Arrays.copyOfRange(rates(new CosineWithWarmup(optimizer, 3, 7, 0.2), 8), 3, 8),
                            0.8,
                            0.5 + bend,
                            0.5,
                            0.5 - bend,
                            0.2);
        }

        @Test
        @Order(4)
        @DisplayName("and stays there")
        void stays() {
            Expect.that("rate 0.8, no warm-up, 4 steps in all, lowest rate 0.1: the rates of steps 4 to 8")
                    .rule("from step T on the progress stays 1; if it went on, the cosine rises again")
                    .numbers(
                            () -> Arrays.copyOfRange(rates(new CosineWithWarmup(optimizer, 0, 4, 0.1), 9), 4, 9),
                            0.1,
                            0.1,
                            0.1,
                            0.1,
                            0.1);
        }

        @Test
        @Order(5)
        @DisplayName("OneCycle uses it in both directions")
        void oneCycle() {
            double low = 1 / 25.0;
            Expect.that("OneCycle with maximum 1 in 10 steps: the rates of steps 0, 1, 2 and 9")
                    .rule("its way up is your curve without warm-up from 0.04 to a lowestRate of 1, which is higher: use base - lowestRate as it is, also if it is negative")
                    .numbers(
                            () -> {
                                double[] rates = rates(new OneCycle(optimizer, 1, 10), 10);
                                return new double[] {rates[0], rates[1], rates[2], rates[9]};
                            },
                            low,
                            (1 + low) / 2,
                            1,
                            low / 1e4);
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 6.7: clip by the global norm")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Clipping {

        private final Parameter a = parameter(0, 0);
        private final Parameter b = parameter(0);
        private final Parameter without = parameter(0);

        /** Gradients [2, -3] and [6], and a parameter that has none. */
        private List<Parameter> three() {
            a.grad(Tensors.of(2, -3));
            b.grad(Tensors.of(6.0));
            return List.of(without, a, b);
        }

        @Test
        @Order(1)
        @DisplayName("all gradients together")
        void together() {
            double seven = 7 + 1e-6;
            Expect.that("gradients [2, -3] and [6], clipped to the norm 1")
                    .rule("one norm for all gradients together, sqrt(4 + 9 + 36) = 7, so that their direction stays; each is multiplied by 1 / (7 + 1e-6)")
                    .numbers(
                            () -> {
                                GradientClipping.byNorm(three(), 1);
                                return gradients(List.of(a, b));
                            },
                            2 / seven,
                            -3 / seven,
                            6 / seven);
        }

        @Test
        @Order(2)
        @DisplayName("says how long they were")
        void says() {
            Expect.that("GradientClipping.byNorm of the gradients [2, -3] and [6], clipped to 1: what it returns")
                    .rule("the norm before clipping: in a log it shows how often and how much was cut")
                    .number(GradientClipping.byNorm(three(), 1), 7);
        }

        @Test
        @Order(3)
        @DisplayName("leaves short ones alone")
        void shortOnes() {
            Expect.that("gradients [2, -3] and [6], whose norm is 7, clipped to 8")
                    .rule("clipping never lengthens: multiply only if the factor is below 1")
                    .numbers(
                            () -> {
                                GradientClipping.byNorm(three(), 8);
                                return gradients(List.of(a, b));
                            },
                            2,
                            -3,
                            6);
        }

        @Test
        @Order(4)
        @DisplayName("replaces, and does not write into, a gradient")
        void replaces() {
            Tensor shared = Tensors.of(3.0);
            Parameter c = parameter(0);
            c.grad(shared);
            b.grad(shared);
            double expected = 3 / (Math.sqrt(18) + 1e-6);
            Expect.that("one tensor [3] as the gradient of two parameters, clipped to 1: both gradients, and the tensor")
                    .rule("a gradient is replaced and not written into: else a tensor that two parameters share is scaled twice")
                    .numbers(
                            () -> {
                                GradientClipping.byNorm(List.of(b, c), 1);
                                return new double[] {gradOf(b).item(), gradOf(c).item(), shared.item()};
                            },
                            expected,
                            expected,
                            3);
        }

        @Test
        @Order(5)
        @DisplayName("nothing to clip")
        void nothing() {
            Expect.that("GradientClipping.byNorm of a parameter without a gradient")
                    .rule("no gradient, norm 0")
                    .number(GradientClipping.byNorm(List.of(without), 1), 0);
            Expect.that("it has a gradient afterwards")
                    .rule("a parameter without a gradient is skipped")
                    .value(without.grad().isPresent(), false);
        }

        @Test
        @Order(6)
        @DisplayName("a NaN changes nothing")
        void notANumber() {
            List<Parameter> parameters = three();
            b.grad(Tensors.of(Double.NaN));
            Expect.that("gradients [2, -3] and [NaN], clipped to 1")
                    .rule("norm(parameters) refuses it: ask for the norm before you change anything")
                    .error(IllegalStateException.class, "NaN", () -> GradientClipping.byNorm(parameters, 1));
            Expect.that("the first gradient afterwards").rule("nothing was changed").numbers(gradOf(a).data(), 2, -3);
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 6.8: the gradients of two layers, by hand")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class TwoLayers {

        private static final String SMALL = "x = 2, W1 = ln(3) / 4, b1 = 0, W2 = 2, b2 = 0, so that z = ln(3) / 2, h = 0.5, y = 1; mean squared error";

        private final Tensor x = Tensors.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
        private final Tensor xor = Tensors.of(new double[][] {{0}, {1}, {1}, {0}});

        private TwoLayerGradients small() {
            return new TwoLayerGradients(
                    Linear.of(Tensors.of(new double[][] {{Math.log(3) / 4}}), Tensors.zeros(1)),
                    Linear.of(Tensors.of(new double[][] {{2}}), Tensors.zeros(1)),
                    new MseLoss());
        }

        private double backward(TwoLayerGradients network, double target) {
            return network.backward(Tensors.of(new double[][] {{2}}), Tensors.of(new double[][] {{target}}));
        }

        /** Two inputs, four hidden units, one output; the same numbers every time. */
        private TwoLayerGradients forXor(Loss loss) {
            double[][] hidden = {{0.5, -0.4}, {0.3, 0.6}, {-0.7, 0.2}, {0.1, -0.5}};
            return new TwoLayerGradients(
                    Linear.of(Tensors.of(hidden), Tensors.of(0.1, -0.2, 0.3, 0)),
                    Linear.of(Tensors.of(new double[][] {{0.4, -0.3, 0.6, -0.1}}), Tensors.zeros(1)),
                    loss);
        }

        private List<Parameter> parameters(TwoLayerGradients network) {
            List<Parameter> all = new ArrayList<>(network.first().parameters());
            all.addAll(network.second().parameters());
            return all;
        }

        @Test
        @Order(1)
        @DisplayName("of the second layer")
        void secondLayer() {
            TwoLayerGradients network = small();
            Expect.that(SMALL + ", target 0: the gradients of W2 and b2")
                    .rule("dL/dy = 2 (y - target) = 2; the second layer saw h, so W2 gets 2 * 0.5, and b2 gets 2")
                    .numbers(
                            () -> {
                                backward(network, 0);
                                return gradients(network.second().parameters());
                            },
                            1,
                            2);
        }

        @Test
        @Order(2)
        @DisplayName("of the first layer")
        void firstLayer() {
            TwoLayerGradients network = small();
            Expect.that(SMALL + ", target 0: the gradients of W1 and b1")
                    .rule("dL/dh = 2 * W2 = 4; tanh multiplies it by its slope 1 - h^2 = 0.75, which leaves 3 for b1; the first layer saw x, so W1 gets 3 * 2")
                    .numbers(
                            () -> {
                                backward(network, 0);
                                return gradients(network.first().parameters());
                            },
                            6,
                            3);
        }

        @Test
        @Order(3)
        @DisplayName("and the loss")
        void loss() {
            Expect.that(SMALL + ", target 3: what backward returns")
                    .rule("the loss itself, one number: (1 - 3)^2")
                    .number(backward(small(), 3), 4);
        }

        @Test
        @Order(4)
        @DisplayName("gradients add up")
        void addUp() {
            TwoLayerGradients network = small();
            backward(network, 0);
            backward(network, 0);
            Expect.that(SMALL + ", target 0, backward twice without zeroGrad: all gradients")
                    .rule("each call adds to the gradients that are there, as Linear.backward does")
                    .numbers(gradients(parameters(network)), 12, 6, 2, 4);
        }

        /** A loss that counts how often it is worked out: once for each forward pass. */
        private static final class Counting implements Loss {
            private final Loss loss = new BceWithLogitsLoss();
            private int passes;

            @Override
            public Tensor forward(Tensor prediction, Tensor target) {
                passes++;
                return loss.forward(prediction, target);
            }

            @Override
            public Tensor gradient(Tensor prediction, Tensor target) {
                return loss.gradient(prediction, target);
            }
        }

        @Test
        @Order(5)
        @DisplayName("differences agree, and what they cost")
        void differences() {
            Counting loss = new Counting();
            TwoLayerGradients network = forXor(loss);
            network.backward(x, xor);
            Expect.that("forward passes for all gradients of a 2-4-1 network by backward(…)")
                    .rule("one way there and one way back, whatever the number of parameters")
                    .value(loss.passes, 1);
            loss.passes = 0;
            for (Parameter parameter : parameters(network)) {
                double[] byHand = gradOf(parameter).data();
                for (int i = 0; i < byHand.length; i++) {
                    double numeric = difference(network, parameter, i);
                    Expect.that("2-4-1 network on XOR, parameter of shape " + parameter.shape() + ", position " + i + ": backward(…) says " + byHand[i]
                                    + ", nudging it by 0.00001 both ways says " + numeric + ": they agree")
                            .rule("a gradient is what the loss changes by when one number is nudged")
                            .value(Math.abs(byHand[i] - numeric) < 1e-7, true);
                }
            }
            Expect.that("forward passes for the same gradients by differences")
                    .rule("two for each of 17 parameters")
                    .value(loss.passes, 34);
            Generator generator = new Generator(1);
            long parameters = new Linear(784, 128, generator).parameterCount() + new Linear(128, 10, generator).parameterCount();
            Expect.that("forward passes for one step of a 784-128-10 network by differences")
                    .rule("two for each of 101,770 parameters: the pain that module 07 answers")
                    .value(2 * parameters, 203_540L);
        }

        private double difference(TwoLayerGradients network, Parameter parameter, int position) {
            double w = parameter.data()[position];
            parameter.mutableData()[position] = w + 1e-5;
            double above = network.loss().forward(network.predict(x), xor).item();
            parameter.mutableData()[position] = w - 1e-5;
            double below = network.loss().forward(network.predict(x), xor).item();
            parameter.mutableData()[position] = w;
            return (above - below) / 2e-5;
        }

        @Test
        @Order(6)
        @DisplayName("XOR is learned")
        void learnsXor() {
            TwoLayerGradients network = forXor(new BceWithLogitsLoss());
            Optimizer optimizer = new Sgd(parameters(network), 0.5).momentum(0.9);
            for (int step = 0; step < 200; step++) {
                optimizer.zeroGrad();
                network.backward(x, xor);
                optimizer.step();
            }
            Expect.that("[[0, 0], [0, 1], [1, 0], [1, 1]] after 200 steps of 0.5 with momentum 0.9: which logits are above 0?")
                    .rule("no line separates XOR; two layers and your gradients do")
                    .numbers(network.predict(x).gt(0).data(), 0, 1, 1, 0);
        }
    }
}
