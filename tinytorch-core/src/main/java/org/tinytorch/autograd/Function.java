package org.tinytorch.autograd;

import java.util.Arrays;
import java.util.Optional;
import org.tinytorch.tensor.Tensor;

/**
 * An operation of one's own, forward and backward side by side, as {@code torch.autograd.Function}. State that the backward needs goes into fields, so an
 * instance serves one application:
 *
 * <pre>{@code
 * final class Cube extends Function {
 *     protected Tensor forward(Tensor... inputs) {
 *         return inputs[0].mul(inputs[0]).mul(inputs[0]);
 *     }
 *
 *     protected Tensor[] backward(Saved saved, Tensor g) {
 *         return new Tensor[] {saved.input(0).square().mul(3).mul(g)};
 *     }
 * }
 *
 * Tensor y = new Cube().apply(x);
 * }</pre>
 *
 * <p>Both run without recording. Heavy loops belong into an {@link org.tinytorch.tensor.Operation} that they run, so that a backend can speed them up.
 */
public abstract class Function {
    private boolean applied;

    /** For subclasses. */
    protected Function() {}

    /** Computes the result. */
    protected abstract Tensor forward(Tensor... inputs);

    /**
     * The gradients of the inputs, one entry each; an entry is ignored unless {@code saved.needsGradient(i)}. The tensors must not be kept elsewhere.
     *
     * @param saved the inputs and the output of {@link #forward}, guarded against overwriting
     * @param g the gradient of the output, for reading only and during this call only: gradients on other paths may share its numbers, and afterwards its memory may be
     *     used again; {@code copy()} what must live on
     */
    protected abstract Tensor[] backward(Saved saved, Tensor g);

    /** The name in messages and pictures of the graph. */
    protected String name() {
        String name = getClass().getSimpleName();
        return name.isEmpty() ? "Function" : name; // an anonymous class has none
    }

    /**
     * Computes the result and remembers how gradients flow back through it.
     *
     * @throws IllegalStateException on a second call, as the fields belong to the first, or if {@link #forward} returns null
     */
    public final Tensor apply(Tensor... inputs) {
        if (applied) {
            throw new IllegalStateException(
                    name()
                            + ": a function object serves one application, because it keeps state for its backward; make a new one");
        }
        applied = true;
        Tensor out;
        try (NoGrad scope = NoGrad.enter()) {
            out = forward(inputs.clone()); // so that writing into the array does not change what is remembered
        }
        if (out == null) {
            throw new IllegalStateException(name() + ": forward returned null; return a tensor");
        }
        if (!out.isLeaf() || Arrays.asList(inputs).contains(out)) {
            out = out.detach();
        }
        if (AutogradTape.wanted(inputs)) {
            out.recorded(Optional.of(new Node(name(), this::backward, out, inputs)));
        }
        return out;
    }
}
