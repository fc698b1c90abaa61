package org.tinytorch.milestones;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a milestone reached.
 *
 * @param milestone its name on the command line
 * @param metric what is held against the target
 * @param value what was measured
 * @param target the least that passes, or, of a loss, the most
 * @param lowerIsBetter whether it is a loss
 * @param figures other figures worth a line of a script, by name
 * @param broken what else had to hold and did not, in words
 */
record Result(
        String milestone,
        String metric,
        double value,
        double target,
        boolean lowerIsBetter,
        Map<String, String> figures,
        List<String> broken) {
    /** Of something that should be large. */
    Result(String milestone, String metric, double value, double target) {
        this(milestone, metric, value, target, false, Map.of(), List.of());
    }

    /** Of a loss, which should be small. */
    static Result ofLoss(String milestone, String metric, double value, double target) {
        return new Result(milestone, metric, value, target, true, Map.of(), List.of());
    }

    /** The same result with one more figure. */
    Result with(String name, String format, double figure) {
        return with(name, String.format(Locale.ROOT, format, figure));
    }

    /** The same result with one more fact, a word without spaces. */
    Result with(String name, String fact) {
        Map<String, String> more = new LinkedHashMap<>(figures);
        more.put(name, fact);
        return new Result(milestone, metric, value, target, lowerIsBetter, more, broken);
    }

    /** The same result with one more condition; if it does not hold, the milestone is missed whatever the metric says. */
    Result require(boolean holds, String otherwise, Object... arguments) {
        List<String> more = new ArrayList<>(broken);
        if (!holds) {
            more.add(String.format(Locale.ROOT, otherwise, arguments));
        }
        return new Result(milestone, metric, value, target, lowerIsBetter, figures, List.copyOf(more));
    }

    /** A NaN does not pass. */
    boolean passed() {
        return reached() && broken.isEmpty();
    }

    private boolean reached() {
        return lowerIsBetter ? value <= target : value >= target;
    }

    /** {@code RESULT milestone=digits test_accuracy=0.9711 target=0.96 seconds=3.2 passed=true}. */
    String line(double seconds) {
        String others = figures.entrySet().stream()
                .map(figure -> " " + figure.getKey() + "=" + figure.getValue())
                .collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                "RESULT milestone=%s %s=%.4f target=%s%s seconds=%.1f passed=%s",
                milestone,
                metric,
                value,
                target,
                others,
                seconds,
                passed());
    }

    /** How far off the target, in words. */
    String shortfall() {
        List<String> all = new ArrayList<>(broken);
        if (!reached()) {
            all.add(
                    0,
                    String.format(
                            Locale.ROOT,
                            "%s is %.4f, which is %.4f %s the target of %s",
                            metric,
                            value,
                            Math.abs(target - value),
                            lowerIsBetter ? "above" : "below",
                            target));
        }
        return "Missed: " + String.join("; ", all) + ".";
    }
}
