package org.tinytorch.spatial;

/**
 * How a kernel slides along one axis, the rows or the columns of an image.
 *
 * <p>At output position {@code o} it reads the input positions {@code o · stride − before + tap · dilation} for the taps {@code 0 … size − 1}; those outside the
 * image count as 0.
 *
 * @param size the number of taps, at least 1
 * @param stride how far it moves from one output to the next, at least 1
 * @param dilation how far its taps lie apart, at least 1
 * @param before how many zeros are thought before the first pixel, at least 0
 * @param after how many zeros are thought after the last pixel, at least 0
 */
public record Window(int size, int stride, int dilation, int before, int after) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Window {
        atLeast(1, "kernel size", size);
        atLeast(1, "stride", stride);
        atLeast(1, "dilation", dilation);
        atLeast(0, "padding", before);
        atLeast(0, "padding", after);
        Math.addExact(Math.multiplyExact(dilation, size - 1), 1);
    }

    private static void atLeast(int least, String what, int value) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "window: a " + what + " of " + value + " is not possible; use at least " + least);
        }
    }

    /** A window with neighbouring taps and equal padding at both ends. */
    public static Window of(int size, int stride, int padding) {
        return new Window(size, stride, 1, padding, padding);
    }

    /**
     * A window that moves one pixel at a time and is padded so that the output is as long as the input. Where the padding is odd, the extra zero comes after, as
     * in PyTorch's {@code padding="same"}.
     */
    public static Window same(int size, int dilation) {
        int padding = dilation * (size - 1);
        return new Window(size, 1, dilation, padding / 2, padding - padding / 2);
    }

    /** How many input positions it spans: {@code dilation · (size − 1) + 1}. */
    public int span() {
        return dilation * (size - 1) + 1;
    }

    /**
     * The length of the output for an input of some length: how many times the window fits into the padded input.
     *
     * @throws IllegalArgumentException if it does not fit once
     */
    public int outputs(int length) {
        int room = length + before + after - span();
        if (room < 0) {
            throw new IllegalArgumentException("window: a kernel that spans " + span() + " is larger than its input of "
                    + length + " with padding " + before + " and " + after + "; use a smaller kernel or more padding");
        }
        return room / stride + 1;
    }

    /** The first input position that the window reads for an output; negative if it lies in the padding. */
    public int start(int output) {
        return output * stride - before;
    }
}
