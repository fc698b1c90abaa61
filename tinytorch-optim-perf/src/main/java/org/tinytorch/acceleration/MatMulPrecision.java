package org.tinytorch.acceleration;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * With which numbers matrix products and convolutions are computed; tensors hold doubles either way. PyTorch has a similar choice one step further down,
 * {@code torch.set_float32_matmul_precision}.
 */
public enum MatMulPrecision {
    /** As they are stored. */
    FLOAT64,

    /**
     * Products in single precision: about twice as fast, half the memory traffic. The operands are rounded to {@code float}, sums of up to 512 products are made
     * in {@code float}, and longer ones are put together from these in {@code double}. With the unit roundoff {@code u = 2⁻²⁴} an element of the result differs
     * from the exact one by at most
     *
     * <pre>{@code (min(k, 512) + 3) · u · Σₚ |aᵢₚ| · |bₚⱼ|}</pre>
     *
     * to first order (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.5), and typically by the square root of the first factor. An operand
     * beyond 3.4e38 becomes infinite, one below 1.4e-45 zero. Products too small to be packed, such as 8 by 8, those of up to eight rows with a transposed matrix, and those within attention stay in double precision.
     *
     * <p>Convolutions are computed in single precision too. A result, and the gradient of an input, is one sum in {@code float} over all k taps: the bound above with k in place of
     * {@code min(k, 512)}. The gradient of a weight is summed up in {@code float} over some thousand places at a time, and these in double precision.
     */
    FLOAT32;

    private static final String PROPERTY = "tinytorch.matmul";

    /**
     * What the system property {@code tinytorch.matmul} says: {@code float64}, the default, or {@code float32}.
     *
     * @throws IllegalArgumentException if it says anything else
     */
    public static MatMulPrecision configured() {
        String value = System.getProperty(PROPERTY, "float64").strip();
        return Stream.of(values())
                .filter(precision -> precision.label().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("matmul: -D" + PROPERTY + "=" + value
                        + " is not one of "
                        + Stream.of(values()).map(MatMulPrecision::label).collect(Collectors.joining(", "))));
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
