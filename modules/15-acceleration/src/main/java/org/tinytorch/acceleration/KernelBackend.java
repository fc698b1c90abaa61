// Yours: task 15.9. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/KernelBackend.java.
package org.tinytorch.acceleration;

import java.util.List;
import java.util.Optional;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/** Asks some kernels in turn, and leaves what none of them takes to the operation's plain loops. */
abstract class KernelBackend implements Backend {
    private final String name;

    /** An array, because a list's iterator would be a good part of a small operation. */
    private volatile Kernels[] kernels = {};

    KernelBackend(String name) {
        this.name = name;
    }

    /** The kernels; asked for at the first operation, so that a backend that is only listed costs nothing. At least one. */
    abstract List<Kernels> kernels();

    @Override
    public final String name() {
        return name;
    }

    /** What the first of the kernels that knows the operation makes of it, or else the operation's own loops; the others are not asked. */
    @Override
    public final Tensor compute(Operation op, Tensor... inputs) {
        // region Task 15.9: recognise an operation
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 15.9
        throw new UnsupportedOperationException(
                "Task 15.9: recognise an operation is not written yet: ./tito hint 15.9");
        // endregion
    }

    private Kernels[] chosen() {
        Kernels[] some = kernels;
        if (some.length == 0) {
            some = kernels().toArray(new Kernels[0]);
            kernels = some;
        }
        return some;
    }
}
