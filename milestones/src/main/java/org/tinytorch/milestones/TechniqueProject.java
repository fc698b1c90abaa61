package org.tinytorch.milestones;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tinytorch.capstone.Candidate;
import org.tinytorch.capstone.Goal;
import org.tinytorch.capstone.Limit;
import org.tinytorch.capstone.Project;
import org.tinytorch.capstone.Step;
import org.tinytorch.tensor.Backend;
import org.tinytorch.training.Scores;

/**
 * A trained model as a project of the capstone. What the steps change is a set of techniques; the model for a set is made when it is measured, once, and trained with fast kernels, whatever it is measured with.
 */
final class TechniqueProject implements Project<Set<Technique>> {
    private final String name;
    private final SpeedupModel model;
    private final List<Goal> goals;
    private final Limit limit;
    private final Backend fast;
    private final Map<Set<Technique>, Workload> made = new HashMap<>();

    /**
     * A project.
     *
     * @param name in reports
     * @param model with the same number of items in each run
     * @param goals what gives points
     * @param limit what must not be lost
     * @param fast computes what is accelerated, and all that is not measured
     */
    TechniqueProject(String name, SpeedupModel model, List<Goal> goals, Limit limit, Backend fast) {
        this.name = name;
        this.model = model;
        this.goals = goals;
        this.limit = limit;
        this.fast = fast;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Technique> baseline() {
        return Set.of();
    }

    /** With what is counted of an item. The loops and the kernels compute the same but for rounding, so that the results are judged fast. */
    @Override
    public Scores quality(Set<Technique> used) {
        Backend measured = Backend.use(fast);
        try {
            Workload work = work(used);
            Map<String, Double> values = new LinkedHashMap<>();
            values.put(model.quality().name(), work.quality().getAsDouble());
            values.putAll(work.counted().get());
            return new Scores(values);
        } finally {
            Backend.use(measured);
        }
    }

    @Override
    public void run(Set<Technique> used) {
        work(used).run().accept(items());
    }

    @Override
    public int items() {
        return work(baseline()).items();
    }

    @Override
    public long bytes(Set<Technique> used) {
        return work(used).weightBytes();
    }

    @Override
    public List<Step<Set<Technique>>> steps() {
        return model.techniques().stream().map(this::step).toList();
    }

    private Step<Set<Technique>> step(Technique technique) {
        return new Step<>(technique.toString(), before -> {
            Set<Technique> more = EnumSet.of(technique);
            more.addAll(before.model());
            return new Candidate<>(more, technique == Technique.ACCELERATION ? fast : before.backend());
        });
    }

    @Override
    public List<Goal> goals() {
        return goals;
    }

    @Override
    public List<Limit> limits() {
        return List.of(limit);
    }

    /** A copy of the model for some techniques; whether it is accelerated is the backend's business. */
    private Workload work(Set<Technique> used) {
        Set<Technique> matter = EnumSet.noneOf(Technique.class);
        matter.addAll(used);
        matter.remove(Technique.ACCELERATION);
        return made.computeIfAbsent(matter, this::make);
    }

    private Workload make(Set<Technique> used) {
        Backend measured = Backend.use(fast);
        try {
            return model.with(used);
        } finally {
            Backend.use(measured);
        }
    }
}
