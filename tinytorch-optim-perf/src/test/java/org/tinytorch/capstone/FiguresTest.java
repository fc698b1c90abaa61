package org.tinytorch.capstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytorch.training.Scores;

class FiguresTest {
    private static final Figures ONE = Toys.figures(0.97, 1000, 160, 10, 10, 10, 10, 10, 12);

    private static Figures memory(long bytes) {
        return Toys.figures(0.97, bytes, 160, 10, 10, 10, 10, 10, 12);
    }

    @Test
    void numbersHaveNamesAndUnits() {
        assertThat(ONE.metrics()).containsExactly("accuracy", "time", "memory", "size");
        assertThat(ONE.get("time")).isCloseTo(10e-9, within(1e-18));
        assertThat(ONE.get("memory")).isEqualTo(1000);
        assertThat(ONE.get("size")).isEqualTo(160);
        assertThat(ONE.get("accuracy")).isEqualTo(0.97);
        assertThat(ONE.text("time")).isEqualTo("10 ns");
        assertThat(ONE.text("size")).isEqualTo("160 B");
        assertThat(ONE.text("accuracy")).isEqualTo("0.9700");
        assertThatThrownBy(() -> ONE.get("speed"))
                .hasMessage("nobody measures 'speed'; there are accuracy, time, memory, size");
    }

    @Test
    void timesDifferIfTheirIntervalsLieApart() {
        Figures apart = Toys.figures(0.97, 1000, 160, 8, 8, 8, 8, 8, 9);
        Figures touching = Toys.figures(0.97, 1000, 160, 9, 9, 9, 11, 11, 11);

        assertThat(ONE.differs("time", apart)).isTrue();
        assertThat(apart.differs("time", ONE)).isTrue();
        assertThat(ONE.differs("time", touching)).isFalse();
        assertThat(touching.differs("time", ONE)).isFalse();
        assertThat(ONE.differs("time", ONE)).isFalse();
    }

    @Test
    void memoryHasALittleNoiseTheRestHasNone() {
        assertThat(ONE.differs("memory", memory(1020))).isFalse();
        assertThat(ONE.differs("memory", memory(980))).isFalse();
        assertThat(ONE.differs("memory", memory(1021))).isTrue();
        assertThat(ONE.differs("memory", memory(979))).isTrue();
        assertThat(ONE.differs("size", Toys.figures(0.97, 1000, 161, 10))).isTrue();
        assertThat(ONE.differs("size", ONE)).isFalse();
        assertThat(ONE.differs("accuracy", Toys.figures(0.9701, 1000, 160, 10))).isTrue();
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        assertThatThrownBy(() -> Toys.figures(Double.NaN, 1, 1, 1)).hasMessageContaining("accuracy is NaN");
        assertThatThrownBy(() -> new Figures(new Scores(Map.of("time", 1.0)), ONE.itemTime(), 1, 1))
                .hasMessageContaining("'time' is measured of every model");
        assertThatThrownBy(() -> ONE.differs("speed", ONE)).hasMessageContaining("nobody measures 'speed'");
    }
}
