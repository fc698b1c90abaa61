// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/GeluTanh.java. Read it, don't edit it.
package org.tinytorch.activation;

/**
 * GELU by way of tanh, as GPT-2 computes it: {@code ½x(1 + tanh u)} with {@code u = √(2/π)(x + 0.044715x³)}. Differs from {@link Gelu} by less than
 * 0.0005; {@code torch.nn.GELU(approximate='tanh')}.
 */
public record GeluTanh() implements Activation {
    private static final double SCALE = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;
    private static final Tanh TANH = new Tanh();

    @Override
    public double apply(double x) {
        return x == Double.NEGATIVE_INFINITY ? 0 : 0.5 * x * (1 + Math.tanh(inner(x)));
    }

    /** Product and chain rule: {@code ½(1 + t) + ½x·t′·u′}, with {@code t = tanh u} and its slope t′ there. */
    @Override
    public double derivative(double x, double y) {
        double u = inner(x);
        double t = Math.tanh(u);
        double slope = SCALE * (1 + 3 * CUBIC * x * x);
        double bend = TANH.derivative(u, t);
        return 0.5 * (1 + t) + (bend == 0 ? 0 : 0.5 * x * bend * slope); // far out bend is 0 and x may be infinite
    }

    private static double inner(double x) {
        return SCALE * (x + CUBIC * x * x * x);
    }
}
