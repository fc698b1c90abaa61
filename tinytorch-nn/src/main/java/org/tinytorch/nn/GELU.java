package org.tinytorch.nn;

import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tensor;

/** The layer form of {@link org.tinytorch.activation.Gelu} and {@link org.tinytorch.activation.GeluTanh}; {@code torch.nn.GELU}. Keeps the shape. */
public final class GELU extends Layer {
    private final Form form;

    /** How it is computed. */
    public enum Form {
        /** By the error function. */
        EXACT,
        /** By tanh, as GPT-2 does. */
        TANH
    }

    /** The exact form. */
    public GELU() {
        this(Form.EXACT);
    }

    /** One form or the other. */
    public GELU(Form form) {
        this.form = form;
    }

    /** How it is computed. */
    public Form form() {
        return form;
    }

    @Override
    protected Tensor compute(Tensor x) {
        return form == Form.EXACT ? Activations.gelu(x) : Activations.geluTanh(x);
    }

    @Override
    protected String options() {
        return "form=" + form;
    }
}
