package org.tinytorch.interop;

import java.nio.charset.StandardCharsets;
import org.tinytorch.tensor.Shape;
import org.tinytorch.training.DataType;

/**
 * What stands before the numbers of an array.
 *
 * @param type how a number is kept
 * @param fortranOrder whether the first axis varies fastest, not the last
 * @param shape the size along each axis
 */
record NpyHeader(NpyType type, boolean fortranOrder, Shape shape) {
    /** How many bytes the numbers take. */
    long dataBytes() {
        return (long) type.type().bytes() * shape.size();
    }

    /**
     * The text for an array in row-major order, ended by a line feed, before which spaces make it so long that the numbers begin at a multiple.
     *
     * @param before how many bytes stand before the text
     * @param alignment what the numbers shall begin at a multiple of, in bytes
     * @throws IllegalArgumentException if the type is not written, or the shape has more axes than NumPy allows
     */
    static byte[] encode(DataType type, Shape shape, int before, int alignment) {
        if (shape.rank() > NpyDict.MOST_AXES) {
            throw new IllegalArgumentException("npy: a tensor of " + shape.rank() + " axes has more than the "
                    + NpyDict.MOST_AXES + " of NumPy; reshape it first");
        }
        // A shape prints itself in NumPy's notation, which is Python's for a tuple.
        String dict = "{'descr': '" + NpyType.descr(type) + "', 'fortran_order': False, 'shape': " + shape + ", }";
        int unpadded = before + dict.length() + 1;
        int padding = (alignment - unpadded % alignment) % alignment;
        return (dict + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
