// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/CostFormula.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/**
 * How the cost of one kind of operation follows from its options and shapes.
 *
 * @param <T> the kind of operation
 */
@FunctionalInterface
public interface CostFormula<T extends Operation> {
    /**
     * The cost of one application.
     *
     * @param op with its options
     * @param out what it gave
     * @param inputs what it was given
     */
    Cost of(T op, Tensor out, Tensor... inputs);
}
