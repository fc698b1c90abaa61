package org.tinytorch.milestones;

import java.util.List;
import java.util.Locale;
import org.tinytorch.capstone.Goal;

/** The projects of the milestone {@code capstone}. */
enum CapstoneKind {
    /** A CNN that reads the digits of the library. */
    DIGITS,
    /** The network of the milestone {@code cifar10}. */
    CIFAR10,
    /** The model of the milestone {@code gpt}. */
    GPT;

    /** What gives its 100 points. */
    List<Goal> goals() {
        return switch (this) {
            case DIGITS -> goals(24, 16, 8, Goal.atLeast("accuracy", 0.97, 20));
            case CIFAR10 -> goals(200, 20, 16, Goal.atLeast("accuracy", 0.80, 20));
            case GPT -> goals(400, 16, 16, Goal.atMost("loss", 1.5, 20));
        };
    }

    private static List<Goal> goals(double faster, double smaller, double leaner, Goal quality) {
        return List.of(
                Goal.timesLess("time", faster, 40),
                Goal.timesLess("size", smaller, 30),
                Goal.timesLess("memory", leaner, 10),
                quality);
    }

    /** As the user types it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
