package org.tinytorch.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tinytorch.activation.Activations;
import org.tinytorch.activation.Relu;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The closing experiment of module 03: a network in loose arrays gets one more layer, and its way back forgets that layer. Every gradient is then compared with
 * what a nudge of each number does to the output.
 */
public final class ForgottenLayer {
    private static final double NUDGE = 1e-4;

    private ForgottenLayer() {}

    /** A network in loose arrays, each of which is kept under a name. */
    public abstract static class Network {
        private final Map<String, Tensor> arrays = new LinkedHashMap<>();

        /** Keeps an array under a name. */
        final Tensor keep(String name, Tensor array) {
            arrays.put(name, array);
            return array;
        }

        /** The names of all arrays that a forward and a backward pass need. The gradient of {@code w1} is {@code gw1}. */
        public final Set<String> arrays() {
            output();
            backward();
            return new LinkedHashSet<>(arrays.keySet());
        }

        /** One forward pass. */
        abstract double output();

        /** The gradients of the output, by hand, from what the last forward pass kept. */
        abstract void backward();
    }

    /** Two layers and a bend; the way back is right. */
    public static final class TwoLayers extends Network {
        private final Relu relu = new Relu();
        private final Tensor x = keep("x", Tensors.of(new double[][] {{1, 2}}));
        private final Tensor w1 = keep("w1", Tensors.of(new double[][] {{1, 1}, {1, -1}}));
        private final Tensor b1 = keep("b1", Tensors.of(0, 2));
        private final Tensor w2 = keep("w2", Tensors.of(new double[][] {{1, 10}}));
        private final Tensor b2 = keep("b2", Tensors.of(0.0));
        private Tensor z1;
        private Tensor h1;
        private Tensor z2;

        @Override
        double output() {
            z1 = keep("z1", x.matmul(w1.transpose()).add(b1));
            h1 = keep("h1", Activations.relu(z1));
            z2 = keep("z2", h1.matmul(w2.transpose()).add(b2));
            return z2.item();
        }

        @Override
        void backward() {
            Tensor g2 = Tensors.onesLike(z2);
            keep("gw2", g2.transpose().matmul(h1));
            keep("gb2", g2.sum(0));
            Tensor g1 = relu.gradient(z1, h1, g2.matmul(w2));
            keep("gw1", g1.transpose().matmul(x));
            keep("gb1", g1.sum(0));
        }
    }

    /** The same with a layer in the middle. What was called 2 is called 3 now. */
    public static final class ThreeLayers extends Network {
        private final Relu relu = new Relu();
        private final Tensor x = keep("x", Tensors.of(new double[][] {{1, 2}}));
        private final Tensor w1 = keep("w1", Tensors.of(new double[][] {{1, 1}, {1, -1}}));
        private final Tensor b1 = keep("b1", Tensors.of(0, 2));
        private final Tensor w2 = keep("w2", Tensors.of(new double[][] {{1, 2}, {0, 1}}));
        private final Tensor b2 = keep("b2", Tensors.of(0, 0));
        private final Tensor w3 = keep("w3", Tensors.of(new double[][] {{1, 10}}));
        private final Tensor b3 = keep("b3", Tensors.of(0.0));
        private final boolean mended;
        private Tensor z1;
        private Tensor h1;
        private Tensor z2;
        private Tensor h2;
        private Tensor z3;

        /** @param mended whether the gradient of the first layer comes through the second; else straight from the third, as when there was no other */
        public ThreeLayers(boolean mended) {
            this.mended = mended;
        }

        @Override
        double output() {
            z1 = keep("z1", x.matmul(w1.transpose()).add(b1));
            h1 = keep("h1", Activations.relu(z1));
            z2 = keep("z2", h1.matmul(w2.transpose()).add(b2));
            h2 = keep("h2", Activations.relu(z2));
            z3 = keep("z3", h2.matmul(w3.transpose()).add(b3));
            return z3.item();
        }

        @Override
        void backward() {
            Tensor g3 = Tensors.onesLike(z3);
            keep("gw3", g3.transpose().matmul(h2));
            keep("gb3", g3.sum(0));
            Tensor g2 = relu.gradient(z2, h2, g3.matmul(w3));
            keep("gw2", g2.transpose().matmul(h1));
            keep("gb2", g2.sum(0));
            Tensor g1 = relu.gradient(z1, h1, mended ? g2.matmul(w2) : g3.matmul(w3));
            keep("gw1", g1.transpose().matmul(x));
            keep("gb1", g1.sum(0));
        }
    }

    /**
     * The gradient of one array, found in two ways.
     *
     * @param name of the array, such as {@code w1}
     * @param byHand as the way back says
     * @param byNudge as the output answers when each number is moved up and down
     */
    public record Comparison(String name, double[] byHand, double[] byNudge) {
        /** How many of the numbers differ. */
        public int wrong() {
            int wrong = 0;
            for (int i = 0; i < byHand.length; i++) {
                wrong += Math.abs(byHand[i] - byNudge[i]) > 1e-6 ? 1 : 0;
            }
            return wrong;
        }
    }

    /** Compares the gradient of every array that has one. */
    public static List<Comparison> compare(Network network) {
        network.output();
        network.backward();
        List<Comparison> all = new ArrayList<>();
        for (String name : List.copyOf(network.arrays.keySet())) {
            Tensor gradient = network.arrays.get("g" + name);
            if (gradient != null) {
                all.add(new Comparison(name, gradient.data().clone(), byNudge(network, network.arrays.get(name))));
            }
        }
        return all;
    }

    private static double[] byNudge(Network network, Tensor array) {
        double[] slopes = new double[array.size()];
        for (int i = 0; i < slopes.length; i++) {
            double there = array.data()[i];
            array.mutableData()[i] = there + NUDGE;
            double above = network.output();
            array.mutableData()[i] = there - NUDGE;
            double below = network.output();
            array.mutableData()[i] = there;
            slopes[i] = (above - below) / (2 * NUDGE);
        }
        return slopes;
    }

    /** How many gradients are wrong, of all the numbers in a comparison. */
    public static int wrong(List<Comparison> all) {
        return all.stream().mapToInt(Comparison::wrong).sum();
    }

    /** How many numbers were compared. */
    public static int numbers(List<Comparison> all) {
        return all.stream().mapToInt(one -> one.byHand().length).sum();
    }

    /** The names that the three layers need and the two did not. */
    public static Set<String> addedArrays() {
        Set<String> added = new ThreeLayers(true).arrays();
        added.removeAll(new TwoLayers().arrays());
        return added;
    }

    public static void main(String[] args) {
        Network two = new TwoLayers();
        say("Two layers, a bend between them, %d loose arrays: %s", two.arrays().size(), String.join(" ", two.arrays()));
        say("The way back, by hand, against a nudge of every number:");
        show(compare(two));

        Set<String> added = addedArrays();
        say("");
        say("Now a layer is added in the middle. That makes %d more arrays: %s", added.size(), String.join(" ", added));
        say("Five are the layer's (weight, bias, a gradient for each, output), one is its bend's (h2).");
        say("One line of the way back still reads g3.matmul(w3), from the time when there was no other layer:");
        show(compare(new ThreeLayers(false)));
        say("Nothing was thrown: the layers are two wide, so every shape fits.");
        say("");
        say("With g2.matmul(w2) in that line:");
        show(compare(new ThreeLayers(true)));
    }

    private static void show(List<Comparison> all) {
        for (Comparison one : all) {
            say(
                    "  g%s  by hand %-22s nudged %-22s%s",
                    one.name(), show(one.byHand()), show(one.byNudge()), one.wrong() == 0 ? "" : "  <-- WRONG");
        }
        say("  %d of %d numbers are wrong.", wrong(all), numbers(all));
    }

    private static String show(double[] numbers) {
        return Arrays.toString(Arrays.stream(numbers).mapToLong(Math::round).toArray());
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
