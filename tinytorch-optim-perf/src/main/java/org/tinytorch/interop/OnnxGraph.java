package org.tinytorch.interop;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.DataType;

/** Collects the nodes and weights of an ONNX graph, whose names it keeps apart. The exporters see it through an {@link OnnxPlace}. */
final class OnnxGraph {
    /** A message of protobuf is at most 2³¹ − 1 bytes; 16 MiB of it are left for what is not weights. */
    static final long LARGEST = Integer.MAX_VALUE - (16L << 20);

    private final DataType type;
    private final long largest;
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> names = new HashSet<>();
    private final Map<double[], OnnxValue> weights = new IdentityHashMap<>();
    private final Map<String, OnnxValue> written = new HashMap<>();
    private long bytes;

    /**
     * An empty graph.
     *
     * @param type of weights and of what is computed, {@link DataType#F32} or {@link DataType#F64}
     * @param largest how many bytes the weights may take together
     */
    OnnxGraph(String name, DataType type, long largest) {
        this.type = type;
        this.largest = largest;
        graph.setName(name);
    }

    /** The input. {@code open} names its first axes, which may have any size; the others are as in the example. */
    OnnxValue input(String name, boolean integers, Shape example, List<String> open) {
        int elements = integers ? TensorProto.DataType.INT64_VALUE : elements();
        graph.addInput(info(unique(name), elements, example, example, open));
        return new OnnxValue(name, example);
    }

    /** The output, a node of its own, so that its name does not depend on the last layer. */
    void output(String name, OnnxValue result, Shape example, List<String> open) {
        OnnxValue output = new OnnxNode(this, name, "Identity", result).gives(result.shape());
        graph.addOutput(info(output.name(), elements(), output.shape(), example, open));
    }

    /** One of the first axes that is as long as the input's is the same axis; otherwise, as for a batch that was merged with what it holds, only the runtime knows how long it is. */
    private static ValueInfoProto info(String name, int elements, Shape shape, Shape example, List<String> open) {
        TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
        for (int axis = 0; axis < shape.rank(); axis++) {
            TensorShapeProto.Dimension.Builder dim = dims.addDimBuilder();
            if (axis >= open.size()) {
                dim.setDimValue(shape.dim(axis));
            } else if (shape.dim(axis) == example.dim(axis)) {
                dim.setDimParam(open.get(axis));
            }
        }
        TypeProto.Tensor.Builder tensor =
                TypeProto.Tensor.newBuilder().setElemType(elements).setShape(dims);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /** Takes a name; if it is taken already, one with a number behind it. */
    String unique(String wanted) {
        String name = wanted;
        for (int i = 1; !names.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    void add(NodeProto.Builder node) {
        graph.addNode(node);
    }

    /** Runs the writer when a key is met for the first time. */
    OnnxValue once(String key, Supplier<OnnxValue> writer) {
        OnnxValue known = written.get(key);
        if (known == null) {
            known = writer.get();
            written.put(key, known);
        }
        return known;
    }

    /**
     * Numbers of the graph's type. Those that two layers share are written once, under the name that came first.
     *
     * @throws IllegalArgumentException if a number is too large for the type, or the weights are for a file
     */
    OnnxValue weight(String name, Tensor numbers) {
        OnnxValue known = weights.get(numbers.data());
        if (known != null && known.shape().equals(numbers.shape())) {
            return known;
        }
        OnnxValue value = constant(name, numbers.shape(), elements(), () -> raw(name, numbers.data()));
        weights.put(numbers.data(), value);
        return value;
    }

    /** Whole numbers of 64 bits. */
    OnnxValue integers(String name, Shape shape, long... values) {
        return constant(name, shape, TensorProto.DataType.INT64_VALUE, () -> {
            ByteBuffer raw = littleEndian(Long.BYTES * values.length);
            Arrays.stream(values).forEach(raw::putLong);
            return UnsafeByteOperations.unsafeWrap(raw.flip());
        });
    }

    private OnnxValue constant(String name, Shape shape, int elements, Supplier<ByteString> raw) {
        OnnxValue value = new OnnxValue(unique(name), shape);
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(value.name()).setDataType(elements);
        for (int dim : shape.dims()) {
            tensor.addDims(dim);
        }
        graph.addInitializer(tensor.setRawData(raw.get()));
        return value;
    }

    private ByteString raw(String name, double[] numbers) {
        bytes += (long) type.bytes() * numbers.length;
        if (bytes > largest) { // before memory is taken
            throw new IllegalArgumentException("onnx: with '" + JsonFields.shorten(name) + "' the weights take " + bytes
                    + " bytes, but an ONNX file holds " + largest + " at most"
                    + (type == DataType.F64 ? "; use weights(DataType.F32)" : "; export a smaller model"));
        }
        ByteBuffer raw = littleEndian(type.bytes() * numbers.length);
        for (double number : numbers) {
            if (type == DataType.F64) {
                raw.putDouble(number);
            } else {
                raw.putFloat(single(name, number));
            }
        }
        return UnsafeByteOperations.unsafeWrap(raw.flip());
    }

    private static float single(String name, double number) {
        float rounded = (float) number;
        if (Float.isInfinite(rounded) && Double.isFinite(number)) {
            throw new IllegalArgumentException("onnx: '" + JsonFields.shorten(name) + "' holds " + number
                    + ", which is beyond single precision; use weights(DataType.F64)");
        }
        return rounded;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int elements() {
        return type == DataType.F64 ? TensorProto.DataType.DOUBLE_VALUE : TensorProto.DataType.FLOAT_VALUE;
    }

    GraphProto build() {
        return graph.build();
    }
}
