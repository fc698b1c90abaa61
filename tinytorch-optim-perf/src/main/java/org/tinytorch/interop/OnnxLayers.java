package org.tinytorch.interop;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.ELU;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.GELU;
import org.tinytorch.nn.Identity;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.LeakyReLU;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.LogSoftmax;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.SiLU;
import org.tinytorch.nn.Sigmoid;
import org.tinytorch.nn.Softmax;
import org.tinytorch.nn.Softplus;
import org.tinytorch.nn.Tanh;
import org.tinytorch.spatial.Dropout2d;
import org.tinytorch.tensor.Shape;

/** The table of layers that an {@link OnnxExport} writes, with those of module 04. A new layer is a new line. */
final class OnnxLayers {
    private static final List<OnnxLayer<?>> PLAIN = List.of(
            new OnnxLayer<>(Sequential.class, OnnxLayers::sequential),
            new OnnxLayer<>(Linear.class, OnnxLayers::linear),
            new OnnxLayer<>(Flatten.class, OnnxLayers::flatten),
            new OnnxLayer<>(Identity.class, (layer, x, at) -> x),
            new OnnxLayer<>(Dropout.class, (layer, x, at) -> x), // in evaluation mode both rest
            new OnnxLayer<>(Dropout2d.class, (layer, x, at) -> x),
            new OnnxLayer<>(ReLU.class, (layer, x, at) -> at.map("Relu", x)),
            new OnnxLayer<>(Sigmoid.class, (layer, x, at) -> at.map("Sigmoid", x)),
            new OnnxLayer<>(Tanh.class, (layer, x, at) -> at.map("Tanh", x)),
            new OnnxLayer<>(Softplus.class, (layer, x, at) -> at.map("Softplus", x)),
            new OnnxLayer<>(SiLU.class, (layer, x, at) -> silu(x, at)),
            new OnnxLayer<>(GELU.class, (layer, x, at) -> gelu(layer.form(), x, at)),
            new OnnxLayer<>(LeakyReLU.class, (layer, x, at) -> at.node("LeakyRelu", x)
                    .number("alpha", layer.slope())
                    .gives(x.shape())),
            new OnnxLayer<>(ELU.class, (layer, x, at) -> at.node("Elu", x)
                    .number("alpha", layer.alpha())
                    .gives(x.shape())),
            new OnnxLayer<>(Softmax.class, (layer, x, at) -> along("Softmax", layer.axis(), x, at)),
            new OnnxLayer<>(LogSoftmax.class, (layer, x, at) -> along("LogSoftmax", layer.axis(), x, at)));

    private static final List<OnnxLayer<?>> TABLE = Stream.of(PLAIN, OnnxImages.TABLE, OnnxTransformer.TABLE)
            .flatMap(List::stream)
            .toList();

    private OnnxLayers() {}

    /** The classes in the table. */
    static List<Class<?>> types() {
        return TABLE.stream().<Class<?>>map(OnnxLayer::type).toList();
    }

    /**
     * Writes the nodes of a layer.
     *
     * @throws IllegalArgumentException if it is not in the table, or does not take a tensor of x's shape; the message has its class and path
     */
    static OnnxValue export(Layer layer, OnnxValue x, OnnxPlace at) {
        Optional<OnnxLayer<?>> line = TABLE.stream()
                .filter(candidate -> candidate.type() == layer.getClass())
                .findFirst();
        if (line.isEmpty()) {
            throw new IllegalArgumentException("onnx: " + Architecture.place(at.path()) + " is a "
                    + layer.getClass().getName() + ", which cannot be exported; use layers of "
                    + String.join(
                            ", ", types().stream().map(Class::getSimpleName).toList())
                    + ", or add a line for it to the table in OnnxLayers");
        }
        try {
            return line.get().export(layer, x, at);
        } catch (IllegalArgumentException e) {
            if (e.getMessage().startsWith("onnx: ")) { // from a layer below, whose place it has
                throw e;
            }
            throw new IllegalArgumentException(
                    "onnx: " + Architecture.place(at.path()) + " ("
                            + layer.getClass().getSimpleName() + "), given " + x.shape() + ": " + e.getMessage(),
                    e);
        }
    }

    private static OnnxValue sequential(Sequential layer, OnnxValue x, OnnxPlace at) {
        OnnxValue out = x;
        for (String child : layer.children().keySet()) {
            out = at.child(layer, child, out);
        }
        return out;
    }

    private static OnnxValue linear(Linear layer, OnnxValue x, OnnxPlace at) {
        if (x.shape().rank() < 2 || x.shape().dim(-1) != layer.in()) {
            throw new IllegalArgumentException("linear: input " + x.shape() + " is not (batch, …, " + layer.in() + ")");
        }
        Shape shape = x.shape().with(-1, layer.out());
        OnnxValue weight = at.weight("weight", layer.weight());
        Optional<OnnxValue> bias = layer.bias().map(numbers -> at.weight("bias", numbers));
        if (x.shape().rank() == 2) {
            OnnxNode gemm = bias.isPresent() ? at.node("Gemm", x, weight, bias.get()) : at.node("Gemm", x, weight);
            return gemm.integer("transB", 1).gives(shape);
        }
        OnnxValue product = at.product(x, at.transpose(weight, 1, 0));
        return bias.isPresent() ? at.both("Add", product, bias.get()) : product;
    }

    /** ONNX's own Flatten makes matrices only. How much a batch is that is merged with what it holds remains open. */
    private static OnnxValue flatten(Flatten layer, OnnxValue x, OnnxPlace at) {
        int start = x.shape().axis(layer.startAxis());
        int[] dims = Arrays.copyOf(x.shape().dims(), start + 1);
        for (int axis = start + 1; axis < x.shape().rank(); axis++) {
            dims[start] *= x.shape().dim(axis);
        }
        long[] sizes = new long[start + 1]; // 0: as it is
        sizes[start] = start == 0 ? -1 : dims[start];
        return at.reshape(x, Shape.of(dims), sizes);
    }

    private static OnnxValue along(String operator, int axis, OnnxValue x, OnnxPlace at) {
        return at.node(operator, x).integer("axis", x.shape().axis(axis)).gives(x.shape());
    }

    static OnnxValue silu(OnnxValue x, OnnxPlace at) {
        return at.both("Mul", x, at.map("Sigmoid", x));
    }

    /** {@code ½x(1 + erf(x/√2))}, or {@code ½x(1 + tanh(√(2/π)(x + 0.044715x³)))}. ONNX has an operator for it from version 20 on only. */
    private static OnnxValue gelu(GELU.Form form, OnnxValue x, OnnxPlace at) {
        OnnxValue bend = form == GELU.Form.EXACT
                ? at.map("Erf", at.both("Mul", x, at.scalar(Math.sqrt(0.5))))
                : at.map("Tanh", at.both("Mul", cubic(x, at), at.scalar(Math.sqrt(2 / Math.PI))));
        OnnxValue half = at.both("Mul", x, at.scalar(0.5));
        return at.both("Mul", half, at.both("Add", bend, at.scalar(1)));
    }

    /** {@code x + 0.044715x³}. */
    private static OnnxValue cubic(OnnxValue x, OnnxPlace at) {
        OnnxValue cube = at.both("Mul", at.both("Mul", x, x), x);
        return at.both("Add", x, at.both("Mul", cube, at.scalar(0.044715)));
    }
}
