// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/GradFn.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** The record of the operation that made a tensor, kept so that gradients can flow back through it. Leaves have none. */
public interface GradFn {
    /** The operation's name, for messages and pictures. */
    String name();
}
