// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/package-info.java. Read it, don't edit it.
/**
 * Module 06: optimisers, which turn gradients into better parameters.
 *
 * <p>Adds {@link org.tinytorch.optim.Sgd}, {@link org.tinytorch.optim.Adam}, {@link org.tinytorch.optim.AdamW} and
 * {@link org.tinytorch.optim.RmsProp} over {@link org.tinytorch.optim.ParameterGroup}s, schedules for the learning rate,
 * {@link org.tinytorch.optim.GradientClipping}, and {@link org.tinytorch.optim.TwoLayerGradients}, the last gradients worked out by hand before a tape
 * (module 07) does it.
 *
 * <p>Needs modules 02 (tensor), 03 (activation), 04 (nn) and 05 (loss).
 */
package org.tinytorch.optim;
