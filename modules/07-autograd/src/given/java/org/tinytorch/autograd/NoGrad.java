// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/autograd/NoGrad.java. Read it, don't edit it.
package org.tinytorch.autograd;

/**
 * A scope in which nothing is recorded, as {@code torch.no_grad()}:
 *
 * <pre>{@code
 * try (NoGrad scope = NoGrad.enter()) {
 *     Tensor prediction = model.forward(x);
 * }
 * }</pre>
 *
 * <p>Belongs to the thread that opens it and is not inherited by others. Scopes may be nested; nothing is recorded until all of them are closed.
 */
public final class NoGrad implements AutoCloseable {
    private static final ThreadLocal<Integer> OPEN = ThreadLocal.withInitial(() -> 0);

    private final ThreadScope scope = ThreadScope.enter("noGrad", OPEN);

    private NoGrad() {}

    /** Opens a scope. */
    public static NoGrad enter() {
        return new NoGrad();
    }

    /** Whether this thread is inside such a scope. */
    public static boolean isActive() {
        return OPEN.get() > 0;
    }

    /**
     * Ends the scope. Closing it twice does no harm.
     *
     * @throws IllegalStateException if another thread opened it
     */
    @Override
    public void close() {
        scope.close();
    }
}
