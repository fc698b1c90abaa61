// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/SwiGLU.java. Read it, don't edit it.
package org.tinytorch.transformer;

import org.tinytorch.activation.Activations;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;

/**
 * A feed-forward layer with a gate (Shazeer, 2020), as in Llama: {@code W₂ · (silu(W₁ · x) ⊙ (W₃ · x))}. What the gate makes of x says how much of the rest passes. Children {@code gate} (W₁), {@code up}
 * (W₃) and {@code down} (W₂); x {@code (…, C)}, result the same. With three matrices instead of two, a hidden width of {@code 8/3 · C} has as many parameters as one of {@code 4 · C} without a
 * gate.
 */
public final class SwiGLU extends Layer {
    /**
     * A feed-forward layer with a gate.
     *
     * @param width C
     * @param hidden the width in between
     */
    public SwiGLU(int width, int hidden, boolean bias, Generator generator) {
        child("gate", new Linear(width, hidden, bias, generator));
        child("up", new Linear(width, hidden, bias, generator));
        child("down", new Linear(hidden, width, bias, generator));
    }

    @Override
    protected Tensor compute(Tensor x) {
        Tensor gate = Activations.silu(child("gate").forward(x));
        return child("down").forward(gate.mul(child("up").forward(x)));
    }
}
