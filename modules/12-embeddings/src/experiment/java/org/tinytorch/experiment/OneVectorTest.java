package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.experiment.OneVector.Mix;
import org.tinytorch.experiment.OneVector.Occurrence;
import org.tinytorch.experiment.OneVector.Reader;
import org.tinytorch.experiment.OneVector.Score;

/** Holds the closing experiment of module 12 to its claims. */
final class OneVectorTest {

    private static final List<Occurrence> SHORT = OneVector.shortSentences();
    private static final List<Occurrence> LONG = OneVector.longSentences();

    private static void coinToss(String what, Score score) {
        assertThat(score.right()).as("right, " + what).isEqualTo(0.5);
        assertThat(score.loss())
                .as("loss, " + what + ": log 2 is the best there is where one input has two answers")
                .isBetween(Math.log(2) - 1e-9, Math.log(2) + 0.01);
    }

    @Test
    @DisplayName("each short sentence has a twin that differs in one word, and the long ones have one bank of each kind")
    void sentences() {
        assertThat(SHORT).as("short sentences").hasSize(12);
        assertThat(LONG).as("banks of the long sentences").hasSize(120);
        for (int i = 0; i < SHORT.size(); i += 2) {
            Occurrence river = SHORT.get(i);
            Occurrence money = SHORT.get(i + 1);
            assertThat(river.meaning()).as("meaning of %s", river.words()).isZero();
            assertThat(money.meaning()).as("meaning of %s", money.words()).isOne();
            for (int t = 0; t < river.words().size(); t++) {
                assertThat(river.words().get(t).equals(money.words().get(t)))
                        .as("word %d of %s and %s is the same", t, river.words(), money.words())
                        .isEqualTo(t != river.clue());
            }
        }
        for (int i = 0; i < LONG.size(); i += 2) {
            assertThat(LONG.get(i).words()).as("two banks of a sentence").isEqualTo(LONG.get(i + 1).words());
            assertThat(LONG.get(i).meaning() + LONG.get(i + 1).meaning())
                    .as("a bank of each kind in %s", LONG.get(i).words())
                    .isOne();
        }
        assertThat(SHORT).allMatch(each -> each.words().get(each.place()).equals("bank"));
        assertThat(LONG).allMatch(each -> each.words().get(each.place()).equals("bank"));
    }

    @Test
    @DisplayName("the bank has the same vector in both of two sentences, and alone it is a coin toss")
    void alone() {
        Reader reader = Reader.taught(Mix.ALONE);
        for (int i = 0; i < SHORT.size(); i += 2) {
            Occurrence river = SHORT.get(i);
            Occurrence money = SHORT.get(i + 1);
            assertThat(reader.vector(river.words(), river.place()))
                    .as("the bank's vector in %s, against %s", river.words(), money.words())
                    .containsExactly(reader.vector(money.words(), money.place()));
            assertThat(reader.vector(river.words(), river.clue()))
                    .as("the vector of the word that differs")
                    .isNotEqualTo(reader.vector(money.words(), money.clue()));
        }
        coinToss("the bank alone, short sentences", reader.score(SHORT));
        coinToss("the bank alone, long sentences", reader.score(LONG));
    }

    @Test
    @DisplayName("the mean of the sentence is enough for one bank, and a coin toss for two")
    void mean() {
        Reader reader = Reader.taught(Mix.MEAN);
        assertThat(reader.score(SHORT).right()).as("right, mean, short sentences").isEqualTo(1);
        coinToss("the mean, long sentences", reader.score(LONG));
    }

    @Test
    @DisplayName("with the right word to look at, chosen by hand, all are right")
    void byHand() {
        Reader reader = Reader.taught(Mix.BY_HAND);
        assertThat(reader.score(SHORT).right()).as("right, by hand, short sentences").isEqualTo(1);
        assertThat(reader.score(LONG).right()).as("right, by hand, long sentences").isEqualTo(1);
        assertThat(reader.score(LONG).loss()).as("loss, by hand, long sentences").isLessThan(0.05);
    }
}
