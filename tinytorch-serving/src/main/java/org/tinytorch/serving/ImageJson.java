package org.tinytorch.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.tinytorch.tensor.Shape;

/** Reads {@code {"image": [[[…]]]}}: channels × rows × columns of numbers from 0 to 1. */
final class ImageJson {
    private static final Set<String> FIELDS = Set.of("image");

    private final Shape shape;

    /** @param shape {@code (channels, rows, columns)} */
    ImageJson(Shape shape) {
        this.shape = shape;
    }

    /**
     * The pixels, row by row and channel by channel.
     *
     * @throws HttpProblem with status 400 if it is no such image; the message names the place
     */
    double[] read(byte[] utf8) {
        JsonNode image = StrictJson.parse(utf8, FIELDS).path("image");
        double[] pixels = new double[shape.size()];
        fill(image, 0, 0, "image", pixels);
        return pixels;
    }

    /** Reads a list at some depth, whose numbers begin at some place of the array. */
    private void fill(JsonNode node, int axis, int at, String path, double[] pixels) {
        if (axis == shape.rank()) {
            pixels[at] = pixel(node, path);
            return;
        }
        if (!node.isArray() || node.size() != shape.dim(axis)) {
            throw HttpProblem.of(
                    400,
                    path + " must be a list of " + shape.dim(axis) + ", but "
                            + (node.isArray() ? "has " + node.size() : node.isMissingNode() ? "is missing" : "is none")
                            + "; the model takes " + shape.dim(0) + " x " + shape.dim(1) + " x " + shape.dim(2)
                            + " (channels x rows x columns)");
        }
        int stride = 1;
        for (int inner = axis + 1; inner < shape.rank(); inner++) {
            stride *= shape.dim(inner);
        }
        int i = 0;
        for (JsonNode element : node) {
            fill(element, axis + 1, at + i * stride, path + "[" + i + "]", pixels);
            i++;
        }
    }

    private static double pixel(JsonNode node, String path) {
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (!(value >= 0 && value <= 1)) {
            throw HttpProblem.of(400, path + " must be a number from 0 to 1; divide bytes by 255");
        }
        return value;
    }
}
