// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Places.java. Read it, don't edit it.
package org.tinytorch.acceleration;

/**
 * Where a convolution's results, or their gradients, lie for one output, so that they can be read as vectors: image by image, row by row. Rows of whole vectors follow each
 * other without gaps; others are laid out like the pixels they meet, with places between them that count for nothing, so that vectors may reach from one row into the next.
 *
 * @param rows of results in an image
 * @param columns of results in a row
 * @param pitch places from one row to the next
 * @param plane places from one image to the next
 * @param pixelPitch from one row of pixels to the next
 * @param pixelPlane from one image's pixels to the next one's
 */
record Places(int rows, int columns, int pitch, int plane, int pixelPitch, int pixelPlane) {
    static Places of(int rows, int columns, int pixelPitch, int pixelPlane, int lanes) {
        return wholeVectors(columns, lanes)
                ? new Places(rows, columns, columns, rows * columns, pixelPitch, pixelPlane)
                : new Places(rows, columns, pixelPitch, pixelPlane, pixelPitch, pixelPlane);
    }

    private static boolean wholeVectors(int columns, int lanes) {
        return columns % lanes == 0;
    }

    /** Whole vectors that hold so many images. */
    int vectors(int images, int lanes) {
        return (images * plane + lanes - 1) / lanes;
    }

    /** Where the pixels lie that each vector meets, seen from the first one's. */
    int[] starts(int images, int lanes) {
        int[] starts = new int[vectors(images, lanes)];
        for (int vector = 0; vector < starts.length; vector++) {
            int place = vector * lanes;
            int inImage = place % plane;
            starts[vector] = place / plane * pixelPlane + inImage / pitch * pixelPitch + inImage % pitch;
        }
        return starts;
    }

    /**
     * Lays out the gradients of one output.
     *
     * @param vector the first of this output's that is filled
     * @param at where the first image's gradients begin
     * @param imageStep from there to the next one's
     * @param line for as many vectors as the images take; zeros between the rows
     */
    void put(Pixels pixels, int output, int vector, double[] from, int at, int imageStep, int images, double[] line) {
        int lanes = pixels.lanes();
        for (int image = 0; image < images; image++) {
            int source = at + image * imageStep;
            if (wholeVectors(columns, lanes)) {
                pixels.putGradient(output, vector + image * plane / lanes, from, source, plane / lanes);
            } else {
                for (int row = 0; row < rows; row++) {
                    System.arraycopy(from, source + row * columns, line, image * plane + row * pitch, columns);
                }
            }
        }
        if (!wholeVectors(columns, lanes)) {
            pixels.putGradient(output, vector, line, 0, vectors(images, lanes));
        }
    }
}
