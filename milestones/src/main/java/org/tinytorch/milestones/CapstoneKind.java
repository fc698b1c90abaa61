package org.tinytorch.milestones;

import java.util.List;
import java.util.Locale;
import org.tinytorch.capstone.Goal;

/** The projects of the milestone {@code capstone}, and what gives points in each. */
enum CapstoneKind {
    /** A CNN that reads the digits of the library. */
    DIGITS(
            Goal.timesLess("time", 16, 40),
            Goal.timesLess("size", 12, 30),
            Goal.timesLess("memory", 4, 10),
            Goal.atLeast("accuracy", 0.95, 20)),
    /** The network of the milestone {@code cifar10}. */
    CIFAR10(
            Goal.timesLess("time", 100, 40),
            Goal.timesLess("size", 12, 30),
            Goal.timesLess("memory", 8, 10),
            Goal.atLeast("accuracy", 0.75, 20)),
    /** The model of the milestone {@code gpt}. */
    GPT(
            Goal.timesLess("time", 400, 40),
            Goal.timesLess("size", 8, 30),
            Goal.timesLess("memory", 16, 10),
            Goal.atMost("loss", 1.5, 20));

    private final List<Goal> goals;

    CapstoneKind(Goal... goals) {
        this.goals = List.of(goals);
    }

    /** Of 100 points. */
    List<Goal> goals() {
        return goals;
    }

    /** As the user types it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
