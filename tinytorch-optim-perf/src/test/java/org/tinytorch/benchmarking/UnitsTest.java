package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnitsTest {
    private final Locale usual = Locale.getDefault();

    @BeforeEach
    void aLanguageWithACommaInItsNumbers() {
        Locale.setDefault(Locale.GERMANY);
    }

    @AfterEach
    void back() {
        Locale.setDefault(usual);
    }

    @Test
    void timesHaveAUnit() {
        assertThat(Units.time(0)).isEqualTo("0 ns");
        assertThat(Units.time(999)).isEqualTo("999 ns");
        assertThat(Units.time(1_250_000)).isEqualTo("1.25 ms");
        assertThat(Units.time(75.5e9)).isEqualTo("75.5 s");
        assertThat(Units.time(7200e9)).isEqualTo("7200 s");
    }

    @Test
    void whatIsRoundedUpToTheNextUnitHasIt() {
        assertThat(Units.time(999_499)).isEqualTo("999 µs");
        assertThat(Units.time(999_500)).isEqualTo("1.00 ms");
        assertThat(Units.time(999_999)).isEqualTo("1.00 ms");
        assertThat(Units.time(999.9e9)).as("there is no unit above seconds").isEqualTo("1000 s");
        assertThat(Units.count(999_999, "FLOP")).isEqualTo("1.00 MFLOP");
        assertThat(Units.bytes(1024 * 1024 - 1)).isEqualTo("1.00 MiB");
        assertThat(Units.bytes(1023 * 1024)).isEqualTo("1023 KiB");
    }

    @Test
    void thereAreThreeDigitsAfterRounding() {
        assertThat(Units.time(9_994)).isEqualTo("9.99 µs");
        assertThat(Units.time(9_999)).isEqualTo("10.0 µs");
        assertThat(Units.digits(-9.999)).isEqualTo("-10.0");
        assertThat(Units.time(99_940)).isEqualTo("99.9 µs");
        assertThat(Units.time(99_960)).isEqualTo("100 µs");
    }

    @Test
    void bytesHaveAUnit() {
        assertThat(Units.bytes(1023)).isEqualTo("1023 B");
        assertThat(Units.bytes(1.5 * (1 << 30))).isEqualTo("1.50 GiB");
    }

    @Test
    void countsHaveAPrefix() {
        assertThat(Units.count(7, "")).isEqualTo("7");
        assertThat(Units.count(2_500_000, "FLOP")).isEqualTo("2.50 MFLOP");
        assertThat(Units.count(123.4e9, "FLOP/s")).isEqualTo("123 GFLOP/s");
    }

    @Test
    void sharesArePercents() {
        assertThat(Units.percent(0.125)).isEqualTo("12.5 %");
        assertThat(new Interval(1, 2, 0.95).percent()).isEqualTo("95 %");
        assertThat(new Interval(1, 2, 0.999).percent()).isEqualTo("99.9 %");
        assertThat(new Interval(1, 2, 0.9).percent()).isEqualTo("90 %");
        assertThat(new Interval(1, 2, 0.9999).percent()).isEqualTo("99.99 %");
        assertThat(new Interval(1, 2, 0.07).percent())
                .as("100 · 0.07 is a little more than 7")
                .isEqualTo("7 %");
    }
}
