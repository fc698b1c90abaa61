package org.tinytorch.autograd;

import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/** What the forward pass of one operation saw, for its derivative. Reading numbers that were overwritten since is an error, not a wrong gradient. */
public final class Saved {
    private final Object operation;
    private final Tensor output;
    private final int outputVersion;
    private final Tensor[] inputs;
    private final int[] versions;
    private final boolean[] needsGradient;

    Saved(Object operation, Tensor output, Tensor... inputs) {
        this.operation = operation;
        this.output = output;
        this.outputVersion = output.version();
        this.inputs = inputs;
        this.versions = new int[inputs.length];
        this.needsGradient = new boolean[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            versions[i] = inputs[i].version();
            needsGradient[i] = inputs[i].requiresGrad();
        }
    }

    /** How many inputs there are. */
    public int count() {
        return inputs.length;
    }

    /**
     * An input, with the numbers it had.
     *
     * @throws IllegalStateException if it was written to since
     */
    public Tensor input(int i) {
        return unchanged(inputs[i], versions[i], "input " + i);
    }

    /**
     * The output, with the numbers it had.
     *
     * @throws IllegalStateException if it was written to since
     */
    public Tensor output() {
        return unchanged(output, outputVersion, "the output");
    }

    /** The shape of an input; always known, even if the numbers were overwritten. */
    public Shape shape(int i) {
        return inputs[i].shape();
    }

    /** Whether an input takes part in the backward pass: whether it required a gradient when the operation was recorded. */
    public boolean needsGradient(int i) {
        return needsGradient[i];
    }

    /** An input as a vertex of the graph, whatever its numbers are now. */
    Tensor vertex(int i) {
        return inputs[i];
    }

    /** The same of the output. */
    Tensor outputVertex() {
        return output;
    }

    private Tensor unchanged(Tensor tensor, int version, String what) {
        if (tensor.version() != version) {
            throw new IllegalStateException("backward of " + operation + ": " + what + ", of shape " + tensor.shape()
                    + ", was overwritten in place after it was saved (" + (tensor.version() - version)
                    + " times); call backward() before writing, or write into a copy()");
        }
        return tensor;
    }
}
