package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.experiment.IdsAsNumbers.Question;
import org.tinytorch.experiment.IdsAsNumbers.Run;
import org.tinytorch.nn.Linear;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;

/** Holds the closing experiment of module 11 to its claims. */
final class IdsAsNumbersTest {

    private static double right(Tensor letters, Question question) {
        return IdsAsNumbers.learn(letters, question).right();
    }

    @Test
    @DisplayName("a is 0, b is 1, z is 25")
    void ids() {
        assertThat(IdsAsNumbers.ids()).as("ids of a to z").containsExactly(IntStream.range(0, 26).toArray());
    }

    @Test
    @DisplayName("byte-pair encoding gives six names six ids")
    void names() {
        int[] names = IdsAsNumbers.namesAsIds();
        assertThat(Arrays.stream(names).distinct().count()).as("different ids of six names").isEqualTo(6);
        assertThat(Arrays.stream(names).min().orElseThrow()).as("the lowest of them: behind the 256 bytes").isGreaterThanOrEqualTo(256);
    }

    @Test
    @DisplayName("from ids in the order of the alphabet neither question can be learned")
    void alphabet() {
        Tensor letters = IdsAsNumbers.asNumbers(IdsAsNumbers.ALPHABET);
        for (Question question : Question.values()) {
            assertThat(right(letters, question))
                    .as("part that is right, %s, against always no", question)
                    .isLessThan(question.alwaysNo() + 0.1);
        }
    }

    @Test
    @DisplayName("with the letters of one question in front, that question is easy and the other is not")
    void renumbered() {
        for (Question question : Question.values()) {
            Tensor letters = IdsAsNumbers.asNumbers(question.numbering());
            for (Question asked : Question.values()) {
                if (asked == question) {
                    assertThat(right(letters, asked)).as("right, %s in front, asked for it", question).isEqualTo(1.0);
                } else {
                    assertThat(right(letters, asked))
                            .as("right, %s in front, asked for %s", question, asked)
                            .isLessThan(asked.alwaysNo() + 0.1);
                }
            }
        }
    }

    @Test
    @DisplayName("from rows with a single 1 both are learned")
    void rows() {
        for (Question question : Question.values()) {
            Run run = IdsAsNumbers.learn(IdsAsNumbers.asRows(), question);
            assertThat(run.right()).as("part that is right, %s", question).isEqualTo(1.0);
            assertThat(run.loss()).as("loss, %s", question).isLessThan(0.05);
        }
    }

    @Test
    @DisplayName("a layer that is given such a row picks one column of its weight")
    void column() {
        Linear layer = new Linear(26, 3, new Generator(1));
        for (int id = 0; id < 26; id++) {
            assertThat(IdsAsNumbers.product(layer, id))
                    .as("what the layer makes of the row of id %d", id)
                    .containsExactly(IdsAsNumbers.column(layer, id), within(1e-12));
        }
    }
}
