package org.tinytorch.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytorch.activation.Elu;
import org.tinytorch.activation.LeakyRelu;
import org.tinytorch.activation.LogSoftmax;
import org.tinytorch.activation.Softmax;
import org.tinytorch.tensor.ArgReduce;
import org.tinytorch.tensor.Clamp;
import org.tinytorch.tensor.Concat;
import org.tinytorch.tensor.CumSum;
import org.tinytorch.tensor.Expand;
import org.tinytorch.tensor.Gather;
import org.tinytorch.tensor.IndexSelect;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Pad;
import org.tinytorch.tensor.Permute;
import org.tinytorch.tensor.Reduce;
import org.tinytorch.tensor.Reshape;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Slice;
import org.tinytorch.tensor.Triangle;
import org.tinytorch.tensor.Unslice;
import org.tinytorch.testing.OperationSpec;
import org.tinytorch.testing.Sample;

/** Which expression of PyTorch says the same as a specified operation: the whole table. Inputs are {@code x0}, {@code x1}, …; dtype 7 is float64, 4 int64. */
final class OperationExpressions {
    private static final Map<String, Function<Sample, String>> TABLE = new LinkedHashMap<>();

    static {
        for (String name : List.of(
                "neg", "abs", "sign", "exp", "log", "sqrt", "square", "reciprocal", "sin", "cos", "tanh", "erf")) {
            put(name, sample -> "torch." + name + "(x0)");
        }
        for (String name : List.of("add", "sub", "mul", "div", "pow", "maximum", "minimum")) {
            put(name, sample -> "torch." + name + "(x0, x1)");
        }
        for (String name : List.of("eq", "ne", "lt", "le", "gt", "ge")) {
            put(name, sample -> "torch.to(torch." + name + "(x0, x1), 7)");
        }
        put("where", sample -> "torch.where(torch.ne(x0, 0), x1, x2)");
        putFor(
                "clamp",
                Clamp.class,
                op -> Double.isInfinite(op.low())
                        ? "torch.clamp(x0, None, " + op.high() + ")"
                        : "torch.clamp(x0, " + op.low() + ", " + op.high() + ")");
        putFor(
                "matmul",
                MatMul.class,
                op -> "torch.matmul(" + transposed(op.transposeA(), "x0") + ", " + transposed(op.transposeB(), "x1")
                        + ")");
        put("matmul of vectors", sample -> "torch.matmul(x0, x1)");
        putFor("sum", Reduce.class, op -> "torch.sum(x0, " + ints(op.axes()) + ", " + bool(op.keepDim()) + ")");
        putFor("prod", Reduce.class, OperationExpressions::product);
        putFor("max", Reduce.class, op -> "torch.amax(x0, " + ints(op.axes()) + ", " + bool(op.keepDim()) + ")");
        putFor("min", Reduce.class, op -> "torch.amin(x0, " + ints(op.axes()) + ", " + bool(op.keepDim()) + ")");
        putFor("argmax", ArgReduce.class, op -> "torch.to(torch.argmax(x0, " + op.axis() + ", False), 7)");
        putFor("argmin", ArgReduce.class, op -> "torch.to(torch.argmin(x0, " + op.axis() + ", False), 7)");
        putFor(
                "cumsum",
                CumSum.class,
                op -> op.reverse()
                        ? "torch.flip(torch.cumsum(torch.flip(x0, [%1$d]), %1$d), [%1$d])".formatted(op.axis())
                        : "torch.cumsum(x0, " + op.axis() + ")");
        put(
                "mean",
                byLabel(Map.of(
                        "mean()", "torch.mean(x0)",
                        "mean(-1)", "torch.mean(x0, [-1], False)",
                        "mean(true, 0, 2)", "torch.mean(x0, [0, 2], True)")));
        put(
                "var",
                byLabel(Map.of(
                        "var()", "torch.var(x0, None, correction=1, keepdim=False)",
                        "var(0, true, -1)", "torch.var(x0, [-1], correction=0, keepdim=True)",
                        "var(0, 2)", "torch.var(x0, [0, 2], correction=1, keepdim=False)")));
        putFor("reshape", Reshape.class, op -> "torch.reshape(x0, " + ints(op.shape()) + ")");
        putFor("expand", Expand.class, op -> "torch.expand(x0, " + ints(op.shape()) + ")");
        putFor("permute", Permute.class, op -> "torch.permute(x0, " + ints(op.order()) + ")");
        put(
                "pad",
                sample -> pad(
                        (Pad) sample.operation().orElseThrow(),
                        sample.inputs().get(0).rank()));
        putFor("tril", Triangle.class, op -> "torch.tril(x0, " + op.diagonal() + ")");
        putFor("triu", Triangle.class, op -> "torch.triu(x0, " + op.diagonal() + ")");
        putFor("slice", Slice.class, op -> "torch.index_select(x0, " + op.axis() + ", " + positions(op) + ")");
        put(
                "concat",
                sample -> "torch.cat(" + inputs(sample) + ", "
                        + ((Concat) sample.operation().orElseThrow()).axis() + ")");
        put(
                "stack",
                sample -> "torch.stack(" + inputs(sample) + ", "
                        + sample.label().replaceAll(".*\\((-?\\d)\\) of.*", "$1") + ")");
        putFor("indexSelect", IndexSelect.class, op -> "torch.index_select(x0, " + op.axis() + ", torch.to(x1, 4))");
        putFor("gather", Gather.class, op -> "torch.gather(x0, " + op.axis() + ", torch.to(x1, 4))");
        put("activation Relu", sample -> "torch.relu(x0)");
        putFor("activation LeakyRelu", LeakyRelu.class, op -> "torch.leaky_relu(x0, " + op.slope() + ")");
        putFor("activation Elu", Elu.class, op -> "torch.elu(x0, " + op.alpha() + ")");
        put("activation Sigmoid", sample -> "torch.sigmoid(x0)");
        put("activation Tanh", sample -> "torch.tanh(x0)");
        put("activation Gelu", sample -> "torch.gelu(x0, approximate=\"none\")");
        put("activation GeluTanh", sample -> "torch.gelu(x0, approximate=\"tanh\")");
        put("activation Silu", sample -> "torch.silu(x0)");
        put("activation Softplus", sample -> "torch.softplus(x0)");
        putFor("softmax", Softmax.class, op -> "torch.softmax(x0, " + op.axis() + ")");
        putFor("logSoftmax", LogSoftmax.class, op -> "torch.log_softmax(x0, " + op.axis() + ")");
        put("activation gradient", sample -> "torch.sigmoid_backward(x2, x1)");
        putFor("unslice", Unslice.class, op -> indexAdd(op.shape(), op.slice().axis(), positions(op.slice())));
        putFor(
                "indexSelect gradient",
                IndexSelect.Scatter.class,
                op -> indexAdd(op.shape(), op.axis(), "torch.to(x1, 4)"));
        putFor(
                "gather gradient",
                Gather.Scatter.class,
                op -> "torch.scatter_add(torch.zeros(" + ints(op.shape()) + ", dtype=7), " + op.axis()
                        + ", torch.to(x1, 4), x0)");
        TABLE.putAll(SpatialExpressions.table());
    }

    private OperationExpressions() {}

    /** The program for a sample of a specification; empty if there is no such row. */
    static Optional<TorchProgram> of(OperationSpec spec, Sample sample) {
        return Optional.ofNullable(TABLE.get(spec.name()))
                .map(row -> TorchProgram.of(sample.inputs().size(), row.apply(sample)));
    }

    /** The specifications that the table knows. */
    static List<String> names() {
        return List.copyOf(TABLE.keySet());
    }

    private static void put(String name, Function<Sample, String> expression) {
        TABLE.put(name, expression);
    }

    private static <T extends Operation> void putFor(String name, Class<T> type, Function<T, String> expression) {
        put(name, sample -> expression.apply(type.cast(sample.operation().orElseThrow())));
    }

    private static Function<Sample, String> byLabel(Map<String, String> expressions) {
        return sample ->
                expressions.get(sample.label().substring(0, sample.label().indexOf(" of ")));
    }

    private static String transposed(boolean really, String matrix) {
        return really ? "torch.transpose(" + matrix + ", -2, -1)" : matrix;
    }

    /** PyTorch's product takes one axis at a time; the last one first, so that the others keep their numbers. */
    private static String product(Reduce op) {
        String expression = "x0";
        for (int i = op.axes().size() - 1; i >= 0; i--) {
            expression = "torch.prod(" + expression + ", " + op.axes().get(i) + ", " + bool(op.keepDim()) + ")";
        }
        return expression.equals("x0") ? "torch.prod(x0)" : expression;
    }

    /** PyTorch counts the axes to pad from the last one, two numbers each. */
    private static String pad(Pad op, int rank) {
        int[] amounts = new int[2 * rank];
        amounts[2 * (rank - 1 - op.axis())] = op.before();
        amounts[2 * (rank - 1 - op.axis()) + 1] = op.after();
        String value = Double.isNaN(op.value()) ? "float(\"nan\")" : String.valueOf(op.value());
        return "torch.constant_pad_nd(x0, " + ints(IntStream.of(amounts).boxed().toList()) + ", " + value + ")";
    }

    /** PyTorch has no negative steps, so the positions are named one by one. */
    private static String positions(Slice slice) {
        List<Integer> positions = IntStream.range(0, slice.length())
                .map(i -> slice.start() + i * slice.step())
                .boxed()
                .toList();
        return "torch.tensor(" + ints(positions) + ", dtype=4)";
    }

    private static String indexAdd(Shape shape, int axis, String index) {
        return "torch.index_add(torch.zeros(" + ints(shape) + ", dtype=7), " + axis + ", " + index + ", x0)";
    }

    private static String inputs(Sample sample) {
        return IntStream.range(0, sample.inputs().size())
                .mapToObj(i -> "x" + i)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    static String ints(Shape shape) {
        return ints(IntStream.of(shape.dims()).boxed().toList());
    }

    static String ints(List<Integer> values) {
        return "annotate(List[int], " + values + ")";
    }

    private static String bool(boolean value) {
        return value ? "True" : "False";
    }
}
