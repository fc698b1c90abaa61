package org.tinytorch.milestones;

import java.util.HashMap;
import java.util.Map;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** 1958: a perceptron learns to separate points that a line can separate, and goes in circles on XOR, which no line can. */
@Command(
        name = "perceptron",
        description = {
            "1958: Rosenblatt's perceptron finds a line between two clouds of points.",
            "Then the same rule is shown XOR, which no line separates (Minsky and Papert, 1969), and goes in circles."
        })
final class PerceptronMilestone extends Milestone {
    private static final int XOR_EPOCHS = 1000;

    @Option(names = "--points", paramLabel = "N", description = "how many points to separate", defaultValue = "100")
    int points;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "give up on the points after this many rounds",
            defaultValue = "1000")
    int epochs;

    public static void main(String... args) {
        launch(new PerceptronMilestone(), args);
    }

    @Override
    Result run() {
        atLeastOne("--points", points);
        atLeastOne("--epochs", epochs);
        double separable = separablePoints(classroom ? Math.min(points, 30) : points);
        double xor = exclusiveOr();
        if (xor == 1) {
            throw new IllegalStateException("the perceptron got XOR right, which is impossible: there is a bug");
        }
        return new Result("perceptron", "train_accuracy", separable, 1.0).with("xor_accuracy", "%.2f", xor);
    }

    private double separablePoints(int count) {
        say("%d points in two clouds that a line can separate.", count);
        Tensor labels = labels(count);
        Tensor cloud = clouds(new Generator(seed), labels);
        Perceptron perceptron = new Perceptron();
        int mistakes = -1;
        for (int epoch = 1; epoch <= epochs && mistakes != 0; epoch++) {
            mistakes = perceptron.epoch(cloud, labels);
            say("  epoch %2d: %3d mistakes%s", epoch, mistakes, mistakes == 0 ? "" : ", each moved the line");
        }
        say("%s", ScatterText.draw(cloud, labels, perceptron, 2.4));
        say("  o and x are the points, dots mark the side where it says x.  %s", perceptron);
        return perceptron.accuracy(cloud, labels);
    }

    private static Tensor labels(int count) {
        Tensor labels = Tensors.zeros(count);
        for (int i = 1; i < count; i += 2) {
            labels.set(1, i);
        }
        return labels;
    }

    /** Uniform over discs of radius 0.9 around (0, 0) and (1.4, 1.4), which do not touch: a line exists, though none through the origin. */
    private static Tensor clouds(Generator generator, Tensor labels) {
        Tensor cloud = Tensors.zeros(labels.size(), 2);
        for (int i = 0; i < labels.size(); i++) {
            double angle = 2 * Math.PI * generator.nextDouble();
            double radius = 0.9 * Math.sqrt(generator.nextDouble());
            double centre = labels.get(i) == 1 ? 1.4 : 0;
            cloud.set(centre + radius * Math.cos(angle), i, 0);
            cloud.set(centre + radius * Math.sin(angle), i, 1);
        }
        return cloud;
    }

    /** The inputs are whole numbers, so the weights are too: when they come back to where they were, everything repeats for ever. */
    private double exclusiveOr() {
        say("");
        say("The same rule on XOR: (0,0) and (1,1) are o, (0,1) and (1,0) are x.");
        Tensor points = Xor.inputs();
        Tensor labels = Xor.targets().squeeze(1);
        Perceptron perceptron = new Perceptron();
        Map<String, Integer> seen = new HashMap<>();
        double best = perceptron.accuracy(points, labels);
        for (int epoch = 1; epoch <= XOR_EPOCHS; epoch++) {
            int mistakes = perceptron.epoch(points, labels);
            best = Math.max(best, perceptron.accuracy(points, labels));
            say("  epoch %2d: %d mistakes   %s", epoch, mistakes, perceptron);
            Integer before = seen.putIfAbsent(perceptron.toString(), epoch);
            if (before != null) {
                say("  These are the weights of epoch %d again: it goes in circles and will never stop.", before);
                break;
            }
        }
        say(
                "  At best %.0f %% right. No line separates XOR; it takes a hidden layer: ./tito milestone xor",
                best * 100);
        return best;
    }
}
