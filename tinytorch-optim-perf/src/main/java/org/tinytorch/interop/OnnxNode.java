package org.tinytorch.interop;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tinytorch.tensor.Shape;

/**
 * One operator and its attributes, until its results are named:
 *
 * <pre>{@code
 * OnnxValue y = at.node("Gemm", x, weight, bias).integer("transB", 1).gives(shape);
 * }</pre>
 */
final class OnnxNode {
    private final OnnxGraph graph;
    private final String name;
    private final NodeProto.Builder node;

    /**
     * Begins a node.
     *
     * @param name of the node and, with a number if there are several, of its results
     * @param operator from the standard domain {@code ai.onnx}
     */
    OnnxNode(OnnxGraph graph, String name, String operator, OnnxValue... inputs) {
        this.graph = graph;
        this.name = name;
        this.node = NodeProto.newBuilder().setOpType(operator);
        for (OnnxValue input : inputs) {
            node.addInput(input.name());
        }
    }

    /** An attribute that is a number; ONNX keeps it in single precision. */
    OnnxNode number(String attribute, double value) {
        return attribute(attribute(attribute, AttributeType.FLOAT).setF((float) value));
    }

    /** An attribute that is a whole number. */
    OnnxNode integer(String attribute, long value) {
        return attribute(attribute(attribute, AttributeType.INT).setI(value));
    }

    /** An attribute that is a list of whole numbers. */
    OnnxNode integers(String attribute, long... values) {
        AttributeProto.Builder list = attribute(attribute, AttributeType.INTS);
        Arrays.stream(values).forEach(list::addInts);
        return attribute(list);
    }

    private static AttributeProto.Builder attribute(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    private OnnxNode attribute(AttributeProto.Builder attribute) {
        node.addAttribute(attribute);
        return this;
    }

    /** Adds the node to its graph; its result has this shape. */
    OnnxValue gives(Shape shape) {
        return gives(List.of(shape)).get(0);
    }

    /** Adds the node to its graph; it has one result for each shape. */
    List<OnnxValue> gives(List<Shape> shapes) {
        List<OnnxValue> results = new ArrayList<>();
        for (Shape shape : shapes) {
            OnnxValue result = new OnnxValue(graph.unique(name), shape);
            node.addOutput(result.name());
            results.add(result);
        }
        node.setName(results.get(0).name());
        graph.add(node);
        return results;
    }
}
