// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/package-info.java. Read it, don't edit it.
/**
 * Module 04: layers, which hold a network's parameters and name them.
 *
 * <p>Adds {@link org.tinytorch.nn.Layer} (parameters, buffers and children by dotted name, training and evaluation mode, saving and loading, hooks),
 * {@link org.tinytorch.nn.Linear} with its gradients worked out by hand, {@link org.tinytorch.nn.Sequential}, {@link org.tinytorch.nn.Dropout}, the
 * activations as layers, and {@link org.tinytorch.nn.Init}.
 *
 * <p>Needs modules 02 (tensor) and 03 (activation).
 */
package org.tinytorch.nn;
