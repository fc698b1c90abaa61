package org.tinytorch.compression;

import java.util.Arrays;
import java.util.List;
import org.tinytorch.nn.Layer;

/** The options of a layer as it prints them, {@code BatchNorm2d(16, eps=1.0E-5, momentum=0.1)}: some layers tell them in no other way. */
record LayerOptions(String kind, List<String> options) {
    static LayerOptions of(Layer layer) {
        String line = layer.toString().lines().findFirst().orElseThrow();
        int open = line.indexOf('(');
        String inside = line.substring(open + 1, line.endsWith(")") ? line.length() - 1 : line.length());
        return new LayerOptions(
                line.substring(0, open), Arrays.stream(inside.split(", ")).toList());
    }

    /** Whether an option is printed just so. */
    boolean has(String option) {
        return options.contains(option);
    }

    /** The value printed after a name and an equals sign. */
    double number(String name) {
        return options.stream()
                .filter(option -> option.startsWith(name + "="))
                .mapToDouble(option -> Double.parseDouble(option.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("prune: " + kind + " prints no " + name + ": " + options));
    }
}
