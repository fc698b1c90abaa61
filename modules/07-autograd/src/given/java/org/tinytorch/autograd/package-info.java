// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/autograd/package-info.java. Read it, don't edit it.
/**
 * Module 07: automatic differentiation, so that nobody has to derive gradients by hand again.
 *
 * <p>Adds the {@link org.tinytorch.autograd.AutogradTape} that fills the socket of module 02, one table of
 * {@link org.tinytorch.autograd.DerivativeRules}, the {@link org.tinytorch.autograd.BackwardPass} that walks the recorded graph, and for later modules
 * {@link org.tinytorch.autograd.Function} (custom operations), {@link org.tinytorch.autograd.NoGrad}, {@link org.tinytorch.autograd.GradCheck} and
 * {@link org.tinytorch.autograd.GraphPrinter}. Gradients of gradients are not supported.
 *
 * <p>Needs modules 02 (tensor) and 03 (activation), whose hand-derived slopes it reuses.
 */
package org.tinytorch.autograd;
