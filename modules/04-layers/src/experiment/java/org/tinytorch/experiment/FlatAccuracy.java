package org.tinytorch.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Parameter;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The closing experiment of module 04: a network that gets three points of XOR right and one wrong. Each of its nine numbers is nudged up and down, and accuracy
 * is asked which way is better.
 */
public final class FlatAccuracy {
    /** How far a number is nudged. */
    public static final double NUDGE = 0.01;

    private static final String TO_BLAME = "2.weight"; // its second number, -0.4 at first, should be below -1.5

    private FlatAccuracy() {}

    /** The network, with its numbers as they are at the start. An output above 0 means true. */
    public static Sequential network() {
        return new Sequential(
                Linear.of(Tensors.of(new double[][] {{1, 1}, {1, 1}}), Tensors.of(0, -1)),
                new ReLU(),
                Linear.of(Tensors.of(new double[][] {{1, -0.4}}), Tensors.of(-0.5)));
    }

    /** The network's outputs for the four points (0, 0), (0, 1), (1, 0) and (1, 1). */
    public static double[] outputs(Sequential network) {
        Tensor points = Tensors.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
        return network.forward(points).data().clone();
    }

    /** The part of the four points that is right. */
    public static double accuracy(double[] outputs) {
        Tensor wanted = Tensors.of(0, 1, 1, 0);
        return Tensors.of(outputs).gt(0).eq(wanted).mean().item();
    }

    /**
     * A number of the network moved a little.
     *
     * @param name of the parameter
     * @param position of the number in it
     * @param step by which it was moved
     * @param outputs of the network then
     */
    public record Nudge(String name, int position, double step, double[] outputs) {
        /** What accuracy says to it. */
        public double accuracy() {
            return FlatAccuracy.accuracy(outputs);
        }

        /** The output for (1, 1), the point that is wrong: below 0 it would be right. */
        public double wrongOutput() {
            return outputs[3];
        }
    }

    /** Each number of the network moved up and then down, one at a time. */
    public static List<Nudge> nudges() {
        Sequential network = network();
        List<Nudge> all = new ArrayList<>();
        network.namedParameters().forEach((name, parameter) -> {
            for (int i = 0; i < parameter.size(); i++) {
                for (double step : new double[] {NUDGE, -NUDGE}) {
                    double there = parameter.data()[i];
                    parameter.mutableData()[i] = there + step;
                    all.add(new Nudge(name, i, step, outputs(network)));
                    parameter.mutableData()[i] = there;
                }
            }
        });
        return all;
    }

    /** The one weight that is to blame, from -0.4 downwards in steps of 0.2: where it is, and the outputs there. */
    public static List<Nudge> walk() {
        Sequential network = network();
        Parameter weight = network.namedParameters().get(TO_BLAME);
        double start = weight.data()[1];
        List<Nudge> all = new ArrayList<>();
        for (int i = 0; i <= 8; i++) {
            double step = -0.2 * i;
            weight.mutableData()[1] = start + step;
            all.add(new Nudge(TO_BLAME, 1, step, outputs(network)));
        }
        return all;
    }

    /** In how many cases the output for (1, 1) is not what it was. */
    public static long moved(List<Nudge> nudges, double[] outputsBefore) {
        return nudges.stream()
                .filter(nudge -> nudge.wrongOutput() != outputsBefore[3])
                .count();
    }

    /** In how many cases the accuracy is not what it was. */
    public static long moved(List<Nudge> nudges, double accuracyBefore) {
        return nudges.stream().filter(nudge -> nudge.accuracy() != accuracyBefore).count();
    }

    public static void main(String[] args) {
        double[] before = outputs(network());
        say("A network for XOR, with 9 numbers. An output above 0 means true.");
        say("Its outputs are %s; its accuracy is %.2f, for the last should be below 0.", show(before), accuracy(before));
        say("");
        say("Which number should move, and which way? Nudge each by %.2f and ask:", NUDGE);
        say("  number           step   accuracy   output for (1, 1)");
        for (Nudge nudge : nudges()) {
            say(
                    "  %-13s   %+.2f     %.2f         %.3f",
                    nudge.name() + "[" + nudge.position() + "]", nudge.step(), nudge.accuracy(), nudge.wrongOutput());
        }
        say(
                "Of %d nudges, %d moved that output, and %d the accuracy.",
                nudges().size(), moved(nudges(), before), moved(nudges(), accuracy(before)));
        say("");
        say("Walk the weight %s[1] on, from -0.4 downwards:", TO_BLAME);
        say("   weight   accuracy   output for (1, 1)");
        for (Nudge nudge : walk()) {
            String bar = "#".repeat((int) Math.round(nudge.accuracy() * 20));
            say("    %5.1f      %.2f       %6.1f    %s", -0.4 + nudge.step(), nudge.accuracy(), nudge.wrongOutput(), bar);
        }
        say("Accuracy is flat, then jumps, and is flat again. The output came nearer all the way.");
        say("It says that something is wrong, never how far, and so never which way is better.");
    }

    private static String show(double[] numbers) {
        return Tensors.of(numbers).toString();
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
