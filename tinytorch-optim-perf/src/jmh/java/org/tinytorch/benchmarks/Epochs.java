package org.tinytorch.benchmarks;

import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.nn.Layer;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Batch;

/** A model that learns whatever batches it is given. */
final class Epochs {
    private final Layer model;
    private final Loss loss = new CrossEntropyLoss();
    private final Optimizer optimizer;

    Epochs(Layer model) {
        this.model = model;
        this.optimizer = new Sgd(model.parameters(), 1e-6); // so small that it can go on for a billion steps
    }

    /** One epoch: forward, backward and SGD on each batch; returns the last loss. */
    double run(Iterable<Batch> batches) {
        double last = 0;
        for (Batch batch : batches) {
            optimizer.zeroGrad();
            Tensor error = loss.forward(model.forward(batch.input()), batch.target());
            error.backward();
            optimizer.step();
            last = error.item();
        }
        return last;
    }
}
