// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/IntegerWork.java. Read it, don't edit it.
package org.tinytorch.precision;

/**
 * How much work an operation with small integers is, whoever computes it; an integer takes one byte.
 *
 * @param multiplyAdds of integers
 * @param others all other operations; rounding or a comparison counts as one
 * @param bytesRead if each number is fetched from memory once
 * @param bytesWritten of what comes out, and of what is handed on within the operation
 */
public record IntegerWork(long multiplyAdds, long others, long bytesRead, long bytesWritten) {
    /** To turn a number into an integer: divide, round, add the zero point, and cut off below and above. */
    static final int QUANTIZE = 5;

    /** Both, one after the other. */
    IntegerWork plus(IntegerWork other) {
        return new IntegerWork(
                multiplyAdds + other.multiplyAdds,
                others + other.others,
                bytesRead + other.bytesRead,
                bytesWritten + other.bytesWritten);
    }

    /** The same so many times. */
    IntegerWork times(long count) {
        return new IntegerWork(count * multiplyAdds, count * others, count * bytesRead, count * bytesWritten);
    }
}
