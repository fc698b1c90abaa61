// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/Summary.java. Read it, don't edit it.
package org.tinytorch.nn;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensors;

/** Builds the table of {@link Layer#summary}. */
final class Summary {
    private Summary() {}

    static String of(Layer model, Shape input) {
        IdentityHashMap<Layer, Shape> outputs = outputShapes(model, input);
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"layer", "output", "parameters"});
        model.namedLayers()
                .forEach((path, layer) -> rows.add(new String[] {
                    indent(path)
                            + (path.isEmpty() ? "" : path.substring(path.lastIndexOf('.') + 1) + ": ")
                            + layer.kind(),
                    outputs.containsKey(layer) ? outputs.get(layer).toString() : "-",
                    grouped(layer.ownParameterCount())
                }));
        return table(rows) + "parameters: " + grouped(model.parameterCount()) + ", "
                + grouped(8 * model.parameterCount()) + " bytes\n";
    }

    private static IdentityHashMap<Layer, Shape> outputShapes(Layer model, Shape input) {
        IdentityHashMap<Layer, Boolean> modes = new IdentityHashMap<>();
        model.namedLayers().values().forEach(layer -> modes.put(layer, layer.isTraining()));
        IdentityHashMap<Layer, Shape> outputs = new IdentityHashMap<>();
        try (ForwardHook.Handle handle = model.onEachForward((path, layer, x, y) -> outputs.put(layer, y.shape()))) {
            model.eval().forward(Tensors.zeros(input));
        } finally {
            modes.forEach(Layer::trainAlone);
        }
        return outputs;
    }

    private static String indent(String path) {
        return path.isEmpty()
                ? ""
                : "  ".repeat(1 + (int) path.chars().filter(c -> c == '.').count());
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String table(List<String[]> rows) {
        int[] widths = new int[3];
        rows.forEach(row -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
        });
        String line = "%-" + widths[0] + "s  %-" + widths[1] + "s  %" + widths[2] + "s\n";
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(String.format(Locale.ROOT, line, (Object[]) row)));
        return text.toString();
    }
}
