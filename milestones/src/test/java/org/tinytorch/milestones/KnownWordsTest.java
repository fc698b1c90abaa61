package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownWordsTest {
    private final KnownWords words = new KnownWords("The owl said: \"Don't!\"");

    @Test
    void theShareOfAllWordsCountsRepetitions() {
        assertThat(words.share("- the owl the cat -")).isEqualTo(0.75);
    }

    @Test
    void capitalsAndPunctuationDoNotMatter() {
        assertThat(words.share(" SAID, Owl; don't!")).isEqualTo(1);
    }

    @Test
    void whatMayBeCutOffDoesNotCount() {
        assertThat(words.share("wl said the ow")).isEqualTo(1);
    }

    @Test
    void withoutWordsThereIsNoShare() {
        assertThat(words.share("... 12 ...")).isNaN();
    }
}
