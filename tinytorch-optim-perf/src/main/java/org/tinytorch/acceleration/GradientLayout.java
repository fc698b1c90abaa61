package org.tinytorch.acceleration;

/**
 * Where the gradients of a convolution's results lie for one output: image by image, row by row. Rows of whole vectors follow each other without gaps; others are laid
 * out like the images whose pixels they meet, with zeros in the places between them, so that vectors may reach from one row into the next.
 *
 * @param images how many
 * @param rows of results in an image
 * @param columns of results in a row
 * @param pitch numbers from one row to the next
 * @param plane numbers from one image to the next
 */
record GradientLayout(int images, int rows, int columns, int pitch, int plane) {
    /** For results of so many rows and columns whose windows see the images. */
    static GradientLayout of(PaddedImages images, int rows, int columns, int lanes) {
        return columns % lanes == 0
                ? new GradientLayout(images.images(), rows, columns, columns, rows * columns)
                : new GradientLayout(
                        images.images(), rows, columns, images.columns().size(), images.plane());
    }

    /** Whole vectors that hold the first images. */
    int vectors(int images, int lanes) {
        return (images * plane + lanes - 1) / lanes;
    }

    /** Where the pixels lie that each vector meets, seen from the first one's. */
    int[] starts(PaddedImages layout, int lanes) {
        int[] starts = new int[vectors(images, lanes)];
        for (int vector = 0; vector < starts.length; vector++) {
            int place = vector * lanes;
            int inImage = place % plane;
            starts[vector] = place / plane * layout.plane()
                    + inImage / pitch * layout.columns().size()
                    + inImage % pitch;
        }
        return starts;
    }
}
