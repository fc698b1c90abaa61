// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/IntegerOperation.java. Read it, don't edit it.
package org.tinytorch.precision;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;

/** An operation that adds up products of small integers. Real numbers go in and come out. */
public sealed interface IntegerOperation extends Operation permits IntegerProduct, IntegerNetwork {
    /**
     * How much work it is for an input of this shape.
     *
     * @throws IllegalArgumentException if such an input does not fit
     */
    IntegerWork work(Shape x);
}
