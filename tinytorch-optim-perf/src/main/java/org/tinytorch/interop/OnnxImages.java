package org.tinytorch.interop;

import java.util.List;
import java.util.Map;
import org.tinytorch.spatial.AdaptiveAvgPool;
import org.tinytorch.spatial.AdaptiveAvgPool2d;
import org.tinytorch.spatial.AvgPool;
import org.tinytorch.spatial.AvgPool2d;
import org.tinytorch.spatial.BatchNorm;
import org.tinytorch.spatial.BatchNorm1d;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.GlobalAvgPool2d;
import org.tinytorch.spatial.GlobalMaxPool2d;
import org.tinytorch.spatial.MaxPool;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The layers of module 09. */
final class OnnxImages {
    static final List<OnnxLayer<?>> TABLE = List.of(
            new OnnxLayer<>(Conv2d.class, OnnxImages::conv2d),
            new OnnxLayer<>(BatchNorm1d.class, (layer, x, at) -> norm(layer, 2, 3, x, at)),
            new OnnxLayer<>(BatchNorm2d.class, (layer, x, at) -> norm(layer, 4, 4, x, at)),
            new OnnxLayer<>(MaxPool2d.class, (layer, x, at) -> max(layer.pool(), x, at)),
            new OnnxLayer<>(AvgPool2d.class, (layer, x, at) -> mean(layer.pool(), x, at)),
            new OnnxLayer<>(AdaptiveAvgPool2d.class, (layer, x, at) -> cells(layer.pool(), x, at)),
            new OnnxLayer<>(GlobalAvgPool2d.class, (layer, x, at) -> global("GlobalAveragePool", x, at)),
            new OnnxLayer<>(GlobalMaxPool2d.class, (layer, x, at) -> global("GlobalMaxPool", x, at)));

    private OnnxImages() {}

    private static OnnxValue conv2d(Conv2d layer, OnnxValue x, OnnxPlace at) {
        Convolution convolution = layer.convolution();
        Shape shape = convolution.sizes(x.shape(), layer.weight().shape()).result();
        OnnxValue weight = at.weight("weight", layer.weight());
        OnnxNode node = layer.bias().isPresent()
                ? at.node("Conv", x, weight, at.weight("bias", layer.bias().get()))
                : at.node("Conv", x, weight);
        OnnxValue y = slide(node, convolution.rows(), convolution.columns(), true)
                .integer("group", convolution.groups())
                .gives(shape);
        return layer.rectifies() ? at.map("Relu", y) : y;
    }

    /** The attributes of whatever slides over an image. */
    private static OnnxNode slide(OnnxNode node, Window rows, Window columns, boolean dilates) {
        node.integers("kernel_shape", rows.size(), columns.size())
                .integers("strides", rows.stride(), columns.stride())
                .integers("pads", rows.before(), columns.before(), rows.after(), columns.after());
        return dilates ? node.integers("dilations", rows.dilation(), columns.dilation()) : node;
    }

    private static OnnxValue norm(BatchNorm layer, int leastRank, int mostRank, OnnxValue x, OnnxPlace at) {
        int rank = x.shape().rank();
        int channels = layer.weight().size();
        if (rank < leastRank || rank > mostRank || x.shape().dim(1) != channels) {
            throw new IllegalArgumentException("batch norm: input " + x.shape() + " is not "
                    + (mostRank == 4
                            ? "(N, " + channels + ", H, W)"
                            : "(N, " + channels + ") or (N, " + channels + ", L)"));
        }
        Map<String, Tensor> state = layer.stateDict();
        return at.node(
                        "BatchNormalization",
                        x,
                        at.weight("weight", layer.weight()),
                        at.weight("bias", layer.bias()),
                        at.weight("running_mean", state.get("running_mean")),
                        at.weight("running_var", state.get("running_var")))
                .number("epsilon", layer.eps())
                .gives(x.shape());
    }

    private static OnnxValue max(MaxPool pool, OnnxValue x, OnnxPlace at) {
        Shape shape = pool.result(x.shape());
        return slide(at.node("MaxPool", x), pool.rows(), pool.columns(), true).gives(shape);
    }

    /** Before version 19 ONNX's means know no dilation; with one, they are a convolution of each channel with equal shares. */
    private static OnnxValue mean(AvgPool pool, OnnxValue x, OnnxPlace at) {
        Shape shape = pool.result(x.shape());
        Window rows = pool.rows();
        Window columns = pool.columns();
        if (rows.dilation() == 1 && columns.dilation() == 1) {
            return slide(at.node("AveragePool", x), rows, columns, false)
                    .integer("count_include_pad", 1)
                    .gives(shape);
        }
        int channels = x.shape().dim(1);
        Shape kernels = Shape.of(channels, 1, rows.size(), columns.size());
        OnnxValue shares = at.table("shares", Tensors.full(kernels, 1.0 / rows.size() / columns.size()));
        return slide(at.node("Conv", x, shares), rows, columns, true)
                .integer("group", channels)
                .gives(shape);
    }

    /** ONNX has nothing like it. The means are a product from both sides, {@code R · x · C}: row i of R has the shares of the image's rows in the i-th row of cells, C those of its columns. */
    private static OnnxValue cells(AdaptiveAvgPool pool, OnnxValue x, OnnxPlace at) {
        checkImages("adaptiveAvgPool2d", x.shape());
        OnnxValue rows =
                at.table("rows", shares(x.shape().dim(2), pool.height()).transpose());
        OnnxValue columns = at.table("columns", shares(x.shape().dim(3), pool.width()));
        return at.product(at.product(rows, x), columns);
    }

    /** The share of each of {@code length} pixels in each of some cells, {@code (length, cells)}: the cells' means of an image in whose row i pixel i alone is 1. */
    private static Tensor shares(int length, int cells) {
        Tensor image = Tensors.eye(length).reshape(1, 1, length, length);
        return new AdaptiveAvgPool(length, cells).forward(image).reshape(length, cells);
    }

    private static OnnxValue global(String operator, OnnxValue x, OnnxPlace at) {
        checkImages(operator, x.shape());
        int images = x.shape().dim(0);
        int channels = x.shape().dim(1);
        OnnxValue pooled = at.node(operator, x).gives(Shape.of(images, channels, 1, 1));
        return at.reshape(pooled, Shape.of(images, channels), 0, channels);
    }

    private static void checkImages(String who, Shape x) {
        if (x.rank() != 4) {
            throw new IllegalArgumentException(who + ": input " + x + " is not (N, C, H, W)");
        }
    }
}
