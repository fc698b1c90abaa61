// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/loss/package-info.java. Read it, don't edit it.
/**
 * Module 05: losses, one number that says how wrong a network is.
 *
 * <p>Adds the {@link org.tinytorch.loss.Loss}es. Each is composed of recorded operations, so that a tape (module 07) can find its gradient, and has
 * that gradient beside it, worked out by hand.
 *
 * <p>Needs modules 02 (tensor) and 03 (activation).
 */
package org.tinytorch.loss;
