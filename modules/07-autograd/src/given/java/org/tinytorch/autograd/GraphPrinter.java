// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/autograd/GraphPrinter.java. Read it, don't edit it.
package org.tinytorch.autograd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytorch.tensor.Tensor;

/** Pictures of a recorded graph, inputs before what is computed from them. */
public final class GraphPrinter {
    private final List<Tensor> order;
    private final Map<Tensor, Integer> numbers = new IdentityHashMap<>();

    private GraphPrinter(Tensor root) {
        this.order = collect(root);
        order.forEach(tensor -> numbers.put(tensor, numbers.size()));
    }

    /** One line per tensor: {@code %2 = MUL(%0, %1) (2, 3)}. */
    public static String text(Tensor root) {
        GraphPrinter graph = new GraphPrinter(root);
        return graph.order.stream().map(graph::line).collect(Collectors.joining("\n", "", "\n"));
    }

    /** The graph in Graphviz's language: boxes are leaves, ellipses operations. Draw it with {@code dot -Tsvg}. */
    public static String dot(Tensor root) {
        GraphPrinter graph = new GraphPrinter(root);
        StringBuilder dot = new StringBuilder("digraph autograd {\n  rankdir=LR;\n");
        for (Tensor tensor : graph.order) {
            int number = graph.numbers.get(tensor);
            String shape = tensor.isLeaf() ? "box" : "ellipse";
            dot.append("  t" + number + " [shape=" + shape + ", label=\""
                    + label(tensor).replace("\"", "\\\"") + "\\n" + tensor.shape() + "\"];\n");
            inputs(tensor).forEach(input -> dot.append("  t" + graph.numbers.get(input) + " -> t" + number + ";\n"));
        }
        return dot.append("}\n").toString();
    }

    private String line(Tensor tensor) {
        String arguments = tensor.isLeaf()
                ? ""
                : inputs(tensor).stream()
                        .map(input -> "%" + numbers.get(input))
                        .collect(Collectors.joining(", ", "(", ")"));
        return "%" + numbers.get(tensor) + " = " + label(tensor) + arguments + " " + tensor.shape();
    }

    private static String label(Tensor tensor) {
        return tensor.gradFn().map(fn -> fn.name()).orElse(tensor.requiresGrad() ? "leaf" : "constant");
    }

    /** Nothing for a leaf, and nothing for a node whose graph was released. */
    private static List<Tensor> inputs(Tensor tensor) {
        return tensor.gradFn()
                .map(BackwardPass::node)
                .filter(node -> !node.released())
                .map(node -> IntStream.range(0, node.saved().count())
                        .mapToObj(node.saved()::vertex)
                        .toList())
                .orElse(List.of());
    }

    private static List<Tensor> collect(Tensor root) {
        Map<Tensor, Boolean> seen = new IdentityHashMap<>();
        List<Tensor> found = new ArrayList<>();
        Deque<Tensor> waiting = new ArrayDeque<>(List.of(root));
        while (!waiting.isEmpty()) {
            Tensor tensor = waiting.pop();
            if (seen.put(tensor, true) == null) {
                found.add(tensor);
                inputs(tensor).forEach(waiting::push);
            }
        }
        found.sort(Comparator.comparingInt(GraphPrinter::depth)); // stable, so leaves keep the order of discovery
        return found;
    }

    private static int depth(Tensor tensor) {
        return tensor.gradFn().map(BackwardPass::node).map(Node::depth).orElse(0);
    }
}
