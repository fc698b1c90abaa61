package org.tinytorch.milestones;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model that computes nothing; notes what it was prepared with. */
final class FakeModel implements SpeedupModel {
    private final Quality quality;
    private final Map<Technique, Double> qualities;
    private final int items;
    private final boolean shortened;
    final List<Set<Technique>> prepared = new ArrayList<>();
    final List<Integer> counts = new ArrayList<>();

    /** With the quality of each technique; without any it is 0.9. */
    FakeModel(Quality quality, Map<Technique, Double> qualities, int items, boolean shortened) {
        this.quality = quality;
        this.qualities = qualities;
        this.items = items;
        this.shortened = shortened;
    }

    static FakeModel ofAccuracy() {
        return new FakeModel(Quality.ACCURACY, Map.of(), 1, false);
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public String item() {
        return "token";
    }

    @Override
    public String description() {
        return "fake: computes nothing.";
    }

    @Override
    public List<Technique> techniques() {
        return List.of(Technique.values());
    }

    @Override
    public Quality quality() {
        return quality;
    }

    @Override
    public Workload with(Set<Technique> used) {
        prepared.add(EnumSet.copyOf(used.isEmpty() ? EnumSet.noneOf(Technique.class) : used));
        double value = used.stream()
                .map(each -> qualities.getOrDefault(each, 0.9))
                .reduce(0.9, (a, b) -> b.equals(0.9) ? a : b);
        long bytes = used.contains(Technique.PRECISION) ? 100 : 800;
        return new Workload(counts::add, items, shortened && used.isEmpty(), bytes, () -> value);
    }
}
