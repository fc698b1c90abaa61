// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/Sample.java. Read it, don't edit it.
package org.tinytorch.data;

import org.tinytorch.tensor.Tensor;

/**
 * One sample, without a batch axis.
 *
 * @param input what goes into the model
 * @param target what should come out; a class label is a scalar
 */
public record Sample(Tensor input, Tensor target) {}
