package org.tinytorch.data;

import java.awt.image.BufferedImage;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Makes numbers in {@code [0, 1]} of an image's bytes, after {@code torchvision.transforms.ToTensor}. An {@link ImageDataset} does this by itself when a batch
 * is made; here it is for images of one's own.
 */
public final class ToTensor {
    private final Shape imageShape;
    private final double[] valueOf = new double[256];

    /**
     * For images of one kind.
     *
     * @param imageShape {@code (channels, rows, columns)}, which is also the order of the bytes
     * @param maximum the byte that becomes 1.0, in {@code 1 … 255}
     * @throws IllegalArgumentException if the shape is not that of an image, or the maximum is out of range
     */
    public ToTensor(Shape imageShape, int maximum) {
        Images.check(
                imageShape.rank() == 3 && imageShape.size() > 0,
                "image shape " + imageShape + " is not (channels, rows, columns), each at least 1");
        Images.check(maximum >= 1 && maximum <= 255, "a maximum of " + maximum + " is not in 1 … 255");
        this.imageShape = imageShape;
        for (int i = 0; i < valueOf.length; i++) {
            valueOf[i] = i / (double) maximum;
        }
    }

    /**
     * One image.
     *
     * @param pixels read as unsigned
     * @return {@code (channels, rows, columns)}
     * @throws IllegalArgumentException if there are more or fewer bytes than the image has values
     */
    public Tensor apply(byte... pixels) {
        Images.check(
                pixels.length == imageShape.size(),
                pixels.length + " pixels are not an image of shape " + imageShape + ", which takes "
                        + imageShape.size());
        double[] out = new double[pixels.length];
        write(pixels, out);
        return Tensors.of(out, imageShape);
    }

    /** A picture of any format that {@code ImageIO} reads, as red, green and blue: {@code (3, rows, columns)}. Transparency is ignored. */
    public static Tensor of(BufferedImage image) {
        Shape shape = RgbBytes.shape(image);
        byte[] pixels = new byte[shape.size()];
        RgbBytes.write(image, shape, pixels, 0);
        return new ToTensor(shape, 255).apply(pixels);
    }

    /**
     * Writes the number of each byte: {@code valueOf[b]} for a byte that was stored as b, in {@code 0 … 255}.
     *
     * <p>With a maximum of 255, the bytes 0, 51 and 255 become 0, 0.2 and 1.
     *
     * @param pixels read as unsigned
     * @param out as many numbers
     */
    void write(byte[] pixels, double[] out) {
        // region Task 10.2: bytes become numbers
        for (int i = 0; i < pixels.length; i++) {
            out[i] = valueOf[Byte.toUnsignedInt(pixels[i])];
        }
        // endregion
    }
}
