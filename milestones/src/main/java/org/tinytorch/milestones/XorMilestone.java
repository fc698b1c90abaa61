package org.tinytorch.milestones;

import java.util.List;
import java.util.Optional;
import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tape;
import org.tinytorch.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** 1969: the problem that no perceptron can solve, solved by a hidden layer, first with gradients derived by hand and then with autograd. */
@Command(
        name = "xor",
        description = {
            "1969: Minsky and Papert show that a perceptron cannot learn XOR. One hidden layer can.",
            "Trains a 2-4-1 network twice from the same weights: with gradients derived by hand (modules 02 to 06), then with loss.backward() (module 07),"
                    + " and compares the two loss curves."
        })
final class XorMilestone extends Milestone {
    /** The two ways add up in another order, so the last digits may differ. */
    private static final double AGREEMENT = 1e-12;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "how many steps to train; by default 1000, in the classroom 500")
    Optional<Integer> requestedSteps;

    public static void main(String... args) {
        launch(new XorMilestone(), args);
    }

    @Override
    Result run() {
        int steps = atLeastOne("--steps", requestedSteps.orElse(classroom ? 500 : 1000));
        XorNetwork byHand = new XorNetwork(seed);
        if (!Tape.present()) {
            return byHandAlone(byHand, steps);
        }
        XorNetwork byAutograd = new XorNetwork(seed);
        List<Double> handLosses = byHand.trainByHand(steps);
        List<Double> autogradLosses = byAutograd.trainByAutograd(steps);

        say("  step   loss, gradients by hand   loss, backward()");
        double furthest = 0;
        for (int step = 0; step < steps; step++) {
            double apart = Math.abs(handLosses.get(step) - autogradLosses.get(step));
            furthest = Double.isNaN(apart) ? Double.POSITIVE_INFINITY : Math.max(furthest, apart);
            if (step == 0 || (step + 1) % Math.max(1, steps / 10) == 0) {
                say("  %4d   %.15f         %.15f", step + 1, handLosses.get(step), autogradLosses.get(step));
            }
        }
        say("  The two curves are never further apart than %.1e.", furthest);
        int correct = Math.min(truthTable(byHand), truthTable(byAutograd));
        show(byAutograd);
        return new Result("xor", "accuracy", correct / 4.0, 1.0)
                .with("final_loss", "%.2e", autogradLosses.get(steps - 1))
                .with("curves_apart", "%.1e", furthest)
                .require(
                        furthest <= AGREEMENT,
                        "the loss curves are %.1e apart, but may be %.0e at most",
                        furthest,
                        AGREEMENT);
    }

    /** For a student who has come as far as module 06. */
    private Result byHandAlone(XorNetwork network, int steps) {
        List<Double> losses = network.trainByHand(steps);
        say("  step   loss, gradients by hand");
        for (int step = 0; step < steps; step++) {
            if (step == 0 || (step + 1) % Math.max(1, steps / 10) == 0) {
                say("  %4d   %.15f", step + 1, losses.get(step));
            }
        }
        say("  Autograd is module 07: with it this milestone compares the two curves.");
        show(network);
        return new Result("xor", "accuracy", truthTable(network) / 4.0, 1.0)
                .with("final_loss", "%.2e", losses.get(steps - 1));
    }

    private static int truthTable(XorNetwork network) {
        return (int) network.predict().gt(0).eq(Xor.targets()).sum().item();
    }

    private void show(XorNetwork network) {
        Tensor probabilities = Activations.sigmoid(network.predict());
        say("");
        say("  a  b   a xor b   network says");
        for (int i = 0; i < 4; i++) {
            say(
                    "  %.0f  %.0f      %.0f         %.4f",
                    Xor.inputs().get(i, 0),
                    Xor.inputs().get(i, 1),
                    Xor.targets().get(i, 0),
                    probabilities.get(i, 0));
        }
    }
}
