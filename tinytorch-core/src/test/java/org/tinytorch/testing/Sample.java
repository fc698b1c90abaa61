package org.tinytorch.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinytorch.autograd.GradCheck.Computation;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * One application of an operation.
 *
 * @param label what is applied to what; shown by the tests
 * @param operation the operation with its options; empty if the computation is composed of several or is an autograd function
 * @param computation applies it, by way of the current backend
 * @param formula what must come out, worked out element by element and without the operation itself
 * @param inputs never written to
 * @param differentiated which inputs the gradient is checked for
 */
public record Sample(
        String label,
        Optional<Operation> operation,
        Computation computation,
        Computation formula,
        List<Tensor> inputs,
        List<Integer> differentiated) {
    /** Copies the lists. */
    public Sample {
        inputs = List.copyOf(inputs);
        differentiated = List.copyOf(differentiated);
    }

    /** The inputs as an array. */
    public Tensor[] arguments() {
        return inputs.toArray(Tensor[]::new);
    }

    /** The result for the inputs as they are. */
    public Tensor result() {
        return computation.compute(arguments());
    }

    /** What the result must be. */
    public Tensor expected() {
        return formula.compute(arguments());
    }

    /** The differentiated inputs only. */
    public Tensor[] variables() {
        return differentiated.stream().map(inputs::get).toArray(Tensor[]::new);
    }

    /** The result as a function of the differentiated inputs, the others held fixed. */
    public Tensor compute(Tensor... variables) {
        Tensor[] arguments = arguments();
        for (int i = 0; i < variables.length; i++) {
            arguments[differentiated.get(i)] = variables[i];
        }
        return computation.compute(arguments);
    }

    /** The gradients of the differentiated inputs, in order, for the seed of {@link #seed}. */
    public List<Tensor> gradients() {
        List<Tensor> leaves = new ArrayList<>();
        for (Tensor variable : variables()) {
            leaves.add(variable.copy().requiresGrad(true));
        }
        Tensor out = compute(leaves.toArray(Tensor[]::new));
        out.backward(seed(out.shape()));
        return leaves.stream()
                .map(leaf -> leaf.grad().orElseThrow(() -> new AssertionError(label + ": an input got no gradient")))
                .toList();
    }

    /** Uneven weights for the elements of a result: with equal ones, many wrong gradients would add up to the right sum. */
    public static Tensor seed(Shape shape) {
        return Tensors.uniform(new Generator(7), 0.5, 1.5, shape.dims());
    }

    @Override
    public String toString() {
        return label;
    }
}
