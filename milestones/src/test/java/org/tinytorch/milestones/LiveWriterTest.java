package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.transformer.LanguageModel;
import org.tinytorch.transformer.Sampler;
import org.tinytorch.transformer.TextGenerator;

class LiveWriterTest {
    private static final long MILLISECOND = 1_000_000;

    private static final Tokenizer TOKENS = CharTokenizer.of("abc");

    /** After a comes b, after b c, after c a. */
    private static final LanguageModel ROUND = new LanguageModel() {
        @Override
        public int vocabularySize() {
            return TOKENS.vocabularySize();
        }

        @Override
        public double[] next(int[] tokens) {
            double[] logits = new double[vocabularySize()];
            logits[(tokens[tokens.length - 1] + 1) % vocabularySize()] = 1;
            return logits;
        }
    };

    private static final LiveWriter WRITER =
            new LiveWriter(TextGenerator.of(ROUND, TOKENS).sampler(Sampler.temperature(0)), "a");

    /** A clock that shows these milliseconds, one after the other. */
    private static LongSupplier showing(int... milliseconds) {
        Deque<Long> all = new ArrayDeque<>();
        for (int each : milliseconds) {
            all.add(each * MILLISECOND);
        }
        return all::remove;
    }

    @Test
    void givesEachPartToTheScreenAndTellsTheTimesOfTheReader() {
        List<String> screen = new ArrayList<>();

        LiveText text = WRITER.write(4, new Generator(1), screen::add, showing(100, 107, 110, 130, 134, 140));

        assertThat(screen).containsExactly("b", "c", "a", "b");
        assertThat(text).isEqualTo(new LiveText(4, 7 * MILLISECOND, 20 * MILLISECOND, 40 * MILLISECOND));
        assertThat(text.tokensPerSecond()).isCloseTo(100, within(1e-9));
        assertThat(text).hasToString("4 tokens in 40 ms: 100 a second, the first after 7 ms, the longest pause 20 ms");
    }

    @Test
    void aHundredTokensASecondPassAndFewerDoNot() {
        Result result = new Result("capstone", "score", 80, 60);

        Result passed = new LiveText(100, MILLISECOND, MILLISECOND, 1_000 * MILLISECOND).judge(result);
        Result missed = new LiveText(100, MILLISECOND, MILLISECOND, 1_001 * MILLISECOND).judge(result);

        assertThat(passed.passed()).isTrue();
        assertThat(passed.line(1))
                .contains(
                        " tokens_per_second=100.0 tokens_per_second_target=100 first_token_ms=1.000 longest_pause_ms=1.000 ");
        assertThat(missed.passed()).isFalse();
        assertThat(missed.shortfall()).isEqualTo("Missed: it writes 99.9 tokens a second, and must write 100.");
    }
}
