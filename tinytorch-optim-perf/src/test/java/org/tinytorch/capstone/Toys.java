package org.tinytorch.capstone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tinytorch.benchmarking.Benchmark;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.MemoryUse;
import org.tinytorch.benchmarking.WarmUp;
import org.tinytorch.tensor.Backend;
import org.tinytorch.training.Scores;

/** A project whose models say themselves what they take, on a clock that only they turn. */
final class Toys implements Project<Toys.Toy> {
    /** As a model begins: 1000 ns and 800 bytes a run of 4 items, 160 bytes of weights, an accuracy of 0.97. */
    static final class Toy {
        long nanos = 1000;
        long allocates = 800;
        long weights = 160;
        double accuracy = 0.97;
    }

    final List<String> log = new ArrayList<>();
    final List<Step<Toy>> steps = new ArrayList<>();
    List<Goal> goals = List.of(Goal.timesLess("time", 4, 60), Goal.timesLess("size", 4, 40));
    List<Limit> limits = List.of(Limit.falls("accuracy", 0.01));
    Supplier<Toy> baseline = Toy::new;
    int items = 4;
    private long now;
    private long allocated;

    /** Adds a step that changes a toy. */
    Toys step(String name, Consumer<Toy> change) {
        steps.add(Step.of(name, toy -> {
            log.add(name);
            change.accept(toy);
            return toy;
        }));
        return this;
    }

    /** Two runs to warm up and eight that count, each as long as the toy says. */
    Harness harness() {
        return new Harness(new Benchmark(() -> now).warmUp(WarmUp.runs(2)).repeat(8), run -> {
            log.add("memory");
            run.run();
            return new MemoryUse(allocated, 0, 0);
        });
    }

    Outcome<Toy> outcome() {
        return new Pipeline(harness()).run(this, decision -> {});
    }

    /** What is measured of a toy with such times of an item. */
    static Figures figures(double accuracy, long memory, long size, double... nanos) {
        List<Double> times = Arrays.stream(nanos).boxed().toList();
        Measurement time = new Measurement("toy", times, new WarmUp.Outcome(0, true));
        return new Figures(new Scores(Map.of("accuracy", accuracy)), time, memory, size);
    }

    @Override
    public String name() {
        return "toys <&> \"more\"";
    }

    @Override
    public Toy baseline() {
        log.add("baseline");
        return baseline.get();
    }

    @Override
    public Scores quality(Toy toy) {
        log.add("quality on " + Backend.current().name());
        return new Scores(Map.of("accuracy", toy.accuracy));
    }

    @Override
    public void run(Toy toy) {
        log.add("run");
        now += toy.nanos;
        allocated = toy.allocates;
    }

    @Override
    public int items() {
        return items;
    }

    @Override
    public long bytes(Toy toy) {
        return toy.weights;
    }

    @Override
    public List<Step<Toy>> steps() {
        return steps;
    }

    @Override
    public List<Goal> goals() {
        return goals;
    }

    @Override
    public List<Limit> limits() {
        return limits;
    }
}
