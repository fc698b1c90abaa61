// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/autograd/Derivative.java. Read it, don't edit it.
package org.tinytorch.autograd;

import org.tinytorch.tensor.Tensor;

/** How gradients flow back through one node: by the table of rules, or by a custom function. */
interface Derivative {
    /** The gradients of the inputs; entries of inputs that need none are ignored. */
    Tensor[] gradients(Saved saved, Tensor g);
}
