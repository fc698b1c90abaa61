// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Backend.java. Read it, don't edit it.
package org.tinytorch.tensor;

/**
 * The socket for speed (module 15): who computes an operation.
 *
 * <p>A backend recognises the operations it can do faster and leaves the rest to their own loops:
 *
 * <pre>{@code
 * public Tensor compute(Operation op, Tensor... inputs) {
 *     return op instanceof MatMul matMul ? fastProduct(matMul, inputs) : op.forward(inputs);
 * }
 * }</pre>
 *
 * <p>Providers are found by {@link java.util.ServiceLoader}. The system property {@code tinytorch.backend} picks one by its {@link #name()};
 * {@code auto} (the default) takes the first that is found, {@code reference} the plain loops.
 */
public interface Backend {
    /** Computes the operation; must give what {@code op.forward(inputs)} gives, up to rounding, errors included. */
    Tensor compute(Operation op, Tensor... inputs);

    /** The name by which {@code -Dtinytorch.backend} picks it. */
    default String name() {
        return "reference";
    }

    /** The backend in use. */
    static Backend current() {
        return Sockets.backend();
    }

    /** Puts another backend in, for all threads, and returns the one that was in use. */
    static Backend use(Backend backend) {
        return Sockets.use(backend);
    }

    /** The plain loops that each operation carries. */
    static Backend reference() {
        return Operation::forward;
    }
}
