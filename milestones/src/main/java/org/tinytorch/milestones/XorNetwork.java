package org.tinytorch.milestones;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.tinytorch.loss.BceWithLogitsLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Tanh;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.optim.Sgd;
import org.tinytorch.optim.TwoLayerGradients;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;

/** The 2-4-1 network that learns XOR, trained in either of two ways. The same seed gives the same first weights. */
final class XorNetwork {
    private static final double LEARNING_RATE = 0.5;

    private final Linear hidden;
    private final Linear output;
    private final Loss loss = new BceWithLogitsLoss();

    XorNetwork(long seed) {
        Generator generator = new Generator(seed);
        this.hidden = new Linear(2, 4, generator);
        this.output = new Linear(4, 1, generator);
    }

    /**
     * Modules 02 to 06 only: every gradient is written out.
     *
     * @return the loss of each step
     */
    List<Double> trainByHand(int steps) {
        TwoLayerGradients network = new TwoLayerGradients(hidden, output, loss);
        return train(steps, () -> network.backward(Xor.inputs(), Xor.targets()));
    }

    /**
     * The same with module 07.
     *
     * @return the loss of each step
     */
    List<Double> trainByAutograd(int steps) {
        return train(steps, () -> {
            Tensor error = loss.forward(model().forward(Xor.inputs()), Xor.targets());
            error.backward();
            return error.item();
        });
    }

    private List<Double> train(int steps, DoubleSupplier lossAndGradients) {
        Optimizer optimizer = new Sgd(model().parameters(), LEARNING_RATE);
        List<Double> losses = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            optimizer.zeroGrad();
            losses.add(lossAndGradients.getAsDouble());
            optimizer.step();
        }
        return losses;
    }

    /** The logits of the four points, {@code (4, 1)}: above 0 means true. */
    Tensor predict() {
        return model().forward(Xor.inputs()).detach();
    }

    private Sequential model() {
        return new Sequential(hidden, new Tanh(), output);
    }
}
