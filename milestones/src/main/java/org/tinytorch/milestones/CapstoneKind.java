package org.tinytorch.milestones;

import java.util.List;
import java.util.Locale;
import org.tinytorch.capstone.Goal;
import org.tinytorch.capstone.Limit;

/** The projects of the milestone {@code capstone}. */
enum CapstoneKind {
    /** A CNN that reads the digits of the library. */
    DIGITS,
    /** The network of the milestone {@code cifar10}. */
    CIFAR10,
    /** The model of the milestone {@code gpt}. */
    GPT;

    /** What gives its 100 points. Of photographs, what is counted of an image counts too. */
    List<Goal> goals() {
        return switch (this) {
            case DIGITS -> goals(24, 16, 8, Goal.atLeast("accuracy", 0.97, 20));
            case CIFAR10 ->
                List.of(
                        Goal.timesLess("time", 200, 25),
                        Goal.timesLess("size", 40, 10),
                        Goal.timesLess("memory", 16, 5),
                        Goal.timesLess(Counted.MULTIPLY_ADDS, LeanTargets.PHOTOGRAPHS.less(), 20),
                        Goal.timesLess(Counted.MEMORY, 40, 20),
                        Goal.atLeast("accuracy", LeanTargets.PHOTOGRAPHS.accuracy(), 20));
            case GPT -> goals(400, 16, 16, Goal.atMost("loss", 1.5, 20));
        };
    }

    /** What must not be lost. Photographs may lose more than other models, since more is taken away. */
    Limit limit() {
        return switch (this) {
            case DIGITS -> Limit.falls("accuracy", Quality.ACCURACY.tolerance());
            case CIFAR10 -> Limit.falls("accuracy", 0.05);
            case GPT -> Limit.rises("loss", Quality.LOSS.tolerance());
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
