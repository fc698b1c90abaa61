// Yours: task 20.7. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/capstone/Rules.java.
package org.tinytorch.capstone;

import java.util.List;

/**
 * What counts: the goals and limits of a project, and the baseline that they are held against.
 *
 * @param goals at least one
 * @param limits may be none
 * @param baseline what was measured before anything was changed
 */
public record Rules(List<Goal> goals, List<Limit> limits, Figures baseline) {
    private static final double ALL = 100;

    /** Of all points, in per cent: who wins less has more to keep up and hardly anything for it. */
    private static final double LEAST = 0.5;

    /**
     * Looks whether all of it is measured.
     *
     * @throws IllegalArgumentException if there is no goal, or something that nobody measures
     */
    public Rules {
        goals = List.copyOf(goals);
        limits = List.copyOf(limits);
        if (goals.isEmpty()) {
            throw new IllegalArgumentException(
                    "rules: there is no goal, so that no step could gain anything; give one, such as Goal.timesLess(\"time\", 10, 100)");
        }
        goals.forEach(goal -> requireMeasured("goal", goal.metric(), baseline));
        limits.forEach(limit -> requireMeasured("limit", limit.metric(), baseline));
    }

    /** Those of a project. */
    public static Rules of(Project<?> project, Figures baseline) {
        return new Rules(project.goals(), project.limits(), baseline);
    }

    private static void requireMeasured(String who, String metric, Figures baseline) {
        if (!baseline.metrics().contains(metric)) {
            throw new IllegalArgumentException(who + ": nobody measures '" + metric + "'; there are "
                    + String.join(", ", baseline.metrics()) + "; take one of them, or let quality() measure it");
        }
    }

    /** The points of a goal. */
    public double earned(Goal goal, Figures figures) {
        return goal.earned(baseline.get(goal.metric()), figures.get(goal.metric()));
    }

    /** All points in per cent of all that there are: from 0 to 100. */
    public double score(Figures figures) {
        double points =
                goals.stream().mapToDouble(goal -> earned(goal, figures)).sum();
        return inPerCent(points);
    }

    private double inPerCent(double points) {
        return ALL * points / goals.stream().mapToDouble(Goal::points).sum();
    }

    /**
     * The points that one model has more than another; negative if it has fewer. A goal whose metric differs by no more than noise counts neither way.
     *
     * @param before the one
     * @param now the other
     */
    double gain(Figures before, Figures now) {
        // region Task 20.7: points won and lost
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 20.7
        throw new UnsupportedOperationException("Task 20.7: points won and lost is not written yet: ./tito hint 20.7");
        // endregion
    }

    /** The limits that a model does not keep. */
    List<Limit> broken(Figures now) {
        return limits.stream()
                .filter(limit -> !limit.holds(baseline.get(limit.metric()), now.get(limit.metric())))
                .toList();
    }

    /** Whether a step is kept: it must have worked, keep every limit and win half a per cent of all points. */
    Decision judge(String step, Figures before, Trial trial) {
        if (trial.figures().isEmpty()) {
            return new Decision(step, false, trial, 0, "undone: it failed, " + trial.failure());
        }
        Figures now = trial.figures().get();
        double gain = gain(before, now);
        List<Limit> broken = broken(now);
        if (!broken.isEmpty()) {
            String metric = broken.get(0).metric();
            String change = metric + " went from " + baseline.text(metric) + " to " + now.text(metric);
            return new Decision(step, false, trial, gain, "undone: " + change + ", which is too much");
        }
        boolean kept = inPerCent(gain) >= LEAST;
        return new Decision(step, kept, trial, gain, (kept ? "kept: " : "undone: ") + inWords(gain));
    }

    private String inWords(double gain) {
        if (gain == 0) {
            return "no gain";
        }
        String points = Goal.points(Math.abs(gain)) + (gain > 0 ? " points won" : " points lost");
        return gain < 0 || inPerCent(gain) >= LEAST ? points : points + ", too few for a step";
    }
}
