// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/ForwardHook.java. Read it, don't edit it.
package org.tinytorch.nn;

import org.tinytorch.tensor.Tensor;

/**
 * Watches a layer: called after each forward pass, and if it wants before it, like {@code torch.nn.Module.register_forward_hook} and {@code register_forward_pre_hook}. It looks on and cannot change the output.
 *
 * @see Layer#onForward(ForwardHook)
 * @see Layer#onEachForward(ForwardHook)
 */
@FunctionalInterface
public interface ForwardHook {
    /**
     * A layer is about to compute. Does nothing unless overridden. Sooner or later {@link #after} is called, or {@link #failed}.
     *
     * @param path as for {@link #after}
     * @param layer the layer
     * @param input what it was given
     */
    default void before(String path, Layer layer, Tensor input) {}

    /**
     * A layer has computed.
     *
     * @param path the dotted name of the layer, seen from the layer where the hook was registered; empty for that layer itself
     * @param layer the layer
     * @param input what it was given
     * @param output what it returned; {@code copy()} what is to be kept, as a trainer uses the memory again after the backward pass
     */
    void after(String path, Layer layer, Tensor input, Tensor output);

    /**
     * A layer has thrown an exception, or another hook that watches it has (then {@link #after} may have been called already). The exception is passed on once all hooks of the layer have heard; the layers around it
     * fail with it, unless one catches it. Does nothing unless overridden; must not throw.
     *
     * @param path as for {@link #after}
     * @param layer the layer
     */
    default void failed(String path, Layer layer) {}

    /** Takes a hook away again; meant for try-with-resources. Closing it twice does no harm. */
    interface Handle extends AutoCloseable {
        @Override
        void close();
    }
}
