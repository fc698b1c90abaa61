package org.tinytorch.benchmarks;

import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Tanh;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** A network, a batch, and what happens in one round of training. */
final class TrainingStep {
    private final Layer model;
    private final Loss loss;
    private final Optimizer optimizer;
    private final Tensor x;
    private final Tensor y;

    private TrainingStep(Layer model, Loss loss, double rate, Tensor x, Tensor y) {
        this.model = model;
        this.loss = loss;
        this.optimizer = new Sgd(model.parameters(), rate);
        this.x = x;
        this.y = y;
    }

    /** A 2-4-1 network and the four points of XOR. */
    static TrainingStep xor() {
        Generator generator = new Generator(1);
        return new TrainingStep(
                new Sequential(new Linear(2, 4, generator), new Tanh(), new Linear(4, 1, generator)),
                new MseLoss(),
                0.1,
                Tensors.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}),
                Tensors.of(new double[][] {{0}, {1}, {1}, {0}}));
    }

    /** A 784-h-10 network and a batch of 64 random images. */
    static TrainingStep mlp(int hidden) {
        Generator generator = new Generator(1);
        return new TrainingStep(
                new Sequential(new Linear(784, hidden, generator), new ReLU(), new Linear(hidden, 10, generator)),
                new CrossEntropyLoss(),
                1e-6, // so small that it can go on for a billion steps
                Tensors.rand(generator, 64, 784),
                Tensors.randint(generator, 10, 64));
    }

    /** Forward, backward, SGD; returns the loss. */
    double run() {
        optimizer.zeroGrad();
        Tensor error = loss.forward(model.forward(x), y);
        error.backward();
        optimizer.step();
        return error.item();
    }
}
