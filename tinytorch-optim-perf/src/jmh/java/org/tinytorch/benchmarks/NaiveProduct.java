package org.tinytorch.benchmarks;

import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The matrix product that everybody writes first: loops in the order i, j, p. */
public final class NaiveProduct {
    private NaiveProduct() {}

    /** The product of two square matrices of the same size. */
    public static Tensor of(Tensor left, Tensor right) {
        int n = left.dim(0);
        double[] a = left.data();
        double[] b = right.data();
        double[] c = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int p = 0; p < n; p++) {
                    sum += a[i * n + p] * b[p * n + j];
                }
                c[i * n + j] = sum;
            }
        }
        return Tensors.of(c, left.shape());
    }
}
