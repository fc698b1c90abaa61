package org.tinytorch.benchmarking;

import java.util.ArrayList;
import java.util.List;

/**
 * What a machine can do at most (Williams, Waterman, Patterson, 2009): no program computes faster than the processor can, nor faster than memory brings it the numbers. Over the arithmetic intensity, in FLOPs for each
 * byte, that is a roof: it rises as long as memory is the limit, and is flat from the ridge on.
 *
 * <pre>{@code
 * Roofline roof = Roofline.measure();
 * System.out.println(roof.table(roof.place(profile)));
 * }</pre>
 *
 * @param peakFlops floating-point operations in a second that the processor reaches, positive
 * @param bandwidth bytes in a second that memory reads and writes, positive
 * @param source how these were found, for reports
 */
public record Roofline(double peakFlops, double bandwidth, String source) {
    /** What limits a piece of work. */
    public enum Bound {
        /** It waits for its numbers: move fewer bytes, by fusing operations or in a smaller format. */
        MEMORY("memory"),
        /** It waits for the arithmetic: do less of it, or use more of the processor. */
        COMPUTE("compute");

        private final String words;

        Bound(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not positive and finite
     */
    public Roofline {
        if (!(peakFlops > 0 && bandwidth > 0 && Double.isFinite(peakFlops) && Double.isFinite(bandwidth))) {
            throw new IllegalArgumentException("roofline: a peak of " + peakFlops + " FLOP/s and a bandwidth of "
                    + bandwidth + " bytes/s cannot be; both are positive");
        }
    }

    /** Measures this machine with the backend in use; see {@link RooflineMeter}. Takes some seconds. */
    public static Roofline measure() {
        return new RooflineMeter().measure();
    }

    /** The intensity from which on the processor is the limit, {@code peak / bandwidth}: with 100 GFLOP/s and 20 GB/s, 5 FLOPs for each byte. */
    public double ridge() {
        return peakFlops / bandwidth;
    }

    /**
     * The FLOP/s that work of some intensity can reach, {@code min(peak, intensity · bandwidth)}. With 100 GFLOP/s and 20 GB/s, an addition of vectors (1 FLOP for 24 bytes) reaches 0.83 GFLOP/s, and a
     * product of 50 FLOPs for each byte 100 GFLOP/s.
     *
     * @param intensity FLOPs for each byte
     */
    public double attainable(double intensity) {
        return limit(intensity).flopsPerSecond();
    }

    /** What limits work of some intensity: memory to the left of the ridge, else the processor. */
    public Bound bound(double intensity) {
        return limit(intensity).by();
    }

    /** How fast work can be at most, and what keeps it from being faster. */
    private record Limit(double flopsPerSecond, Bound by) {}

    /**
     * The roof over work of some intensity. Memory brings {@code bandwidth} bytes in a second, and with each byte comes the arithmetic of {@code intensity} FLOPs; more than the peak the processor does not
     * do. With a peak of 100 and a bandwidth of 20, 2 FLOPs for each byte reach 40, bound by memory; 7 reach 100, bound by compute.
     */
    private Limit limit(double intensity) {
        // region Task 19.9: memory or compute
        if (intensity < ridge()) {
            return new Limit(intensity * bandwidth, Bound.MEMORY);
        }
        return new Limit(peakFlops, Bound.COMPUTE);
        // endregion
    }

    /** Where the layers of a profile stand, by their own operations and time. Those that compute nothing themselves are left out. */
    public List<RooflinePoint> place(Profile profile) {
        List<RooflinePoint> points = new ArrayList<>();
        for (LayerProfile layer : profile.layers()) {
            if (layer.cost().intensity() > 0 && layer.selfNanos() > 0) {
                points.add(place(layer.path(), layer.cost().intensity(), layer.flopsPerSecond()));
            }
        }
        return points;
    }

    /** Where a piece of work stands. */
    public RooflinePoint place(String name, double intensity, double flopsPerSecond) {
        return new RooflinePoint(name, intensity, flopsPerSecond, attainable(intensity), bound(intensity));
    }

    /** A row for each point. */
    public Table table(List<RooflinePoint> points) {
        List<List<Cell>> rows = new ArrayList<>();
        for (RooflinePoint point : points) {
            rows.add(List.of(
                    Cell.text(point.name()),
                    Cell.of(point.intensity(), Units.digits(point.intensity())),
                    Cell.of(point.flopsPerSecond(), Units.count(point.flopsPerSecond(), "FLOP/s")),
                    Cell.of(point.attainable(), Units.count(point.attainable(), "FLOP/s")),
                    Cell.of(point.share(), Units.percent(point.share())),
                    Cell.text(point.bound().toString())));
        }
        return new Table(
                "Roofline: " + this, List.of("layer", "FLOP/byte", "reached", "attainable", "share", "bound by"), rows);
    }

    /** For example {@code peak 85.3 GFLOP/s, memory 12.1 GB/s, ridge at 7.05 FLOP/byte (…)}. */
    @Override
    public String toString() {
        return "peak " + Units.count(peakFlops, "FLOP/s") + ", memory " + Units.count(bandwidth, "B/s") + ", ridge at "
                + Units.digits(ridge()) + " FLOP/byte (" + source + ")";
    }
}
