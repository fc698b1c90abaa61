// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/RgbBytes.java. Read it, don't edit it.
package org.tinytorch.data;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import org.tinytorch.tensor.Shape;

/** The bytes of an image, first all of its red, then all green, then all blue. Transparency is ignored. */
final class RgbBytes {
    private RgbBytes() {}

    static Shape shape(BufferedImage image) {
        return Shape.of(3, image.getHeight(), image.getWidth());
    }

    /** Writes an image, scaled if the shape is another than its own. */
    static void write(BufferedImage image, Shape shape, byte[] out, int at) {
        BufferedImage source = shape(image).equals(shape) ? image : scaled(image, shape);
        int plane = shape.dim(1) * shape.dim(2);
        int i = at;
        for (int row = 0; row < shape.dim(1); row++) {
            for (int column = 0; column < shape.dim(2); column++, i++) {
                int rgb = rgb(source, column, row);
                out[i] = (byte) (rgb >> 16);
                out[i + plane] = (byte) (rgb >> 8);
                out[i + 2 * plane] = (byte) rgb;
            }
        }
    }

    /** Grey values are taken as they are stored: {@code getRGB} would brighten them, since Java takes its grey for linear light. */
    private static int rgb(BufferedImage image, int column, int row) {
        if (image.getColorModel().getColorSpace().getType() != ColorSpace.TYPE_GRAY) {
            return image.getRGB(column, row);
        }
        Raster raster = image.getRaster();
        int bits = image.getColorModel().getComponentSize(0);
        return 0x010101 * (raster.getSample(column, row, 0) * 255 / ((1 << bits) - 1));
    }

    private static BufferedImage scaled(BufferedImage image, Shape shape) {
        BufferedImage plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < image.getHeight(); row++) {
            for (int column = 0; column < image.getWidth(); column++) {
                plain.setRGB(column, row, rgb(image, column, row));
            }
        }
        BufferedImage out = new BufferedImage(shape.dim(2), shape.dim(1), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = out.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(plain, 0, 0, out.getWidth(), out.getHeight(), null);
        graphics.dispose();
        return out;
    }
}
