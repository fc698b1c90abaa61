// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/Cost.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.util.stream.Stream;
import org.tinytorch.tensor.Tensor;

/**
 * What an operation costs, whoever computes it: how much arithmetic it is, and how many bytes it must read and write if each number is fetched from memory once.
 *
 * @param multiplyAdds pairs of a multiplication and an addition, of which sums of products are made; two floating-point operations each
 * @param otherFlops all other floating-point operations; a comparison, a root or an exponential counts as one
 * @param bytesRead of the inputs
 * @param bytesWritten of the result
 */
public record Cost(long multiplyAdds, long otherFlops, long bytesRead, long bytesWritten) {
    /** Nothing. */
    public static final Cost NONE = new Cost(0, 0, 0, 0);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Cost {
        if (multiplyAdds < 0 || otherFlops < 0 || bytesRead < 0 || bytesWritten < 0) {
            throw new IllegalArgumentException("cost: " + multiplyAdds + " multiply-adds, " + otherFlops
                    + " other operations, " + bytesRead + " bytes read and " + bytesWritten
                    + " written cannot be; nothing is negative");
        }
    }

    /** Of arithmetic that reads all numbers of its inputs once and writes all of its result; a number takes 8 bytes. */
    public static Cost of(long multiplyAdds, long otherFlops, Tensor out, Tensor... inputs) {
        long read = Stream.of(inputs).mapToLong(Tensor::size).sum();
        return new Cost(multiplyAdds, otherFlops, Double.BYTES * read, (long) Double.BYTES * out.size());
    }

    /** The floating-point operations (FLOPs): two for each multiply-add, and the others. With 10 multiply-adds and 3 others they are 23. */
    public long flops() {
        return 2 * multiplyAdds + otherFlops;
    }

    /** All bytes, read and written. */
    public long bytes() {
        return bytesRead + bytesWritten;
    }

    /** Arithmetic intensity: FLOPs for each byte; 0 if no byte is moved. */
    public double intensity() {
        return bytes() == 0 ? 0 : (double) flops() / bytes();
    }

    /** Both, one after the other. */
    public Cost plus(Cost other) {
        return new Cost(
                multiplyAdds + other.multiplyAdds,
                otherFlops + other.otherFlops,
                bytesRead + other.bytesRead,
                bytesWritten + other.bytesWritten);
    }
}
