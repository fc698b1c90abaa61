package org.tinytorch.interop;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import org.tinytorch.data.Normalize;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * What happens to an image before a classifier sees it: it must have a shape, and is normalised channel by channel, {@code (x − mean[c]) / deviation[c]}.
 *
 * @param image the shape of one image, {@code (channels, rows, columns)}, at most 2²⁴ numbers
 * @param normalize mean and deviation of each channel, of pixels from 0 to 1: so it is in the packages of this project, and what a server hands in
 */
public record ImagePreprocessing(Shape image, Normalize normalize) {
    private static final int LARGEST = 1 << 24;

    /**
     * Checks that both fit each other.
     *
     * @throws IllegalArgumentException if they do not
     */
    public ImagePreprocessing {
        if (image.rank() != 3 || image.size() < 1 || image.size() > LARGEST) {
            throw new IllegalArgumentException("preprocessing: an image of shape " + image
                    + " is not possible; it must be (channels, rows, columns), each at least 1, with at most "
                    + LARGEST + " numbers");
        }
        if (normalize.mean().size() != image.dim(0)) {
            throw new IllegalArgumentException("preprocessing: an image of shape " + image + " needs " + image.dim(0)
                    + " means and deviations, but there are "
                    + normalize.mean().size());
        }
    }

    /** Images that are given to the model as they are: means 0, deviations 1. */
    public static ImagePreprocessing none(Shape image) {
        int channels = image.rank() == 0 ? 0 : image.dim(0);
        return new ImagePreprocessing(
                image, new Normalize(Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0)));
    }

    /**
     * One image, ready for the model but for the batch axis.
     *
     * @param x {@code (channels, rows, columns)}, pixels from 0 to 1
     * @return of the same shape
     * @throws IllegalArgumentException if the image is of another shape
     */
    public Tensor apply(Tensor x) {
        if (!x.shape().equals(image)) {
            throw new IllegalArgumentException("preprocessing: an image of shape " + x.shape()
                    + " is not what the model takes, which is " + image + "; scale it first");
        }
        return normalize.apply(x, new Generator(0)); // nothing is drawn
    }

    String json() {
        ObjectNode root = BoundedJson.object();
        ArrayNode dims = root.putArray("image");
        for (int dim : image.dims()) {
            dims.add(dim);
        }
        normalize.mean().forEach(root.putArray("mean")::add);
        normalize.deviation().forEach(root.putArray("deviation")::add);
        return BoundedJson.text(root);
    }

    /** @throws IllegalArgumentException if the text is not such a thing */
    static ImagePreprocessing parse(byte[] utf8) {
        JsonFields root = new JsonFields("preprocessing", BoundedJson.parse(utf8));
        Shape image = Shape.of(root.counts("image"));
        Normalize normalize = new Normalize(root.numbers("mean"), root.numbers("deviation"));
        root.end();
        return new ImagePreprocessing(image, normalize);
    }
}
