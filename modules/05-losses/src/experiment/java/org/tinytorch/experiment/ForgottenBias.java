package org.tinytorch.experiment;

import java.util.Locale;
import org.tinytorch.loss.BceWithLogitsLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The closing experiment of module 05: four points on a line are learned, with an update written by hand for each parameter. Then once more, with the update of
 * the bias forgotten.
 */
public final class ForgottenBias {
    private static final double RATE = 0.5;

    private ForgottenBias() {}

    /**
     * How a training went.
     *
     * @param steps how many updates there were
     * @param losses before the first step and after each
     * @param accuracies likewise
     * @param weight at the end
     * @param bias at the end
     */
    public record Training(int steps, double[] losses, double[] accuracies, double weight, double bias) {
        /** The loss after the last step. */
        public double loss() {
            return losses[steps];
        }

        /** The part of the points that is right after the last step. */
        public double accuracy() {
            return accuracies[steps];
        }

        /** Where the network changes its mind: {@code w x + b = 0}. */
        public double boundary() {
            return -bias / weight;
        }
    }

    /** Trains on the points 1, 2 (false) and 3, 4 (true), from 0. */
    public static Training train(int steps, boolean updateBias) {
        Tensor x = Tensors.of(new double[][] {{1}, {2}, {3}, {4}});
        Tensor y = Tensors.of(new double[][] {{0}, {0}, {1}, {1}});
        Linear model = Linear.of(Tensors.zeros(1, 1), Tensors.zeros(1));
        Parameter weight = model.weight();
        Parameter bias = model.bias().orElseThrow();
        Loss loss = new BceWithLogitsLoss();
        double[] losses = new double[steps + 1];
        double[] accuracies = new double[steps + 1];
        for (int step = 0; step <= steps; step++) {
            weight.zeroGrad();
            bias.zeroGrad();
            Tensor z = model.forward(x).detach();
            losses[step] = loss.forward(z, y).item();
            accuracies[step] = z.gt(0).eq(y).mean().item();
            if (step < steps) {
                model.backward(x, loss.gradient(z, y));
                update(weight);
                if (updateBias) {
                    update(bias);
                }
            }
        }
        return new Training(steps, losses, accuracies, weight.item(), bias.item());
    }

    private static void update(Parameter parameter) {
        Tensor gradient = parameter.grad().orElseThrow();
        parameter.copyFrom(parameter.detach().sub(gradient.mul(RATE)));
    }

    public static void main(String[] args) {
        Training both = train(200, true);
        Training forgotten = train(200, false);
        Training longer = train(2000, false);
        say("Four points on a line: 1 and 2 are false, 3 and 4 are true. One weight, one bias, an update by hand for each.");
        say("");
        say("              both updated           bias forgotten");
        say("   step      loss   accuracy         loss   accuracy");
        for (int step = 0; step <= 200; step += 50) {
            say(
                    "   %4d     %.3f       %.2f        %.3f       %.2f",
                    step, both.losses()[step], both.accuracies()[step], forgotten.losses()[step], forgotten.accuracies()[step]);
        }
        say("");
        say("No exception, no warning, and both losses fell. Will more steps help the second?");
        say("   %4d                             %.3f       %.2f", longer.steps(), longer.loss(), longer.accuracy());
        say("");
        say("The first ends with w = %.2f and b = %.2f: the border is at x = %.2f.", both.weight(), both.bias(), both.boundary());
        say("The second ends with w = %.2f and b = %.0f: without a bias the border stays at x = 0,", longer.weight(), longer.bias());
        say("and no weight can do better than a loss of %.3f.", longer.loss());
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
