// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/Activations.java. Read it, don't edit it.
package org.tinytorch.activation;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/** Applies the activations: {@code Activations.relu(x)}, as {@code torch.nn.functional.relu(x)}. All keep the shape. */
public final class Activations {
    private static final Relu RELU = new Relu();
    private static final Sigmoid SIGMOID = new Sigmoid();
    private static final Tanh TANH = new Tanh();
    private static final Gelu GELU = new Gelu();
    private static final GeluTanh GELU_TANH = new GeluTanh();
    private static final Silu SILU = new Silu();
    private static final Softplus SOFTPLUS = new Softplus();

    private Activations() {}

    /** {@link Relu}. */
    public static Tensor relu(Tensor x) {
        return Operation.run(RELU, x);
    }

    /** {@link LeakyRelu}. */
    public static Tensor leakyRelu(Tensor x, double slope) {
        return Operation.run(new LeakyRelu(slope), x);
    }

    /** {@link Elu}. */
    public static Tensor elu(Tensor x, double alpha) {
        return Operation.run(new Elu(alpha), x);
    }

    /** {@link Sigmoid}. */
    public static Tensor sigmoid(Tensor x) {
        return Operation.run(SIGMOID, x);
    }

    /** {@link Tanh}. */
    public static Tensor tanh(Tensor x) {
        return Operation.run(TANH, x);
    }

    /** {@link Gelu}, the exact form. */
    public static Tensor gelu(Tensor x) {
        return Operation.run(GELU, x);
    }

    /** {@link GeluTanh}, the form of GPT-2. */
    public static Tensor geluTanh(Tensor x) {
        return Operation.run(GELU_TANH, x);
    }

    /** {@link Silu}. */
    public static Tensor silu(Tensor x) {
        return Operation.run(SILU, x);
    }

    /** {@link Softplus}. */
    public static Tensor softplus(Tensor x) {
        return Operation.run(SOFTPLUS, x);
    }

    /** {@link Softmax} along an axis. */
    public static Tensor softmax(Tensor x, int axis) {
        return Operation.run(new Softmax(x.shape().axis(axis)), x);
    }

    /** {@link LogSoftmax} along an axis. */
    public static Tensor logSoftmax(Tensor x, int axis) {
        return Operation.run(new LogSoftmax(x.shape().axis(axis)), x);
    }
}
