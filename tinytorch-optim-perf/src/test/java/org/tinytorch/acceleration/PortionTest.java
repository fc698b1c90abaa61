package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PortionTest {
    @Property
    void allTogetherAreEverythingOnceAndNoneIsMuchLarger(
            @ForAll @IntRange(max = 1000) int count, @ForAll @IntRange(min = 1, max = 70) int parts) {
        int next = 0;
        for (int part = 0; part < parts; part++) {
            Portion portion = Portion.of(count, part, parts);
            assertThat(portion.from()).as("where part %d begins", part).isEqualTo(next);
            assertThat(portion.size()).as("size of part %d", part).isBetween(count / parts, count / parts + 1);
            next = portion.to();
        }
        assertThat(next).isEqualTo(count);
    }

    @Test
    void manyItemsDoNotOverflow() {
        int most = Integer.MAX_VALUE;
        assertThat(IntStream.range(0, 64).map(part -> Portion.of(most, part, 64).size()))
                .allMatch(size -> size == most / 64 || size == most / 64 + 1);
        assertThat(Portion.of(most, 63, 64).to()).isEqualTo(most);
    }
}
