package org.tinytorch.capstone;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tries one step after the other on top of those that were kept.
 *
 * <pre>{@code
 * Outcome<Layer> outcome = new Pipeline(new Harness(20)).run(project, decision -> System.out.println(decision.why()));
 * }</pre>
 */
public final class Pipeline {
    private final Harness harness;

    /** One that measures with a harness. */
    public Pipeline(Harness harness) {
        this.harness = harness;
    }

    /**
     * Measures the baseline before anything is changed, then tries each step of a project. What pays is kept, and the next step comes on top of it. What does not is left out. If the baseline itself cannot be
     * measured, the exception is passed on: there is nothing to compare with.
     *
     * @param listener is told of each decision when it is made
     * @throws IllegalArgumentException if two steps have the same name, there is no goal, or a goal or limit is not measured
     */
    public <M> Outcome<M> run(Project<M> project, Consumer<Decision> listener) {
        requireDifferentNames(project);
        // region Task 20.8: keep or undo
        Recipe<M> kept = Recipe.of(project);
        Figures last = harness.measure(project, kept.build());
        Rules rules = Rules.of(project, last);
        List<Decision> journal = new ArrayList<>();
        for (Step<M> step : project.steps()) {
            Recipe<M> tried = kept.with(step);
            Decision decision = rules.judge(step.name(), last, Trial.of(harness, tried));
            journal.add(decision);
            listener.accept(decision);
            if (decision.kept()) {
                kept = tried;
                last = decision.trial().figures().orElseThrow();
            }
        }
        return new Outcome<>(kept, rules, last, journal);
        // endregion
    }

    private static void requireDifferentNames(Project<?> project) {
        Set<String> names = new HashSet<>();
        for (Step<?> step : project.steps()) {
            if (!names.add(step.name())) {
                throw new IllegalArgumentException("project: '" + project.name() + "' has two steps '" + step.name()
                        + "', which no report could tell apart; name one of them otherwise");
            }
        }
    }
}
