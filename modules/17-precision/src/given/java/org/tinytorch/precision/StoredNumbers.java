// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/StoredNumbers.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.Set;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.DataType;
import org.tinytorch.training.RawTensor;

/** The real numbers beside integers, scales and biases, as a file holds them: in 16 bits if one of the two types holds them all exactly, else in single precision. */
final class StoredNumbers {
    /** In which a file may have them. */
    static final Set<DataType> TYPES = Set.of(DataType.F32, DataType.F16, DataType.BF16);

    private StoredNumbers() {}

    /** As a file holds them. */
    static RawTensor of(double... numbers) {
        return precision(numbers).store(Tensors.of(numbers));
    }

    /** How many bytes that are: of 0.5 and 0.25 four, of 0.1 and 0.2 eight. */
    static long bytes(double... numbers) {
        return (long) numbers.length * precision(numbers).bytes();
    }

    private static Precision precision(double... numbers) {
        Tensor exact = Tensors.of(numbers);
        if (isExact(Precision.BFLOAT16, exact)) {
            return Precision.BFLOAT16;
        }
        return isExact(Precision.FLOAT16, exact) ? Precision.FLOAT16 : Precision.FLOAT32;
    }

    private static boolean isExact(Precision precision, Tensor numbers) {
        for (double number : numbers.data()) {
            if (precision.round(number) != number) {
                return false;
            }
        }
        return true;
    }
}
