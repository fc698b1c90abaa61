// Yours: tasks 4.1, 4.2. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/Linear.java.
package org.tinytorch.nn;

import java.util.Arrays;
import java.util.Optional;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * A fully connected layer, {@code y = x · Wᵀ + b}, like {@code torch.nn.Linear}: each output is a weighted sum of all inputs.
 *
 * <p>Shapes: x {@code (…, in)}, W ({@code weight}) {@code (out, in)}, b ({@code bias}) {@code (out,)}, y {@code (…, out)}.
 */
public final class Linear extends Layer {
    private final Parameter weight;
    private final Optional<Parameter> bias;

    /** A layer with a bias; see {@link #Linear(int, int, boolean, Generator)}. */
    public Linear(int in, int out, Generator generator) {
        this(in, out, true, generator);
    }

    /**
     * A layer whose weight and bias are drawn uniformly from {@code ± 1/√in}, PyTorch's default.
     *
     * @param in the number of input features, at least 1
     * @param out the number of output features, at least 1
     * @param bias whether to add a bias
     */
    public Linear(int in, int out, boolean bias, Generator generator) {
        this(
                initial(in, out, generator, out, in),
                bias ? Optional.of(initial(in, out, generator, out)) : Optional.empty());
    }

    private Linear(Tensor weight, Optional<Tensor> bias) {
        this.weight = parameter("weight", new Parameter(weight));
        this.bias = bias.map(values -> parameter("bias", new Parameter(values)));
    }

    /**
     * A layer over a given weight {@code (out, in)}, whose numbers it shares, without a bias.
     *
     * @throws IllegalArgumentException if the weight is not a matrix
     */
    public static Linear of(Tensor weight) {
        checkWeight(weight);
        return new Linear(weight, Optional.empty());
    }

    /**
     * A layer over a given weight {@code (out, in)} and bias {@code (out,)}, whose numbers it shares.
     *
     * @throws IllegalArgumentException if the weight is not a matrix or the bias does not fit it
     */
    public static Linear of(Tensor weight, Tensor bias) {
        checkWeight(weight);
        if (!bias.shape().equals(Shape.of(weight.dim(0)))) {
            throw new IllegalArgumentException("linear: a bias of shape " + bias.shape()
                    + " does not fit a weight of shape " + weight.shape() + "; it needs " + Shape.of(weight.dim(0)));
        }
        return new Linear(weight, Optional.of(bias));
    }

    private static void checkWeight(Tensor weight) {
        if (weight.rank() != 2) {
            throw new IllegalArgumentException(
                    "linear: a weight of shape " + weight.shape() + " is not a matrix; it needs (out, in)");
        }
    }

    private static Tensor initial(int in, int out, Generator generator, int... dims) {
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException(
                    "linear: " + in + " inputs and " + out + " outputs are not possible; use at least 1 of each");
        }
        double bound = 1 / Math.sqrt(in); // Kaiming uniform with the gain √⅓ of a leaky ReLU of slope √5
        return Init.uniform(Tensors.zeros(dims), -bound, bound, generator);
    }

    /** The weight, {@code (out, in)}. */
    public Parameter weight() {
        return weight;
    }

    /** The bias, {@code (out,)}, if there is one. */
    public Optional<Parameter> bias() {
        return bias;
    }

    /** The number of input features. */
    public int in() {
        return weight.dim(1);
    }

    /** The number of output features. */
    public int out() {
        return weight.dim(0);
    }

    /**
     * {@code yᵢⱼ = Σₖ xᵢₖ Wⱼₖ + bⱼ}; without a bias, the sum alone. {@code rows} is x with all its leading axes merged into one, {@code (rows, in)};
     * the output has x's own leading axes again.
     *
     * <p>For x {@code [[1, 0], [1, -1]]}, W {@code [[1, 2], [3, 4], [5, 6]]} and b {@code [10, 20, 30]} it is {@code [[11, 23, 35], [9, 19, 29]]}; for
     * x {@code [1, 0]}, a single vector, {@code [11, 23, 35]}.
     */
    @Override
    protected Tensor compute(Tensor x) {
        checkInput(x.shape());
        Tensor rows = asRows(x, in());
        // region Task 4.1: a linear layer, forward
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 4.1
        throw new UnsupportedOperationException(
                "Task 4.1: a linear layer, forward is not written yet: ./tito hint 4.1");
        // endregion
    }

    /**
     * The way back, derived by hand: from {@code yᵢⱼ = Σₖ xᵢₖ Wⱼₖ + bⱼ} follow {@code ∂L/∂W = gᵀ · x}, {@code ∂L/∂b = Σᵢ gᵢ} and
     * {@code ∂L/∂x = g · W}. Adds the first two to the gradients of weight and bias, as a tape (module 07) would, and records nothing.
     *
     * @param x the input of the forward pass, {@code (…, in)}
     * @param g the gradient of the output, {@code (…, out)}
     * @return the gradient of x, {@code (…, in)}
     * @throws IllegalArgumentException if a shape does not fit
     */
    public Tensor backward(Tensor x, Tensor g) {
        checkInput(x.shape());
        checkGradient(x.shape(), g.shape());
        Tensor rows = asRows(x.detach(), in());
        Tensor rowsOfG = asRows(g.detach(), out());
        // region Task 4.2: a linear layer, backward
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 4.2
        throw new UnsupportedOperationException(
                "Task 4.2: a linear layer, backward is not written yet: ./tito hint 4.2");
        // endregion
    }

    /** Adds to a parameter's gradient; the first one that comes is kept as it is. */
    private static void accumulate(Parameter parameter, Tensor gradient) {
        parameter.grad(parameter.grad().map(sum -> sum.add(gradient)).orElse(gradient));
    }

    private void checkInput(Shape x) {
        if (x.rank() == 0) {
            throw new IllegalArgumentException(
                    "linear: the input is a scalar, but the layer expects (…, " + in() + ")");
        }
        if (x.dim(-1) != in()) {
            throw new IllegalArgumentException(
                    "linear: input " + x + " has " + x.dim(-1) + " features, but the layer expects " + in());
        }
    }

    private void checkGradient(Shape x, Shape g) {
        Shape expected = x.with(-1, out());
        if (!g.equals(expected)) {
            throw new IllegalArgumentException("linear backward: gradient " + g + " does not fit input " + x
                    + "; the output has shape " + expected);
        }
    }

    /** All leading axes merged into one; a matrix stays as it is. */
    private static Tensor asRows(Tensor x, int features) {
        if (x.rank() == 2) {
            return x;
        }
        int rows = Arrays.stream(x.shape().dims()).limit(x.rank() - 1).reduce(1, Math::multiplyExact);
        return x.reshape(Shape.of(rows, features));
    }

    @Override
    protected String options() {
        return "in=" + in() + ", out=" + out() + ", bias=" + bias.isPresent();
    }
}
