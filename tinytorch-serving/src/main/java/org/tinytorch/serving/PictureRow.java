package org.tinytorch.serving;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/** Reads a picture row by row, as numbers from 0 to 1: red, green and blue, or grey alone. Not thread-safe; an array that it gives is used again for the next row. */
final class PictureRow {
    private final BufferedImage picture;
    private final int[] colours;
    private final double[][] values;

    /** @param channels 1 or 3 */
    PictureRow(BufferedImage picture, int channels) {
        this.picture = picture;
        this.colours = new int[picture.getWidth()];
        this.values = new double[channels][picture.getWidth()];
    }

    /** {@code [channel][column]} */
    double[][] read(int y) {
        if (picture.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            readGrey(y);
        } else {
            readColours(y);
        }
        return values;
    }

    /** As the file has them: Java takes grey for linear, and would brighten it on the way to red, green and blue. */
    private void readGrey(int y) {
        Raster raster = picture.getRaster();
        double white = (1L << picture.getColorModel().getComponentSize(0)) - 1;
        boolean transparent = raster.getNumBands() > 1;
        for (int x = 0; x < colours.length; x++) {
            double opacity = transparent ? raster.getSample(x, y, 1) / white : 1;
            for (double[] channel : values) {
                channel[x] = raster.getSample(x, y, 0) / white * opacity;
            }
        }
    }

    private void readColours(int y) {
        picture.getRGB(0, y, colours.length, 1, colours, 0, colours.length);
        for (int x = 0; x < colours.length; x++) {
            double opacity = part(colours[x], 24);
            double red = opacity * part(colours[x], 16);
            double green = opacity * part(colours[x], 8);
            double blue = opacity * part(colours[x], 0);
            if (values.length == 1) {
                values[0][x] = 0.299 * red + 0.587 * green + 0.114 * blue;
            } else {
                values[0][x] = red;
                values[1][x] = green;
                values[2][x] = blue;
            }
        }
    }

    private static double part(int colour, int shift) {
        return (colour >>> shift & 0xFF) / 255.0;
    }
}
