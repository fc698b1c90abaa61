package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StopSequencesTest {
    @Example
    void whatMayBecomeAStopIsHeldBack() {
        StopSequences stops = new StopSequences(List.of("END"));

        assertThat(stops.accept("the E")).isEqualTo("the ");
        assertThat(stops.accept("gg EN")).isEqualTo("Egg ");
        assertThat(stops.accept("D of it")).isEmpty();
        assertThat(stops.stopped()).isTrue();
    }

    @Example
    void theFirstOfSeveralStopsCounts() {
        StopSequences stops = new StopSequences(List.of("world", "o w"));

        assertThat(stops.accept("hello world")).isEqualTo("hell");
    }

    @Example
    void aBeginningThatStaysOneBelongsToTheText() {
        StopSequences stops = new StopSequences(List.of("END"));

        assertThat(stops.accept("EN") + stops.finish()).isEqualTo("EN");
        assertThat(stops.stopped()).isFalse();
    }

    @Property
    void inPartsItIsTheTextUpToTheFirstStop(
            @ForAll("parts") List<String> parts, @ForAll("stops") List<String> sequences) {
        StopSequences stops = new StopSequences(sequences);
        StringBuilder shown = new StringBuilder();
        for (String part : parts) {
            shown.append(stops.accept(part));
            if (stops.stopped()) {
                break;
            }
        }
        shown.append(stops.finish());

        assertThat(shown.toString()).isEqualTo(cut(String.join("", parts), sequences));
    }

    /** The text up to the stop that is whole first; of several that end at the same place, the one that begins first. */
    private static String cut(String text, List<String> sequences) {
        for (int end = 1; end <= text.length(); end++) {
            String seen = text.substring(0, end);
            List<String> whole = sequences.stream().filter(seen::endsWith).collect(Collectors.toList());
            if (!whole.isEmpty()) {
                int longest = whole.stream().mapToInt(String::length).max().orElseThrow();
                return seen.substring(0, end - longest);
            }
        }
        return text;
    }

    /** One character at a time, as a character model writes. */
    @Provide
    Arbitrary<List<String>> parts() {
        return Arbitraries.of("a", "b").list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<String>> stops() {
        return Arbitraries.strings()
                .withChars('a', 'b')
                .ofMinLength(1)
                .ofMaxLength(4)
                .list()
                .ofMaxSize(2);
    }
}
