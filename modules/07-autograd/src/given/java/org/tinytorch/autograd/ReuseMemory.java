// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/autograd/ReuseMemory.java. Read it, don't edit it.
package org.tinytorch.autograd;

/**
 * A scope in which a backward pass gives back the memory of every result that it passes on its way, so that the next step's results are written there. Whoever opens it promises that nobody looks
 * at a result once it was sent backward, but for the last one, such as the loss: a look would end in an error that says so. {@code copy()} what must live on.
 *
 * <pre>{@code
 * try (ReuseMemory scope = ReuseMemory.enter()) {
 *     Tensor loss = criterion.forward(model.forward(x), y);
 *     loss.backward();
 * }
 * }</pre>
 *
 * <p>The {@code Trainer} of module 08 trains in such a scope. Backends that lend no memory, such as the plain loops, gain nothing and lose nothing. Belongs to the thread that opens it; scopes may
 * be nested.
 */
public final class ReuseMemory implements AutoCloseable {
    private static final ThreadLocal<Integer> OPEN = ThreadLocal.withInitial(() -> 0);

    private final ThreadScope scope = ThreadScope.enter("reuseMemory", OPEN);

    private ReuseMemory() {}

    /** Opens a scope. */
    public static ReuseMemory enter() {
        return new ReuseMemory();
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
