package org.tinytorch.milestones;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.MemoryUse;
import org.tinytorch.benchmarking.Units;
import org.tinytorch.tensor.Backend;

/**
 * Makes a model faster, step by step: begins with the educational loops, and tries one technique after the other on top of those that paid. What does not pay is shown, and left out of what follows.
 */
final class SpeedupLadder {
    private final SpeedupModel model;
    private final Meter meter;
    private final Backend fast;
    private final Map<Set<Technique>, Double> qualities = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * For one model.
     *
     * @param fast computes what is accelerated, and all that is not measured
     */
    SpeedupLadder(SpeedupModel model, Meter meter, Backend fast) {
        this.model = model;
        this.meter = meter;
        this.fast = fast;
    }

    /**
     * Measures all steps. Whatever happens, the backend afterwards is the one before.
     *
     * @param announce is told what is done next, which may take minutes: {@code cnn: loops …}
     * @param listener is told of each step when it is done
     */
    SpeedupResult climb(Consumer<String> announce, Consumer<SpeedupRow> listener) {
        List<SpeedupRow> rows = new ArrayList<>();
        Set<Technique> kept = EnumSet.noneOf(Technique.class);
        Measured loops = measure(SpeedupRow.LOOPS, kept, announce);
        rows.add(SpeedupRow.start(loops));
        listener.accept(rows.get(0));
        Measured before = loops;
        for (Technique technique : model.techniques()) {
            Set<Technique> tried = EnumSet.of(technique);
            tried.addAll(kept);
            Measured now = measure(technique.toString(), tried, announce);
            StepVerdict verdict = StepVerdict.of(model.quality(), loops, before, now);
            rows.add(new SpeedupRow(
                    technique.toString(),
                    now,
                    now.timesAsFastAs(before),
                    now.timesAsFastAs(loops),
                    now.timesAsFastInterval(loops),
                    verdict));
            listener.accept(rows.get(rows.size() - 1));
            if (verdict.pays()) {
                kept = tried;
                before = now;
            }
        }
        return new SpeedupResult(model, rows, notes);
    }

    private Measured measure(String step, Set<Technique> used, Consumer<String> announce) {
        if (used.contains(Technique.COMPRESSION)) {
            announce.accept(model.name() + ": " + step + ", what is left is trained …");
        }
        Workload work = on(fast, () -> model.with(used));
        announce.accept(model.name() + ": " + step + " …");
        Backend backend = used.contains(Technique.ACCELERATION) ? fast : Backend.reference();
        String name = model.name() + ", " + step;
        Measurement time = on(backend, () -> timeOfItem(name, work, work.items()));
        if (work.shortened()) {
            notes.add(shorter(step, time, work, on(backend, () -> timeOfItem(name, work, half(work)))));
        }
        MemoryUse memory = on(backend, () -> meter.memory(() -> work.run().accept(work.items())));
        return new Measured(
                time,
                work.items(),
                memory.allocatedBytes() / work.items(),
                memory.growthBytes(),
                work.weightBytes(),
                quality(used, work));
    }

    private Measurement timeOfItem(String name, Workload work, int items) {
        return meter.timeOfItem(name, items, () -> work.run().accept(items));
    }

    private static int half(Workload work) {
        return Math.max(1, work.items() / 2);
    }

    private String shorter(String step, Measurement time, Workload work, Measurement half) {
        return String.format(
                Locale.ROOT,
                "%s, %s: measured on %d %ss a run, since more would take too long. On %d it takes %s for each, on %d %s.",
                model.name(),
                step,
                work.items(),
                model.item(),
                work.items(),
                Units.time(time.median()),
                half(work),
                Units.time(half.median()));
    }

    /** The loops and the kernels compute the same but for rounding, so that it is measured once, and fast. */
    private double quality(Set<Technique> used, Workload work) {
        Set<Technique> matter = EnumSet.noneOf(Technique.class);
        matter.addAll(used);
        matter.remove(Technique.ACCELERATION);
        return qualities.computeIfAbsent(
                matter, key -> on(fast, () -> work.quality().getAsDouble()));
    }

    private static <T> T on(Backend backend, Supplier<T> work) {
        Backend before = Backend.use(backend);
        try {
            return work.get();
        } finally {
            Backend.use(before);
        }
    }
}
