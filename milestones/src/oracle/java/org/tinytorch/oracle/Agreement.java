package org.tinytorch.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.tinytorch.tensor.Tensor;

/** Compares a tensor of ours with PyTorch's. */
final class Agreement {
    private static final double RELATIVE = 1e-10;

    /** For results that should be 0 and are a sum of larger terms. */
    private static final double ABSOLUTE = 1e-14;

    private Agreement() {}

    /** Shapes equal; numbers equal to 1e-10 relative, NaN to NaN, infinities to the same one. */
    static void check(String what, Tensor ours, Tensor torch) {
        assertThat(ours.shape()).as("%s: shape", what).isEqualTo(torch.shape());
        for (int i = 0; i < ours.size(); i++) {
            double a = ours.data()[i];
            double b = torch.data()[i];
            boolean same = a == b || (Double.isNaN(a) && Double.isNaN(b));
            boolean close = Double.isFinite(a) && Math.abs(a - b) <= RELATIVE * Math.abs(b) + ABSOLUTE;
            assertThat(same || close)
                    .as("%s: element %d is %s, PyTorch says %s (off by %.3g)", what, i, a, b, a - b)
                    .isTrue();
        }
    }
}
