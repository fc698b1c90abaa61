// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/KernelProvider.java. Read it, don't edit it.
package org.tinytorch.acceleration;

/**
 * Brings fast kernels for operations of a later module, such as products of integers (17) or of sparse matrices (18): {@link VectorBackend} and {@link AutoBackend} find it through the
 * {@link java.util.ServiceLoader} and ask its kernels after their own. So a new operation becomes fast as an old one did, and no model code changes.
 *
 * <p>Asked only where the Vector API can be used; elsewhere the operation's plain loops compute.
 */
public interface KernelProvider {
    /** The kernels, on these threads. */
    Kernels kernels(Workers workers);
}
