// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/package-info.java. Read it, don't edit it.
/**
 * Module 02: tensors, the data structure under everything else.
 *
 * <p>Adds {@link org.tinytorch.tensor.Shape}, {@link org.tinytorch.tensor.Tensor} (a flat, row-major {@code double[]} with a shape),
 * the factories in {@link org.tinytorch.tensor.Tensors}, some thirty primitive {@link org.tinytorch.tensor.Operation}s with their plain loops, and the
 * two sockets that later modules fill: {@link org.tinytorch.tensor.Backend} (who computes, module 15) and
 * {@link org.tinytorch.tensor.Tape} (who remembers, module 07).
 *
 * <p>Needs nothing.
 */
package org.tinytorch.tensor;
