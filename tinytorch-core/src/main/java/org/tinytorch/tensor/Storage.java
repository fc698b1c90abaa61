package org.tinytorch.tensor;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The numbers of one or more tensors (a reshaped tensor shares them) and a counter of how often they were written to.
 *
 * <p>A backend may lend the memory. When it is certain that nobody needs the numbers any more, it gets the array back and uses it for another result, which
 * saves making and clearing a new one.
 */
final class Storage {
    private double[] data;
    private final Optional<Consumer<double[]>> lender;
    private boolean returned;
    private int version;

    Storage(double[] data) {
        this.data = data;
        this.lender = Optional.empty();
    }

    Storage(double[] data, Consumer<double[]> lender) {
        this.data = data;
        this.lender = Optional.of(lender);
    }

    /** @throws IllegalStateException if the memory was given back */
    double[] data() {
        if (returned) {
            throw new IllegalStateException(
                    "tensor: these numbers are gone: they were a gradient, or a result on the way"
                            + " of a Trainer's backward pass, and zeroGrad() or the backward pass gave its memory back; copy() what"
                            + " is to live on before that");
        }
        return data;
    }

    /** Whether both hold the same array: two tensors may have been made over it. */
    boolean isSameMemoryAs(Storage other) {
        return this == other || (data != null && data == other.data);
    }

    /** Gives lent memory back. Whoever still looks at the numbers gets an error, and never other numbers. */
    void giveBack() {
        if (lender.isPresent() && !returned) {
            double[] memory = data;
            returned = true;
            data = null;
            lender.get().accept(memory);
        }
    }

    int version() {
        return version;
    }

    void written() {
        version++;
    }
}
