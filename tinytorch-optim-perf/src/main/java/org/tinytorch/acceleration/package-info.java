/**
 * Module 15: acceleration, the same model code made faster by who computes it.
 *
 * <p>Adds {@link org.tinytorch.acceleration.BlockedBackend}, which recognises the matrix product and computes it in an order that suits caches and the
 * compiler's own vectorisation. Adding the jar to the class path puts it to use; {@code -Dtinytorch.backend=reference} switches it off.
 *
 * <p>Needs module 02 (tensor).
 */
package org.tinytorch.acceleration;
