package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.tinytorch.experiment.NotTheProduct.HIDDEN;
import static org.tinytorch.experiment.NotTheProduct.KNOWN;
import static org.tinytorch.experiment.NotTheProduct.NARROW;
import static org.tinytorch.experiment.NotTheProduct.QUESTIONS;
import static org.tinytorch.experiment.NotTheProduct.predicted;
import static org.tinytorch.experiment.NotTheProduct.ratio;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.benchmarking.Profile;
import org.tinytorch.benchmarking.Profiler;
import org.tinytorch.experiment.NotTheProduct.Reader;
import org.tinytorch.nn.Sequential;

/** Holds the closing experiment of module 19 to its claims, by counted work. */
final class NotTheProductTest {

    private static final Sequential TRAINED = NotTheProduct.trained();
    private static final Reader PLAIN = Reader.of(TRAINED);
    private static final Reader NARROWED = Reader.of(NotTheProduct.narrowed());
    private static final Reader KEPT = PLAIN.keeping();
    private static final Reader BOTH = NARROWED.keeping();

    @Test
    @DisplayName("the work is what the formula says")
    void counted() {
        assertThat(PLAIN.multiplyAdds()).as("as it was").isEqualTo(predicted(KNOWN + QUESTIONS, HIDDEN)).isEqualTo(17_824_000);
        assertThat(NARROWED.multiplyAdds()).as("narrower").isEqualTo(predicted(KNOWN + QUESTIONS, NARROW)).isEqualTo(8_608_000);
        assertThat(KEPT.multiplyAdds()).as("codes kept").isEqualTo(predicted(QUESTIONS, HIDDEN)).isEqualTo(8_608_000);
        assertThat(BOTH.multiplyAdds()).as("both").isEqualTo(predicted(QUESTIONS, NARROW)).isEqualTo(5_536_000);
        assertThat(PLAIN.count().outside().multiplyAdds()).as("the comparison").isEqualTo(4_000_000);
    }

    @Test
    @DisplayName("two gains together are less than their product, and less than if the encoder were free")
    void notTheProduct() {
        assertThat(ratio(PLAIN, NARROWED)).as("narrower, alone").isCloseTo(2.07, within(0.005));
        assertThat(ratio(PLAIN, KEPT)).as("codes kept, alone").isCloseTo(2.07, within(0.005));
        assertThat(ratio(PLAIN, BOTH)).as("together").isCloseTo(3.22, within(0.005));
        assertThat(ratio(KEPT, BOTH)).as("narrower, where codes are kept").isCloseTo(1.55, within(0.01));
    }

    @Test
    @DisplayName("keeping changes no answer; a narrower network may cost some, and still reads nine of ten")
    void answers() {
        assertThat(KEPT.nearest().data()).as("answers with kept codes").containsExactly(PLAIN.nearest().data());
        assertThat(BOTH.nearest().data()).as("answers with kept codes, narrower").containsExactly(NARROWED.nearest().data());
        assertThat(PLAIN.right()).as("read right").isGreaterThan(0.9);
        assertThat(NARROWED.right()).as("read right by the narrower network").isGreaterThan(0.9);
    }

    @Test
    @DisplayName("a network that has learnt answers as before while it is watched")
    void watched() {
        double[] before = PLAIN.nearest().data();
        try (Profiler profiler = Profiler.attach(TRAINED)) {
            assertThat(PLAIN.nearest().data()).as("answers under the profiler").containsExactly(before);
            Profile profile = profiler.profile();
            assertThat(profile.layer("1").cost().multiplyAdds()).as("multiply-adds of the first linear layer").isEqualTo(750L * 64 * 192);
            assertThat(profile.layer("1").calls()).as("known images, then questions").isEqualTo(2);
        }
        assertThat(PLAIN.nearest().data()).as("answers afterwards").containsExactly(before);
    }
}
