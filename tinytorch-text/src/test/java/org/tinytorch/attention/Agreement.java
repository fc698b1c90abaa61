package org.tinytorch.attention;

import static org.assertj.core.api.Assertions.assertThat;

import org.tinytorch.tensor.Tensor;

/** Says whether two ways to the same numbers gave the same numbers. */
public final class Agreement {
    private static final double ROUNDING = 1e-12;

    private Agreement() {}

    /** Fails unless shapes are equal, and numbers but for rounding. */
    public static void assertAgrees(String what, Tensor actual, Tensor expected) {
        assertThat(actual.shape()).as(what + ": shape").isEqualTo(expected.shape());
        assertThat(actual.allClose(expected, ROUNDING, ROUNDING))
                .as("%s:%n%s%nshould be%n%s", what, actual, expected)
                .isTrue();
    }
}
