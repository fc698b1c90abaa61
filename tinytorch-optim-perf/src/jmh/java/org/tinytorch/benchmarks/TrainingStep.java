package org.tinytorch.benchmarks;

import org.tinytorch.autograd.ReuseMemory;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Tanh;
import org.tinytorch.optim.AdamW;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModelLoss;

/** A network, a batch, and what happens in one round of training. */
final class TrainingStep {
    private final Layer model;
    private final Loss loss;
    private final Optimizer optimizer;
    private final Tensor x;
    private final Tensor y;

    private TrainingStep(Layer model, Loss loss, double rate, Tensor x, Tensor y) {
        this(model, loss, new Sgd(model.parameters(), rate), x, y);
    }

    private TrainingStep(Layer model, Loss loss, Optimizer optimizer, Tensor x, Tensor y) {
        this.model = model;
        this.loss = loss;
        this.optimizer = optimizer;
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

    /** The small GPT that nanoGPT trains on a CPU, 4 layers of 4 heads and 128 numbers, and 12 windows of 64 characters; with AdamW. */
    static TrainingStep gpt() {
        Generator generator = new Generator(1);
        Gpt model = new Gpt(GptConfig.gpt2(65, 64, 4, 4, 128).bias(false), generator);
        return new TrainingStep(
                model,
                new LanguageModelLoss(),
                new AdamW(model.parameters(), 1e-6),
                Tensors.randint(generator, 65, 12, 64),
                Tensors.randint(generator, 65, 12, 64));
    }

    /** The same, with the memory of results used again, as a Trainer does it. */
    double runReusingMemory() {
        try (ReuseMemory scope = ReuseMemory.enter()) {
            return run();
        }
    }

    /** Forward, backward, update; returns the loss. */
    double run() {
        optimizer.zeroGrad();
        Tensor error = loss.forward(model.forward(x), y);
        error.backward();
        optimizer.step();
        return error.item();
    }
}
