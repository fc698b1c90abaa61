package org.tinytorch.milestones.load;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Figures in Prometheus's text format: lines of a name, labels in braces and a number; lines that begin with # say what the figures mean. See
 * <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">its page</a>.
 */
final class PrometheusText {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(\\{.*})?\\s+(\\S+)(\\s+-?\\d+)?");

    private final List<Figure> figures;

    private record Figure(String name, String labels, double value) {}

    private PrometheusText(List<Figure> figures) {
        this.figures = figures;
    }

    /** Reads what is there; lines that make no sense are left out. */
    static PrometheusText parse(String text) {
        List<Figure> figures = new ArrayList<>();
        text.lines().forEach(line -> {
            Matcher figure = LINE.matcher(line);
            if (figure.matches()) {
                number(figure.group(3))
                        .ifPresent(value -> figures.add(
                                new Figure(figure.group(1), figure.group(2) == null ? "" : figure.group(2), value)));
            }
        });
        return new PrometheusText(figures);
    }

    private static OptionalDouble number(String digits) {
        try {
            return OptionalDouble.of(Double.parseDouble(digits.replace("Inf", "Infinity")));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /**
     * The sum of all figures of a name.
     *
     * @param labels which ones, by what stands in the braces, such as {@code pool="Metaspace"}
     * @return nothing if there is none
     */
    OptionalDouble sum(String name, Predicate<String> labels) {
        List<Figure> found = figures.stream()
                .filter(figure -> figure.name().equals(name) && labels.test(figure.labels()))
                .toList();
        return found.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(found.stream().mapToDouble(Figure::value).sum());
    }

    /** The sum of all figures of a name, whatever their labels. */
    OptionalDouble sum(String name) {
        return sum(name, labels -> true);
    }
}
