package org.tinytorch.serving.browser;

import org.tinytorch.interop.ModelPackage;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;

/** A model that can be held up. Open at first. */
final class Gate extends Layer {
    private final Layer model;
    private boolean closed;

    private Gate(Layer model) {
        this.model = child("model", model);
    }

    /** A classifier behind a gate. */
    static ModelPackage before(ModelPackage classifier) {
        return ModelPackage.classifier(new Gate(classifier.model()), classifier.labels())
                .preprocessing(classifier.preprocessing().orElseThrow());
    }

    static Gate of(ModelPackage pack) {
        return (Gate) pack.model();
    }

    synchronized void close() {
        closed = true;
    }

    synchronized void open() {
        closed = false;
        notifyAll();
    }

    @Override
    protected Tensor compute(Tensor x) {
        pass();
        return model.forward(x);
    }

    private synchronized void pass() {
        try {
            while (closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
