package org.tinytorch.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.tinytorch.activation.Activation;
import org.tinytorch.activation.Relu;
import org.tinytorch.activation.Tanh;
import org.tinytorch.loss.BceWithLogitsLoss;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Parameter;
import org.tinytorch.optim.TwoLayerGradients;
import org.tinytorch.setup.Stopwatch;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The closing experiment of module 06: two ways to the gradients of a network. Differences know nothing of the network and need two forward passes for each of its
 * numbers; a way back by hand needs one, and is wrong as soon as the network changes.
 */
public final class CountedForwards {
    private static final double NUDGE = 1e-5;

    private CountedForwards() {}

    // ---- the general way

    /** The gradient of a loss for every number of some parameters: each is nudged up and down. It never asks what the network is. */
    public static double[] byDifferences(DoubleSupplier loss, List<Parameter> parameters) {
        List<Double> slopes = new ArrayList<>();
        for (Parameter parameter : parameters) {
            for (int i = 0; i < parameter.size(); i++) {
                double there = parameter.data()[i];
                parameter.mutableData()[i] = there + NUDGE;
                double above = loss.getAsDouble();
                parameter.mutableData()[i] = there - NUDGE;
                double below = loss.getAsDouble();
                parameter.mutableData()[i] = there;
                slopes.add((above - below) / (2 * NUDGE));
            }
        }
        return slopes.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * What the gradients of one step cost.
     *
     * @param parameters how many numbers learn
     * @param byDifferences forward passes, counted
     * @param byHand forward passes, counted
     * @param apart the largest distance between the two gradients
     */
    public record Cost(int parameters, int byDifferences, int byHand, double apart) {}

    /** Counts the forward passes of a network with two inputs, some hidden units and one output, on the four points of XOR. */
    public static Cost count(int hidden) {
        TwoLayerGradients network = forXor(hidden);
        List<Parameter> parameters = parameters(network.first(), network.second());
        AtomicInteger passes = new AtomicInteger();
        network.first().onForward((path, layer, x, y) -> passes.incrementAndGet());

        network.backward(points(), wanted());
        int byHand = passes.getAndSet(0);
        double[] differences = byDifferences(
                () -> network.loss().forward(network.predict(points()), wanted()).item(), parameters);
        return new Cost(differences.length, passes.get(), byHand, apart(gradients(parameters), differences));
    }

    /** The forward passes that differences need for a step of a network of two layers: two for each number that learns. */
    public static long passes(int in, int hidden, int out) {
        long first = (long) in * hidden + hidden; // weight and bias
        long second = (long) hidden * out + out;
        return 2 * (first + second);
    }

    // ---- the special way

    /**
     * The way back of {@link TwoLayerGradients}, written for tanh, behind any activation.
     *
     * @param bend what the forward pass uses
     * @param derivedFor what the way back was derived for
     * @return the largest distance between its gradients and those by differences
     */
    public static double apart(Activation bend, Activation derivedFor) {
        TwoLayerGradients start = forXor(4);
        Linear first = start.first();
        Linear second = start.second();
        Loss loss = start.loss();
        List<Parameter> parameters = parameters(first, second);

        Tensor z = first.forward(points()).detach();
        Tensor h = Operation.run(bend, z);
        Tensor y = second.forward(h).detach();
        Tensor gradientOfH = second.backward(h, loss.gradient(y, wanted()));
        first.backward(points(), derivedFor.gradient(z, h, gradientOfH));

        DoubleSupplier forward = () -> loss.forward(
                        second.forward(Operation.run(bend, first.forward(points()))), wanted())
                .item();
        return apart(gradients(parameters), byDifferences(forward, parameters));
    }

    // ---- plumbing

    private static Tensor points() {
        return Tensors.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    }

    private static Tensor wanted() {
        return Tensors.of(new double[][] {{0}, {1}, {1}, {0}});
    }

    private static TwoLayerGradients forXor(int hidden) {
        Generator generator = new Generator(6);
        return new TwoLayerGradients(
                new Linear(2, hidden, generator), new Linear(hidden, 1, generator), new BceWithLogitsLoss());
    }

    private static List<Parameter> parameters(Linear first, Linear second) {
        List<Parameter> all = new ArrayList<>(first.parameters());
        all.addAll(second.parameters());
        return all;
    }

    private static double[] gradients(List<Parameter> parameters) {
        return parameters.stream()
                .flatMapToDouble(parameter -> Arrays.stream(parameter.grad().orElseThrow().data()))
                .toArray();
    }

    private static double apart(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    public static void main(String[] args) {
        say("Forward passes for the gradients of ONE step, counted:");
        say("  network   numbers   by differences   by hand   gradients apart");
        for (int hidden : new int[] {4, 16, 64}) {
            Cost cost = count(hidden);
            say(
                    "  2-%d-1%s  %5d        %5d            %d        %.0e",
                    hidden, hidden < 10 ? " " : "", cost.parameters(), cost.byDifferences(), cost.byHand(), cost.apart());
        }
        say("Both find the same numbers. Differences need two passes for each number that learns.");
        say("");

        long passes = passes(784, 128, 10);
        say(
                "A network that reads digits, 784-128-10, has %,d numbers, so one step needs %,d passes.",
                passes / 2, passes);
        Generator generator = new Generator(1);
        Linear first = new Linear(784, 128, generator);
        Linear second = new Linear(128, 10, generator);
        TwoLayerGradients digits = new TwoLayerGradients(first, second, new CrossEntropyLoss());
        Tensor image = Tensors.rand(generator, 1, 784);
        Tensor label = Tensors.of(3.0);
        Stopwatch stopwatch = new Stopwatch().warmUp(200);
        double pass = stopwatch
                .measure(() -> digits.loss().forward(digits.predict(image), label))
                .seconds();
        double byHand = stopwatch.measure(() -> digits.backward(image, label)).seconds();
        say("On this machine, with one image:");
        say("  by differences   %10.3f s a step (%.6f s a pass, measured, times %,d)", passes * pass, pass, passes);
        say("  by hand          %10.6f s a step", byHand);
        say("");

        say("So derive it by hand. But then somebody puts ReLU in the place of tanh:");
        say("  way back derived for tanh, network with tanh:   gradients apart %.0e", apart(new Tanh(), new Tanh()));
        say("  way back derived for tanh, network with ReLU:   gradients apart %.3f", apart(new Relu(), new Tanh()));
        say("  way back derived for ReLU, network with ReLU:   gradients apart %.0e", apart(new Relu(), new Relu()));
        say("Nothing was thrown. Each new layer means: derive again, write again, check again.");
        say("The differences needed no change at all.");
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
