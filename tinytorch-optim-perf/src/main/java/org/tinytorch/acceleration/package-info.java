/**
 * Module 15: acceleration, the same model code made faster by who computes it.
 *
 * <p>Adds backends that recognise the matrix product: {@link org.tinytorch.acceleration.BlockedBackend} (plain Java, laid out for the caches),
 * {@link org.tinytorch.acceleration.ParallelBackend} (the same on all threads), {@link org.tinytorch.acceleration.VectorBackend} (the Vector API, one
 * thread) and {@link org.tinytorch.acceleration.AutoBackend}, the default, which takes the fastest that the machine offers on all threads. Adding the jar to
 * the class path puts it to use; {@code -Dtinytorch.backend} picks another, {@code reference} among them, and {@code -Dtinytorch.threads} says how many
 * threads there are. All give the same numbers whatever the number of threads.
 *
 * <p>Needs modules 01 (setup) and 02 (tensor).
 */
package org.tinytorch.acceleration;
