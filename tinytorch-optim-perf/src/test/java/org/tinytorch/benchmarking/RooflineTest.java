package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.benchmarking.Roofline.Bound;

class RooflineTest {
    private static final double PEAK = 100e9;
    private static final double BANDWIDTH = 20e9;
    private final Roofline roof = new Roofline(PEAK, BANDWIDTH, "by hand");

    @Test
    void theRoofRisesToTheRidgeAndIsFlatThen() {
        double ridge = PEAK / BANDWIDTH;

        assertThat(roof.ridge()).isEqualTo(ridge);
        assertThat(roof.attainable(ridge / 2)).as("half way up").isEqualTo(PEAK / 2);
        assertThat(roof.attainable(ridge)).isEqualTo(PEAK);
        assertThat(roof.attainable(10 * ridge)).as("behind the ridge").isEqualTo(PEAK);
    }

    @Test
    void memoryIsTheLimitToTheLeftOfTheRidge() {
        assertThat(roof.bound(1.0 / 24)).isEqualTo(Bound.MEMORY);
        assertThat(roof.bound(Math.nextDown(roof.ridge()))).isEqualTo(Bound.MEMORY);
        assertThat(roof.bound(roof.ridge())).isEqualTo(Bound.COMPUTE);
    }

    @Test
    void layersStandWhereTheirOwnWorkPutsThem() {
        Cost addition = new Cost(0, 1000, 16_000, 8000);
        Cost product = new Cost(1_000_000, 0, 10_000, 10_000);
        Profile profile = new Profile(
                List.of(
                        new LayerProfile("(model)", "Sequential", 1, 9000, 0, 0, 0, Cost.NONE),
                        new LayerProfile("add", "Add", 1, 2000, 2000, 0, 0, addition),
                        new LayerProfile("flatten", "Flatten", 1, 5, 5, 0, 0, new Cost(0, 0, 8, 8)),
                        new LayerProfile("fc", "Linear", 1, 40_000, 40_000, 0, 0, product)),
                List.of(),
                List.of(),
                0,
                0);
        List<RooflinePoint> points = roof.place(profile);

        assertThat(points).extracting(RooflinePoint::name).containsExactly("add", "fc");
        RooflinePoint add = points.get(0);
        assertThat(add.bound()).isEqualTo(Bound.MEMORY);
        assertThat(add.attainable()).isCloseTo(BANDWIDTH / 24, within(1.0));
        assertThat(add.share()).as("0.5 GFLOP/s of it").isCloseTo(0.5e9 / (BANDWIDTH / 24), within(1e-9));
        RooflinePoint fc = points.get(1);
        assertThat(fc.bound()).isEqualTo(Bound.COMPUTE);
        assertThat(fc.share()).as("50 GFLOP/s of 100").isCloseTo(0.5, within(1e-9));
        assertThat(roof.table(points).toString())
                .contains("peak 100 GFLOP/s, memory 20 GB/s, ridge at 5 FLOP/byte (by hand)")
                .containsPattern("add +0\\.04 +500 MFLOP/s +833 MFLOP/s +60\\.0 % +memory")
                .containsPattern("fc +100 +50\\.0 GFLOP/s +100 GFLOP/s +50\\.0 % +compute");
    }

    @Test
    void whatCannotBeIsNamed() {
        assertThatThrownBy(() -> new Roofline(0, 1, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a peak of 0.0 FLOP/s");
        assertThatThrownBy(() -> roof.place("nothing", 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'nothing' with 0.0 FLOP/byte");
    }
}
