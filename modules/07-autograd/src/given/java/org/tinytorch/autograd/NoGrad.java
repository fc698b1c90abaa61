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
 * <p>Belongs to the thread that opens it and is not inherited by others. Scopes may be nested.
 */
public final class NoGrad implements AutoCloseable {
    private static final ThreadLocal<Boolean> ACTIVE = ThreadLocal.withInitial(() -> false);

    private final boolean before;

    private NoGrad(boolean before) {
        this.before = before;
    }

    /** Opens a scope. */
    public static NoGrad enter() {
        NoGrad scope = new NoGrad(ACTIVE.get());
        ACTIVE.set(true);
        return scope;
    }

    /** Whether this thread is inside such a scope. */
    public static boolean isActive() {
        return ACTIVE.get();
    }

    /** Goes back to how it was before. */
    @Override
    public void close() {
        ACTIVE.set(before);
    }
}
