package org.tinytorch.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The expected texts are what NumPy (1.24 and 2.4 agree) printed for the same numbers. */
class TensorFormatTest {
    private static void prints(Tensor tensor, String expected) {
        assertThat(tensor.toString()).as("tensor of shape %s", tensor.shape()).isEqualTo(expected);
    }

    @Test
    void wholeNumbersEndInAPoint() {
        prints(Tensors.of(1, 2, 3), "[1. 2. 3.]");
        prints(Tensors.of(-1, 0, 10), "[-1.  0. 10.]");
        prints(Tensors.of(7), "[7.]");
        prints(Tensors.of(-0.0, 0), "[-0.  0.]");
        prints(Tensors.zeros(3), "[0. 0. 0.]");
    }

    @Test
    void pointsStandBelowEachOther() {
        prints(Tensors.of(1, 2.5, -3.25), "[ 1.    2.5  -3.25]");
        prints(Tensors.of(0.1, 0.2, 0.1 + 0.2), "[0.1 0.2 0.3]");
        prints(Tensors.of(100, 0.5), "[100.    0.5]");
        prints(Tensors.of(new double[][] {{1, -20.5}, {300, 0.125}}), """
                [[ 1.00e+00 -2.05e+01]
                 [ 3.00e+02  1.25e-01]]""");
    }

    @Test
    void noMoreDigitsThanNeededAndEightAtMost() {
        prints(Tensors.of(1 / 3.0, 2 / 3.0), "[0.33333333 0.66666667]");
        prints(Tensors.of(0.123456785, 1), "[0.12345678 1.        ]");
        prints(Tensors.of(Math.PI, Math.E), "[3.14159265 2.71828183]");
        prints(Tensors.of(0.0001, 0.05), "[0.0001 0.05  ]");
        prints(Tensors.of(99999999), "[99999999.]");
        prints(Tensors.of(123.456789012), "[123.45678901]");
    }

    @Test
    void anExponentForVeryLargeNumbers() {
        prints(Tensors.of(1e8), "[1.e+08]");
        prints(Tensors.of(123456789, 1.5), "[1.23456789e+08 1.50000000e+00]");
        prints(Tensors.of(1e300, -1), "[ 1.e+300 -1.e+000]");
        prints(Tensors.of(Math.scalb(1.0, 99), Math.scalb(-1.0, 100)), "[ 6.3382530e+29 -1.2676506e+30]");
    }

    @Test
    void anExponentForVerySmallNumbers() {
        prints(Tensors.of(0.00009, 0.05), "[9.e-05 5.e-02]");
        prints(Tensors.of(1e-5, 2e-5), "[1.e-05 2.e-05]");
        prints(Tensors.of(Double.MIN_VALUE), "[5.e-324]");
        prints(Tensors.of(1.5e-310, 0), "[1.5e-310 0.0e+000]");
    }

    @Test
    void anExponentForAWideRange() {
        prints(Tensors.of(1000, 1), "[1000.    1.]");
        prints(Tensors.of(1001, 1), "[1.001e+03 1.000e+00]");
        prints(Tensors.of(0.001, 2), "[1.e-03 2.e+00]");
        prints(Tensors.of(0, 5, 5001), "[0.000e+00 5.000e+00 5.001e+03]");
    }

    @Test
    void nanAndInfinitiesFillTheColumn() {
        prints(Tensors.of(Double.NaN), "[nan]");
        prints(Tensors.of(1, Double.NaN, 2.5), "[1.  nan 2.5]");
        prints(Tensors.of(Double.POSITIVE_INFINITY, 1), "[inf  1.]");
        prints(Tensors.of(Double.NEGATIVE_INFINITY, Double.NaN), "[-inf  nan]");
        prints(Tensors.of(1e10, Double.NEGATIVE_INFINITY, -1), "[ 1.e+10    -inf -1.e+00]");
    }

    @Test
    void aScalarPrintsAlone() {
        prints(Tensors.scalar(3), "3.0");
        prints(Tensors.scalar(-0.0), "-0.0");
        prints(Tensors.scalar(0.1 + 0.2), "0.30000000000000004");
        prints(Tensors.scalar(1e15), "1000000000000000.0");
        prints(Tensors.scalar(1e16), "1e+16");
        prints(Tensors.scalar(0.0001), "0.0001");
        prints(Tensors.scalar(0.00001), "1e-05");
        prints(Tensors.scalar(Double.NaN), "nan");
        prints(Tensors.scalar(Double.NEGATIVE_INFINITY), "-inf");
        prints(Tensors.scalar(Double.MAX_VALUE), "1.7976931348623157e+308");
        prints(Tensors.scalar(Double.MIN_VALUE), "5e-324");
        prints(Tensors.scalar(Double.parseDouble("2e23")), "2e+23");
        prints(Tensors.scalar(Math.scalb(1.0, -1017)), "7.120236347223045e-307");
    }

    @Test
    void anEmptyTensorIsAnEmptyPair() {
        prints(Tensors.zeros(0), "[]");
        prints(Tensors.zeros(2, 0), "[]");
        prints(Tensors.zeros(0, 3, 4), "[]");
    }

    @Test
    void bracketsNestAndMatricesStandApart() {
        prints(Tensors.arange(6).reshape(2, 3), """
                [[0. 1. 2.]
                 [3. 4. 5.]]""");
        prints(Tensors.arange(8).reshape(2, 2, 2), """
                [[[0. 1.]
                  [2. 3.]]

                 [[4. 5.]
                  [6. 7.]]]""");
        prints(Tensors.arange(4).reshape(2, 1, 2, 1), """
                [[[[0.]
                   [1.]]]


                 [[[2.]
                   [3.]]]]""");
        prints(Tensors.ones(1, 1, 1), "[[[1.]]]");
    }

    @Test
    void longRowsBreak() {
        prints(Tensors.arange(25), """
                [ 0.  1.  2.  3.  4.  5.  6.  7.  8.  9. 10. 11. 12. 13. 14. 15. 16. 17.
                 18. 19. 20. 21. 22. 23. 24.]""");
        prints(Tensors.arange(40).mul(0.5).reshape(2, 20), """
                [[ 0.   0.5  1.   1.5  2.   2.5  3.   3.5  4.   4.5  5.   5.5  6.   6.5
                   7.   7.5  8.   8.5  9.   9.5]
                 [10.  10.5 11.  11.5 12.  12.5 13.  13.5 14.  14.5 15.  15.5 16.  16.5
                  17.  17.5 18.  18.5 19.  19.5]]""");
        prints(Tensors.full(Shape.of(1, 2, 7), 1e-10), """
                [[[1.e-10 1.e-10 1.e-10 1.e-10 1.e-10 1.e-10 1.e-10]
                  [1.e-10 1.e-10 1.e-10 1.e-10 1.e-10 1.e-10 1.e-10]]]""");
        prints(Tensors.arange(18).sub(9), "[-9. -8. -7. -6. -5. -4. -3. -2. -1.  0.  1.  2.  3.  4.  5.  6.  7.  8.]");
    }

    @Test
    void bigTensorsShowTheirCorners() {
        prints(Tensors.arange(1001), "[   0.    1.    2. ...  998.  999. 1000.]");
        prints(Tensors.arange(1200).reshape(30, 40), """
                [[0.000e+00 1.000e+00 2.000e+00 ... 3.700e+01 3.800e+01 3.900e+01]
                 [4.000e+01 4.100e+01 4.200e+01 ... 7.700e+01 7.800e+01 7.900e+01]
                 [8.000e+01 8.100e+01 8.200e+01 ... 1.170e+02 1.180e+02 1.190e+02]
                 ...
                 [1.080e+03 1.081e+03 1.082e+03 ... 1.117e+03 1.118e+03 1.119e+03]
                 [1.120e+03 1.121e+03 1.122e+03 ... 1.157e+03 1.158e+03 1.159e+03]
                 [1.160e+03 1.161e+03 1.162e+03 ... 1.197e+03 1.198e+03 1.199e+03]]""");
        prints(Tensors.arange(3000).reshape(3, 1000), """
                [[0.000e+00 1.000e+00 2.000e+00 ... 9.970e+02 9.980e+02 9.990e+02]
                 [1.000e+03 1.001e+03 1.002e+03 ... 1.997e+03 1.998e+03 1.999e+03]
                 [2.000e+03 2.001e+03 2.002e+03 ... 2.997e+03 2.998e+03 2.999e+03]]""");
        prints(Tensors.zeros(10, 11, 12), """
                [[[0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  ...
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]]

                 [[0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  ...
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]]

                 [[0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  ...
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]]

                 ...

                 [[0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  ...
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]]

                 [[0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  ...
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]]

                 [[0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  ...
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]
                  [0. 0. 0. ... 0. 0. 0.]]]""");
        prints(Tensors.ones(2, 2000, 1), """
                [[[1.]
                  [1.]
                  [1.]
                  ...
                  [1.]
                  [1.]
                  [1.]]

                 [[1.]
                  [1.]
                  [1.]
                  ...
                  [1.]
                  [1.]
                  [1.]]]""");
    }

    @Test
    void exactlyAThousandNumbersAreShownInFull() {
        assertThat(Tensors.arange(1000).toString())
                .doesNotContain("...")
                .contains(" 500. ")
                .endsWith("999.]");
    }

    @Test
    void theNumbersLeftOutDoNotWidenTheColumn() {
        Tensor tensor = Tensors.ones(2000);
        tensor.set(1e-200, 1000);
        prints(tensor, "[1. 1. 1. ... 1. 1. 1.]");
    }
}
