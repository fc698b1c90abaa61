package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytorch.milestones.Technique.ACCELERATION;
import static org.tinytorch.milestones.Technique.CACHING;
import static org.tinytorch.milestones.Technique.COMPRESSION;
import static org.tinytorch.milestones.Technique.PRECISION;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tinytorch.benchmarking.Interval;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.MemoryUse;
import org.tinytorch.tensor.Backend;

class SpeedupLadderTest {
    private static final Backend FAST = (op, inputs) -> op.forward(inputs);

    private static SpeedupResult climb(FakeModel model, ScriptedMeter meter) {
        return new SpeedupLadder(model, meter, FAST).climb(text -> {}, row -> {});
    }

    @Test
    void addsOneTechniqueAfterTheOther() {
        FakeModel model = FakeModel.ofAccuracy();
        List<String> told = new ArrayList<>();

        SpeedupResult result = new SpeedupLadder(model, new ScriptedMeter(800, 400, 200, 100, 50), FAST)
                .climb(text -> {}, row -> told.add(row.step()));

        assertThat(told).containsExactly("loops", "acceleration", "caching", "precision", "compression");
        assertThat(model.prepared)
                .containsExactly(
                        Set.of(),
                        EnumSet.of(ACCELERATION),
                        EnumSet.of(ACCELERATION, CACHING),
                        EnumSet.of(ACCELERATION, CACHING, PRECISION),
                        EnumSet.of(ACCELERATION, CACHING, PRECISION, COMPRESSION));
        assertThat(result.rows()).extracting(SpeedupRow::before).containsExactly(1.0, 2.0, 2.0, 2.0, 2.0);
        assertThat(result.rows()).extracting(SpeedupRow::overall).containsExactly(1.0, 2.0, 4.0, 8.0, 16.0);
        assertThat(result.overall()).isEqualTo(16);
        assertThat(result.notPaying()).isZero();
    }

    @Test
    void eachStepIsAnnouncedBeforeItIsMeasured() {
        FakeModel model = FakeModel.ofAccuracy();
        List<String> told = new ArrayList<>();

        new SpeedupLadder(model, new ScriptedMeter(800, 400, 200, 100, 50), FAST)
                .climb(text -> told.add(text + " " + model.prepared.size()), row -> told.add(row.step()));

        assertThat(told)
                .as("with the number of models that have been prepared by then")
                .containsExactly(
                        "fake: loops … 1",
                        "loops",
                        "fake: acceleration … 2",
                        "acceleration",
                        "fake: caching … 3",
                        "caching",
                        "fake: precision … 4",
                        "precision",
                        "fake: compression, what is left is trained … 4",
                        "fake: compression … 5",
                        "compression");
    }

    @Test
    void theFactorLiesInItsInterval() {
        SpeedupResult result = climb(FakeModel.ofAccuracy(), new ScriptedMeter(800, 400, 200, 100, 50));

        assertThat(result.rows().get(0).interval())
                .as("of the loops, by definition")
                .isEqualTo(new Interval(1, 1, 0.95));
        SpeedupRow caching = result.rows().get(2);
        assertThat(caching.interval())
                .as("against the loops, not the step before")
                .isEqualTo(caching.measured().timesAsFastInterval(result.loops()));
    }

    @Test
    void whatDoesNotPayIsShownAndLeftOutOfWhatFollows() {
        FakeModel model = FakeModel.ofAccuracy();

        SpeedupResult result = climb(model, new ScriptedMeter(800, 100, 50, 60, 25));

        SpeedupRow precision = result.rows().get(3);
        assertThat(precision.verdict().pays()).as("60 ns after 50 ns").isFalse();
        assertThat(precision.verdict().words()).isEqualTo("does not pay: slower, though smaller");
        assertThat(model.prepared.get(4))
                .as("compression is tried without precision")
                .isEqualTo(EnumSet.of(ACCELERATION, CACHING, COMPRESSION));
        assertThat(result.rows().get(4).before())
                .as("compared with caching, the last step that paid")
                .isEqualTo(2);
        assertThat(result.notPaying()).isEqualTo(1);
    }

    @Test
    void ifTheLastStepDoesNotPayTheOneBeforeCounts() {
        SpeedupResult result = climb(FakeModel.ofAccuracy(), new ScriptedMeter(800, 400, 200, 100, 300));

        assertThat(result.last().step()).isEqualTo("precision");
        assertThat(result.overall()).isEqualTo(8);
    }

    @Test
    void aFasterModelThatLosesTooMuchDoesNotPay() {
        Map<Technique, Double> worse = Map.of(PRECISION, 0.85);

        SpeedupResult result =
                climb(new FakeModel(Quality.ACCURACY, worse, 1, false), new ScriptedMeter(800, 400, 200, 100, 90));

        assertThat(result.rows().get(3).verdict().words())
                .isEqualTo("does not pay: faster, but loses too much accuracy");
        assertThat(result.lost()).as("what is left out costs nothing").isZero();
    }

    @Test
    void onlyTheLoopsAreComputedByTheReference() {
        ScriptedMeter meter = new ScriptedMeter(800, 400, 200, 100, 50);

        climb(FakeModel.ofAccuracy(), meter);

        assertThat(meter.backends().get(0)).isNotSameAs(FAST);
        assertThat(meter.backends().subList(1, 5)).containsOnly(FAST);
    }

    @Test
    void theBackendIsPutBackAlsoAfterAFailure() {
        Backend before = Backend.current();
        Meter failing = new Meter() {
            @Override
            public Measurement time(String name, Runnable run) {
                throw new IllegalStateException("no clock");
            }

            @Override
            public MemoryUse memory(Runnable run) {
                throw new IllegalStateException("no meter");
            }
        };

        assertThatThrownBy(() -> new SpeedupLadder(FakeModel.ofAccuracy(), failing, FAST).climb(text -> {}, row -> {}))
                .hasMessage("no clock");
        assertThat(Backend.current()).isSameAs(before);
    }

    @Test
    void timesAndAllocationsAreThoseOfOneItem() {
        SpeedupResult result =
                climb(new FakeModel(Quality.LOSS, Map.of(), 4, false), new ScriptedMeter(800, 400, 200, 100, 50));

        assertThat(result.loops().median()).as("800 ns for 4 tokens").isEqualTo(200);
        assertThat(result.loops().allocated()).as("4096 bytes for 4 tokens").isEqualTo(1024);
        assertThat(result.loops().growth()).as("of the whole run").isEqualTo(2 << 20);
    }

    @Test
    void aShortenedRunIsMeasuredAtTwoLengthsAndThatIsSaid() {
        FakeModel model = new FakeModel(Quality.LOSS, Map.of(), 4, true);

        SpeedupResult result = climb(model, new ScriptedMeter(800, 420, 200, 100, 50, 25));

        assertThat(model.counts.subList(0, 2)).containsExactly(4, 2);
        assertThat(result.notes())
                .containsExactly(
                        "fake, loops: measured on 4 tokens a run, since more would take too long. On 4 it takes 200 ns for each, on 2 210 ns.");
    }
}
