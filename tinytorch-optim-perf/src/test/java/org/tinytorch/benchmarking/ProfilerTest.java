package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class ProfilerTest {
    private static final CostTable COSTS = CostTable.standard();
    private final HandClock clock = new HandClock();
    private final HandClock memory = new HandClock();
    private final Tensor x = Tensors.zeros(2);

    /** An operation that takes a time and allocates ten bytes for each nanosecond. */
    private final class Slow implements Operation {
        private final long nanos;

        private Slow(long nanos) {
            this.nanos = nanos;
        }

        @Override
        public Tensor forward(Tensor... inputs) {
            work(nanos);
            return inputs[0].copy();
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }

    private void work(long nanos) {
        clock.advance(nanos);
        memory.advance(10 * nanos);
    }

    /** A layer that works by itself, then by an operation, then lets its children work. */
    private final class Busy extends Layer {
        private final long itself;
        private final long operation;
        private final boolean fails;

        private Busy(long itself, long operation, boolean fails, Layer... children) {
            this.itself = itself;
            this.operation = operation;
            this.fails = fails;
            for (int i = 0; i < children.length; i++) {
                child(Integer.toString(i), children[i]);
            }
        }

        @Override
        protected Tensor compute(Tensor input) {
            work(itself);
            Tensor out = Operation.run(new Slow(operation), input);
            for (Layer child : children().values()) {
                out = child.forward(out);
            }
            if (fails) {
                throw new IllegalStateException("broken layer");
            }
            return out;
        }
    }

    private final Layer model = new Busy(1, 20, false, new Busy(300, 4000, false), new Busy(5, 0, false));

    private Profiler attach(Layer layer) {
        return Profiler.attach(layer, COSTS, clock, memory);
    }

    @Test
    void aLayersOwnTimeIsWithoutThatOfTheLayersInside() {
        try (Profiler profiler = attach(model)) {
            model.forward(x);
            model.forward(x);
            Profile profile = profiler.profile();

            assertThat(profile.layer("(model)").calls()).isEqualTo(2);
            assertThat(profile.layer("(model)").totalNanos()).isEqualTo(2 * (1 + 20 + 300 + 4000 + 5));
            assertThat(profile.layer("(model)").selfNanos()).isEqualTo(2 * (1 + 20));
            assertThat(profile.layer("0").totalNanos()).isEqualTo(2 * 4300);
            assertThat(profile.layer("0").selfNanos()).isEqualTo(2 * 4300);
            assertThat(profile.nanos()).as("all rows add up").isEqualTo(2 * 4326);
            assertThat(profile.bottleneck().path()).isEqualTo("0");
        }
    }

    @Test
    void allocationsAreCountedLikeTime() {
        try (Profiler profiler = attach(model)) {
            model.forward(x);
            Profile profile = profiler.profile();

            assertThat(profile.layer("(model)").totalAllocated()).isEqualTo(10 * 4326);
            assertThat(profile.layer("(model)").selfAllocated()).isEqualTo(10 * 21);
            assertThat(profile.layer("1").selfAllocated()).isEqualTo(10 * 5);
            assertThat(profile.operations().get(0).allocated())
                    .as("three operations of one kind and shape")
                    .isEqualTo(10 * (20 + 4000));
        }
    }

    @Test
    void operationsOfAKindAndShapeShareARow() {
        try (Profiler profiler = attach(model)) {
            model.forward(x);
            Operation.run(new Slow(7), Tensors.zeros(3, 3));
            List<OperationProfile> operations = profiler.profile().operations();

            assertThat(operations)
                    .extracting(
                            OperationProfile::name,
                            OperationProfile::shapes,
                            OperationProfile::calls,
                            OperationProfile::nanos)
                    .containsExactly(
                            tuple("Slow", Names.shapes(x), 3, 4020L),
                            tuple("Slow", Names.shapes(Tensors.zeros(3, 3)), 1, 7L));
            assertThat(operations.get(0).known())
                    .as("whether there is a formula")
                    .isFalse();
            assertThat(profiler.profile().top(1)).containsExactly(operations.get(0));
        }
    }

    @Test
    void whatIsComputedOutsideOfLayersHasARowOfItsOwn() {
        try (Profiler profiler = attach(model)) {
            Operation.run(new Slow(7), x);
            Operation.run(new Slow(8), x);
            LayerProfile outside = profiler.profile().layer(Names.OUTSIDE);

            assertThat(outside.totalNanos()).isEqualTo(15);
            assertThat(outside.calls()).isEqualTo(2);
            assertThat(outside.cost().flops()).as("one for each number").isEqualTo(2 * 2);
            assertThatThrownBy(() -> profiler.profile().bottleneck())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no layer ran");
        }
    }

    @Test
    void costsGoToTheInnermostLayer() {
        Linear linear = new Linear(3, 4, false, new Generator(1));
        Sequential pair = new Sequential(linear, new ReLU());
        try (Profiler profiler = attach(pair)) {
            pair.forward(Tensors.zeros(5, 3));
            Profile profile = profiler.profile();

            assertThat(profile.layer("0").cost().multiplyAdds()).isEqualTo(5 * 3 * 4);
            assertThat(profile.layer("1").cost().flops()).isEqualTo(5 * 4);
            assertThat(profile.layer("(model)").cost()).isEqualTo(Cost.NONE);
        }
    }

    @Test
    void speedIsOperationsForEachSecond() {
        LayerProfile layer = new LayerProfile("a", "A", 1, 500, 500, 0, 0, new Cost(1000, 0, 1, 1));

        assertThat(layer.flopsPerSecond()).isCloseTo(2000 / 500e-9, within(1.0));
        assertThat(new OperationProfile("A", "", 1, 0, 0, Cost.NONE, true).flopsPerSecond())
                .as("without any time")
                .isZero();
    }

    @Test
    void aLayerThatFailsSpoilsNothing() {
        Layer broken = new Busy(1, 0, false, new Busy(10, 100, true));
        try (Profiler profiler = attach(broken)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> broken.forward(x)).hasMessage("broken layer");
            }
            Operation.run(new Slow(3), x);
            profiler.record("after", () -> work(5));

            assertThat(profiler.profile().layer("[after]").totalNanos()).isEqualTo(5);
            assertThat(profiler.profile().layers())
                    .filteredOn(layer -> layer.path().equals("0"))
                    .as("a layer that never came to its end")
                    .allSatisfy(layer -> assertThat(layer.calls()).isZero());
            assertThat(profiler.profile().layer("0").selfNanos())
                    .as("the time that it took all the same, twice")
                    .isEqualTo(2 * (10 + 100));
            assertThat(profiler.profile().layer("(model)").selfNanos()).isEqualTo(2);
            assertThat(profiler.profile().layer(Names.OUTSIDE).totalNanos())
                    .as("an operation after it")
                    .isEqualTo(3);
            assertThat(profiler.profile().nanos()).as("all rows add up").isEqualTo(2 * (10 + 100) + 2 + 3 + 5);

            profiler.reset();
            assertThat(profiler.profile().layers()).isEmpty();
        }
    }

    @Test
    void aFailureThatIsCaughtLeavesTheLayersAroundAtWork() {
        Layer patient = new Layer() {
            {
                child("broken", new Busy(10, 100, true));
            }

            @Override
            protected Tensor compute(Tensor input) {
                assertThatThrownBy(() -> child("broken").forward(input)).hasMessage("broken layer");
                work(7);
                return Operation.run(new Slow(20), input);
            }
        };
        try (Profiler profiler = attach(patient)) {
            patient.forward(x);
            Profile profile = profiler.profile();

            assertThat(profile.layer("(model)").selfNanos()).isEqualTo(7 + 20);
            assertThat(profile.layer("(model)").totalNanos()).isEqualTo(7 + 20 + 10 + 100);
            assertThat(profile.layer("broken").selfNanos()).isEqualTo(10 + 100);
        }
    }

    @Test
    void aPieceOfCodeCanHaveARow() {
        try (Profiler profiler = attach(model)) {
            profiler.record("update", () -> work(50));
            profiler.record("step", () -> {
                work(1);
                model.forward(x);
                assertThatThrownBy(() -> profiler.record("step", () -> {}))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("profiler: 'step' is running already; use another name inside it");
            });
            Profile profile = profiler.profile();

            assertThat(profile.layer("[update]").selfNanos()).isEqualTo(50);
            assertThat(profile.layer("[step]").selfNanos()).isEqualTo(1);
            assertThat(profile.layer("[step]").totalNanos()).isEqualTo(1 + 4326);
        }
    }

    @Test
    void aPieceOfCodeThatFailsEndsItsRow() {
        try (Profiler profiler = attach(model)) {
            assertThatThrownBy(() -> profiler.record("load", () -> {
                        work(2);
                        throw new IllegalStateException("no file");
                    }))
                    .hasMessage("no file");
            profiler.record("load", () -> work(3));

            assertThat(profiler.profile().layer("[load]").totalNanos()).isEqualTo(2 + 3);
        }
    }

    @Test
    void resetForgetsTheWarmUp() {
        try (Profiler profiler = attach(model)) {
            model.forward(x);
            profiler.reset();
            model.forward(x);
            Profile profile = profiler.profile();

            assertThat(profile.layer("(model)").calls()).isEqualTo(1);
            assertThat(profile.operations().get(0).calls()).isEqualTo(3);
            assertThat(profile.events().get(0).startNanos())
                    .as("the first operation begins after what the model does itself, counted from the reset")
                    .isEqualTo(1);
            profiler.record(
                    "inside", () -> assertThatThrownBy(profiler::reset).hasMessageContaining("'[inside]' is at work"));
        }
    }

    @Test
    void whatTheProfilerTakesIsCutOut() {
        HandClock ticking = new HandClock();
        long readings = 7; // nanoseconds that each reading of the clock takes
        Layer relu = new ReLU();
        try (Profiler profiler = Profiler.attach(
                relu,
                COSTS,
                () -> {
                    ticking.advance(readings);
                    return ticking.getAsLong();
                },
                memory)) {
            profiler.reset();
            relu.forward(x);
            Profile profile = profiler.profile();

            // between the two stops and goes of a layer and its operation, three times
            assertThat(profile.layer("(model)").totalNanos()).isEqualTo(3 * readings);
            assertThat(profile.operations().get(0).nanos()).isEqualTo(readings);
            assertThat(profile.overheadNanos())
                    .as("reset, and the beginning and the end of both")
                    .isEqualTo(5 * readings);
        }
    }

    @Test
    void eventsLieInsideEachOther() {
        try (Profiler profiler = attach(model)) {
            work(1000); // before the model: the trace begins when the profiler is attached
            model.forward(x);
            List<TraceEvent> events = profiler.profile().events();

            assertThat(events)
                    .extracting(TraceEvent::name, TraceEvent::startNanos, TraceEvent::nanos)
                    .containsExactly(
                            tuple("Slow", 1001L, 20L),
                            tuple("Slow", 1321L, 4000L),
                            tuple("0", 1021L, 4300L),
                            tuple("Slow", 5326L, 0L),
                            tuple("1", 5321L, 5L),
                            tuple("(model)", 1000L, 4326L));
        }
    }

    @Test
    void beyondTheMostEventsTheTablesGoOn() {
        int more = 5;
        try (Profiler profiler = attach(model)) {
            for (int i = 0; i < Profiler.MOST_EVENTS + more; i++) {
                profiler.record("again", () -> work(1));
            }
            Profile profile = profiler.profile();

            assertThat(profile.events()).hasSize(Profiler.MOST_EVENTS);
            assertThat(profile.droppedEvents()).isEqualTo(more);
            assertThat(profile.layer("[again]").calls()).isEqualTo(Profiler.MOST_EVENTS + more);
        }
    }

    @Test
    void afterItsEndNothingIsSeenAndNothingLost() {
        Backend before = Backend.current();
        Profiler profiler = attach(model);
        model.forward(x);
        profiler.close();
        profiler.close();
        model.forward(x);

        assertThat(profiler.profile().layer("(model)").calls()).isEqualTo(1);
        assertThat(Backend.current()).isSameAs(before);
    }

    @Test
    void anotherThreadIsTurnedAway() throws InterruptedException {
        try (Profiler profiler = attach(model)) {
            Throwable[] thrown = new Throwable[1];
            Thread other = new Thread(profiler::profile, "other");
            other.setUncaughtExceptionHandler((thread, error) -> thrown[0] = error);
            other.start();
            other.join();

            assertThat(thrown[0])
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("called by the thread 'other'")
                    .hasMessageContaining("attach, use and close it on one thread");
        }
    }

    @Test
    void theTextNamesEveryRow() {
        try (Profiler profiler = attach(model)) {
            model.forward(x);
            Profile profile = profiler.profile();

            assertThat(profile.toString())
                    .contains("(model)  Busy")
                    .contains(Units.percent(4300.0 / 4326))
                    .contains("Slow ?")
                    .contains("Operations (1 of 1 kinds)")
                    .endsWith("4.33 µs measured; the profiler took another 0 ns, which is in no row");
            assertThatThrownBy(() -> profile.layer("head"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'head' was not seen; seen were [(model), 0, 1]");
        }
    }
}
