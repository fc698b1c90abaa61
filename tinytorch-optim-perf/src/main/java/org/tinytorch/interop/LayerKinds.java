package org.tinytorch.interop;

import static org.tinytorch.interop.LayerKind.plain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
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
import org.tinytorch.nn.SiLU;
import org.tinytorch.nn.Sigmoid;
import org.tinytorch.nn.Softmax;
import org.tinytorch.nn.Softplus;
import org.tinytorch.nn.Tanh;
import org.tinytorch.spatial.AdaptiveAvgPool2d;
import org.tinytorch.spatial.AvgPool2d;
import org.tinytorch.spatial.BatchNorm;
import org.tinytorch.spatial.BatchNorm1d;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.Dropout2d;
import org.tinytorch.spatial.GlobalAvgPool2d;
import org.tinytorch.spatial.GlobalMaxPool2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Generator;
import org.tinytorch.transformer.Gpt;

/** The table of layers that an {@link Architecture} can tell. A new layer is a new line. */
final class LayerKinds {
    private static final List<LayerKind<?>> TABLE = List.of(
            new LayerKind<>("linear", Linear.class, LayerKinds::linear, LayerKinds::linear),
            new LayerKind<>("conv2d", Conv2d.class, LayerKinds::conv2d, LayerKinds::conv2d),
            new LayerKind<>(
                    "batch-norm-1d",
                    BatchNorm1d.class,
                    LayerKinds::norm,
                    (from, w) -> new BatchNorm1d(channels(from, w), from.number("eps"), from.number("momentum"))),
            new LayerKind<>(
                    "batch-norm-2d",
                    BatchNorm2d.class,
                    LayerKinds::norm,
                    (from, w) -> new BatchNorm2d(channels(from, w), from.number("eps"), from.number("momentum"))),
            new LayerKind<>("gpt", Gpt.class, GptJson::write, GptJson::read),
            plain("identity", Identity.class, Identity::new),
            plain("relu", ReLU.class, ReLU::new),
            plain("sigmoid", Sigmoid.class, Sigmoid::new),
            plain("tanh", Tanh.class, Tanh::new),
            plain("silu", SiLU.class, SiLU::new),
            plain("softplus", Softplus.class, Softplus::new),
            new LayerKind<>(
                    "gelu",
                    GELU.class,
                    (layer, to) -> to.put("form", layer.form().name()),
                    (from, w) -> new GELU(from.oneOf("form", GELU.Form.class))),
            new LayerKind<>(
                    "leaky-relu",
                    LeakyReLU.class,
                    (layer, to) -> to.put("slope", layer.slope()),
                    (from, w) -> new LeakyReLU(from.number("slope"))),
            new LayerKind<>(
                    "elu",
                    ELU.class,
                    (layer, to) -> to.put("alpha", layer.alpha()),
                    (from, w) -> new ELU(from.number("alpha"))),
            new LayerKind<>(
                    "softmax",
                    Softmax.class,
                    (layer, to) -> to.put("axis", layer.axis()),
                    (from, w) -> new Softmax(from.integer("axis"))),
            new LayerKind<>(
                    "log-softmax",
                    LogSoftmax.class,
                    (layer, to) -> to.put("axis", layer.axis()),
                    (from, w) -> new LogSoftmax(from.integer("axis"))),
            new LayerKind<>(
                    "max-pool-2d",
                    MaxPool2d.class,
                    (layer, to) -> windows(layer.pool().rows(), layer.pool().columns(), to),
                    (from, w) -> new MaxPool2d(window("rows", from), window("columns", from))),
            new LayerKind<>(
                    "avg-pool-2d",
                    AvgPool2d.class,
                    (layer, to) -> windows(layer.pool().rows(), layer.pool().columns(), to),
                    (from, w) -> new AvgPool2d(window("rows", from), window("columns", from))),
            new LayerKind<>(
                    "adaptive-avg-pool-2d",
                    AdaptiveAvgPool2d.class,
                    (layer, to) -> to.put("rows", layer.pool().height())
                            .put("columns", layer.pool().width()),
                    (from, w) -> new AdaptiveAvgPool2d(from.size("rows"), from.size("columns"))),
            plain("global-avg-pool-2d", GlobalAvgPool2d.class, GlobalAvgPool2d::new),
            plain("global-max-pool-2d", GlobalMaxPool2d.class, GlobalMaxPool2d::new),
            new LayerKind<>(
                    "flatten",
                    Flatten.class,
                    (layer, to) -> to.put("startAxis", layer.startAxis()),
                    (from, w) -> new Flatten(from.integer("startAxis"))),
            new LayerKind<>(
                    "dropout",
                    Dropout.class,
                    (layer, to) -> to.put("p", layer.p()),
                    (from, w) -> new Dropout(from.number("p"), generator())),
            new LayerKind<>(
                    "dropout-2d",
                    Dropout2d.class,
                    (layer, to) -> to.put("p", layer.p()),
                    (from, w) -> new Dropout2d(from.number("p"), generator())));

    private LayerKinds() {}

    /** The kind of a layer, if it is in the table. */
    static Optional<LayerKind<?>> of(Layer layer) {
        return TABLE.stream().filter(kind -> kind.type() == layer.getClass()).findFirst();
    }

    /** The kind of a name, if it is in the table. */
    static Optional<LayerKind<?>> named(String name) {
        return TABLE.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }

    /** All names in the table. */
    static List<String> names() {
        return TABLE.stream().<String>map(LayerKind::name).toList();
    }

    /** What it draws does not matter: weights are overwritten, and a model that is read is for evaluation, where dropout rests. */
    static Generator generator() {
        return new Generator(0);
    }

    private static void linear(Linear layer, ObjectNode to) {
        to.put("in", layer.in())
                .put("out", layer.out())
                .put("bias", layer.bias().isPresent());
    }

    private static Layer linear(JsonFields from, WeightShapes weights) {
        int in = from.size("in");
        int out = from.size("out");
        weights.expect("weight", out, in);
        return new Linear(in, out, from.flag("bias"), generator());
    }

    private static void norm(BatchNorm layer, ObjectNode to) {
        to.put("channels", layer.weight().size()).put("eps", layer.eps()).put("momentum", layer.momentum());
    }

    private static int channels(JsonFields from, WeightShapes weights) {
        int channels = from.size("channels");
        weights.expect("weight", channels);
        return channels;
    }

    private static void conv2d(Conv2d layer, ObjectNode to) {
        Convolution convolution = layer.convolution();
        to.put("in", layer.weight().dim(1) * convolution.groups())
                .put("out", layer.weight().dim(0));
        windows(convolution.rows(), convolution.columns(), to);
        to.put("groups", convolution.groups())
                .put("bias", layer.bias().isPresent())
                .put("relu", layer.rectifies());
    }

    private static Layer conv2d(JsonFields from, WeightShapes weights) {
        int in = from.size("in");
        int out = from.size("out");
        int groups = from.size("groups");
        Window rows = window("rows", from);
        Window columns = window("columns", from);
        weights.expect("weight", out, in / groups, rows.size(), columns.size());
        Conv2d.Builder builder = Conv2d.builder(in, out, rows.size(), columns.size())
                .stride(rows.stride(), columns.stride())
                .dilation(rows.dilation(), columns.dilation())
                .groups(groups);
        pad(builder, rows, columns);
        if (!from.flag("bias")) {
            builder.noBias();
        }
        if (from.flag("relu")) {
            builder.relu();
        }
        return builder.build(generator());
    }

    /** A builder knows two ways to pad: the same on both sides, or as much as keeps the size. */
    private static void pad(Conv2d.Builder builder, Window rows, Window columns) {
        if (rows.before() == rows.after() && columns.before() == columns.after()) {
            builder.padding(rows.before(), columns.before());
        } else if (keepsTheSize(rows) && keepsTheSize(columns)) {
            builder.same();
        } else {
            throw new IllegalArgumentException("conv2d: padding " + rows + " and " + columns
                    + " is neither the same on both sides nor what keeps the size; use one of these");
        }
    }

    private static boolean keepsTheSize(Window window) {
        return window.equals(Window.same(window.size(), window.dilation()));
    }

    private static void windows(Window rows, Window columns, ObjectNode to) {
        window(rows, to.putObject("rows"));
        window(columns, to.putObject("columns"));
    }

    private static void window(Window window, ObjectNode to) {
        to.put("size", window.size())
                .put("stride", window.stride())
                .put("dilation", window.dilation())
                .put("before", window.before())
                .put("after", window.after());
    }

    private static Window window(String name, JsonFields from) {
        JsonFields fields = from.object(name);
        Window window = new Window(
                fields.size("size"),
                fields.size("stride"),
                fields.size("dilation"),
                fields.count("before"),
                fields.count("after"));
        fields.end();
        return window;
    }
}
