package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.experiment.SameLetters.Reading;
import org.tinytorch.experiment.SameLetters.Run;
import org.tinytorch.experiment.SameLetters.Sentence;
import org.tinytorch.experiment.SameLetters.WordTable;
import org.tinytorch.tensor.Tensors;

/** Holds the closing experiment of module 10 to its claims. */
final class SameLettersTest {

    @Test
    @DisplayName("every sentence has exactly one twin with the same letters, in which somebody else bites")
    void twins() {
        List<Sentence> sentences = SameLetters.sentences();
        Map<String, List<Integer>> biters = new HashMap<>();
        for (Sentence sentence : sentences) {
            String letters = Tensors.of(SameLetters.letters(sentence.text())).toString();
            biters.merge(letters, List.of(sentence.biter()), (a, b) -> List.of(a.get(0), b.get(0)));
        }
        assertThat(sentences).as("sentences").hasSize(30);
        assertThat(biters).as("different counts of letters").hasSize(15);
        assertThat(biters.values())
                .as("who bites in the sentences with the same letters")
                .allMatch(pair -> pair.size() == 2 && !pair.get(0).equals(pair.get(1)));
    }

    @Test
    @DisplayName("from counted letters a network gets half of them right, and its loss ends at log 2")
    void letters() {
        Run run = SameLetters.fromLetters();
        assertThat(run.inputs()).as("numbers for a sentence").isEqualTo(26);
        assertThat(run.loss())
                .as("loss, which cannot be below log 2 where two sentences look the same")
                .isBetween(Math.log(2) - 1e-9, Math.log(2) + 0.001);
        assertThat(run.right()).as("part that is right").isEqualTo(0.5);
    }

    @Test
    @DisplayName("from words in a table of 8 it gets all of them right")
    void words() {
        Run run = SameLetters.fromWords();
        assertThat(SameLetters.sentenceTable().places())
                .as("the table")
                .containsOnlyKeys("the", "bit", "dog", "man", "cat", "fox", "hen", "cow");
        assertThat(run.inputs()).as("numbers for a sentence").isEqualTo(40);
        assertThat(run.loss()).as("loss with words").isLessThan(0.005);
        assertThat(run.right()).as("part that is right").isEqualTo(1.0);
    }

    @Test
    @DisplayName("dogs and foxes are not in the table, and make twins again")
    void strangers() {
        WordTable table = SameLetters.sentenceTable();
        assertThat(table.unknown("the dogs bit the foxes")).as("unknown words").containsExactly("dogs", "foxes");
        assertThat(table.encode("the dogs bit the foxes"))
                .as("the numbers of the sentence, against those of: the foxes bit the dogs")
                .containsExactly(table.encode("the foxes bit the dogs"));
        assertThat(table.encode("the dog bit the fox"))
                .as("the numbers of: the dog bit the fox, against: the fox bit the dog")
                .isNotEqualTo(table.encode("the fox bit the dog"));
    }

    @Test
    @DisplayName("of the text that follows, more than half of the words are unknown and no letter is new")
    void longerText() {
        Reading reading = SameLetters.read();
        assertThat(reading.words()).as("words of the first text").isEqualTo(121);
        assertThat(reading.different()).as("different words of the first text").isEqualTo(80);
        assertThat(reading.next()).as("words of the second text").isEqualTo(116);
        assertThat(reading.unknown()).as("words of it that are unknown").hasSize(61);
        assertThat(reading.unknownPart()).as("the part that is unknown").isCloseTo(0.53, within(0.005));
        assertThat(reading.unknown())
                .as("words whose relatives are in the table: baker, asleep, loaves, kneads")
                .contains("bakery", "sleeps", "loaf", "kneading");
        assertThat(reading.newLetters()).as("letters that are new").isZero();
    }
}
