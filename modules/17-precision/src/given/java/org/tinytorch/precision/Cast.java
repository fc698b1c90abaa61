// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/Cast.java. Read it, don't edit it.
package org.tinytorch.precision;

import org.tinytorch.autograd.Function;
import org.tinytorch.autograd.Saved;
import org.tinytorch.tensor.Tensor;

/** Rounds to a type on the way forward, and gradients on the way back: as if what comes before and after computed in it. */
final class Cast extends Function {
    private final Precision precision;

    Cast(Precision precision) {
        this.precision = precision;
    }

    @Override
    protected Tensor forward(Tensor... inputs) {
        return precision.round(inputs[0]);
    }

    @Override
    protected Tensor[] backward(Saved saved, Tensor g) {
        return new Tensor[] {precision.round(g)};
    }
}
