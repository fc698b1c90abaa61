package org.tinytorch.tensor;

/**
 * One step of a computation: a small value that names what to do and carries the plain loops that do it.
 *
 * <p>Every computation on tensors passes through {@link #run}. There a {@link Backend} may compute it faster, because an operation arrives as a
 * symbol that can be recognised (a record, an enum constant), and a {@link Tape} may remember it, so that gradients can flow back.
 */
public interface Operation {
    /**
     * Computes the result with the loops a student would write: no threads, no vector instructions.
     *
     * @throws IllegalArgumentException if the inputs do not fit; the message names the operation, the shapes and the fix
     */
    Tensor forward(Tensor... inputs);

    /** Whether gradients flow through it. Comparisons and argmax, for example, say no. */
    default boolean differentiable() {
        return true;
    }

    /**
     * Computes an operation by the current backend and reports it to the tape.
     *
     * @throws IllegalArgumentException if the inputs do not fit
     * @throws IllegalStateException if the backend itself fails; the message says which others there are
     */
    static Tensor run(Operation op, Tensor... inputs) {
        Tensor out = Sockets.compute(op, inputs);
        if (op.differentiable()) {
            out.recorded(Tape.current().record(op, out, inputs));
        }
        return out;
    }
}
