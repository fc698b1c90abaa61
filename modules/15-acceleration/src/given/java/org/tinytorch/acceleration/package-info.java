// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/package-info.java. Read it, don't edit it.
/**
 * Module 15: acceleration, the same model code made faster by who computes it.
 *
 * <p>Adds backends that recognise operations: {@link org.tinytorch.acceleration.BlockedBackend} (matrix products in plain Java, laid out for the caches, and convolutions made into such products),
 * {@link org.tinytorch.acceleration.ParallelBackend} (the same on all threads), {@link org.tinytorch.acceleration.VectorBackend} (products, functions of every element,
 * sums and softmax with the Vector API, one thread) and {@link org.tinytorch.acceleration.AutoBackend}, the default, which does that on all threads. Adding the jar to
 * the class path puts it to use; {@code --add-modules jdk.incubator.vector} opens the Vector API, without which plain Java is used. Properties:
 *
 * <ul>
 *   <li>{@code -Dtinytorch.backend} picks a backend by name, {@code reference} (the plain loops of the operations) among them;
 *   <li>{@code -Dtinytorch.threads} says how many threads work, all cores by default;
 *   <li>{@code -Dtinytorch.matmul=float32} computes products in single precision, see {@link org.tinytorch.acceleration.MatMulPrecision};
 *   <li>{@code -Dtinytorch.winograd=false} computes convolutions with all products, where half of them would do at the cost of a few units in the last place;
 *   <li>{@code -Dtinytorch.reuse=false} leaves the memory of gradients to the garbage collector.
 * </ul>
 *
 * <p>A backend gives the same numbers to the last bit however many threads there are and however wide
 * the vectors, but for the gradient of a convolution's weight and the product of up to eight rows with a transposed matrix, which are summed up lane by lane; two backends differ by rounding.
 *
 * <p>Needs modules 01 (setup), 02 (tensor) and 03 (activation).
 */
package org.tinytorch.acceleration;
