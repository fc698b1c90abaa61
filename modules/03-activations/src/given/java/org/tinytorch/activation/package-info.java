// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/package-info.java. Read it, don't edit it.
/**
 * Module 03: activations, the bend between two linear layers without which they would be one.
 *
 * <p>Adds {@link org.tinytorch.activation.Activation}s, each with the derivative worked out by hand, and the normalising
 * {@link org.tinytorch.activation.Softmax} and {@link org.tinytorch.activation.LogSoftmax}; {@link org.tinytorch.activation.Activations} applies them.
 *
 * <p>Needs module 02 (tensor).
 */
package org.tinytorch.activation;
