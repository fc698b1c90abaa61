package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytorch.nn.Layer;
import org.tinytorch.optim.Adam;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * What only attention can do: the answer to each symbol lies elsewhere in the text. A model reads some symbols and a separator, writes the answer, and is asked about questions that it has never
 * seen.
 */
class AttentionPuzzlesTest {
    private static final int SYMBOLS = 8;
    private static final int SEPARATOR = SYMBOLS;
    private static final int LENGTH = 5;
    private static final int CONTEXT = 2 * LENGTH; // the last symbol of the answer is written, but not read
    private static final int QUESTIONS = 200;

    /** What to make of the symbols. */
    private enum Puzzle {
        COPY(60),
        REVERSE(60),
        SORT(500);

        private final int steps;

        Puzzle(int steps) {
            this.steps = steps;
        }

        int[] answer(int... symbols) {
            return switch (this) {
                case COPY -> symbols.clone();
                case REVERSE ->
                    IntStream.rangeClosed(1, symbols.length)
                            .map(i -> symbols[symbols.length - i])
                            .toArray();
                case SORT -> Arrays.stream(symbols).sorted().toArray();
            };
        }
    }

    /** In the place of what attention has found: nothing. */
    private static final class Nothing extends Layer {
        @Override
        protected Tensor compute(Tensor x) {
            return Tensors.zerosLike(x);
        }
    }

    private final Generator generator = new Generator(1);
    private final Gpt model =
            new Gpt(GptConfig.gpt2(SYMBOLS + 1, CONTEXT, 1, 4, 32).hidden(64), generator);
    private final Set<List<Integer>> seen = new HashSet<>();

    @ParameterizedTest
    @EnumSource
    void aSmallModelLearnsIt(Puzzle puzzle) {
        train(puzzle);
        assertThat(shareSolved(puzzle)).as("share of unseen questions answered").isGreaterThanOrEqualTo(0.99);
    }

    @ParameterizedTest
    @EnumSource
    void withoutAttentionItDoesNot(Puzzle puzzle) {
        model.replaceChild("blocks.0.attention.output", new Nothing());
        train(puzzle);
        assertThat(shareSolved(puzzle)).as("share of unseen questions answered").isLessThan(0.1);
    }

    private void train(Puzzle puzzle) {
        int batchSize = 32;
        double learningRate = 0.01;
        Adam adam = new Adam(model.parameters(), learningRate).betas(0.9, 0.98); // of Vaswani et al., 2017
        for (int step = 0; step < puzzle.steps; step++) {
            double left = 1 - (double) step / puzzle.steps;
            adam.learningRate(learningRate * Math.min(1, 2 * left));
            adam.zeroGrad();
            loss(puzzle, batchSize).backward();
            adam.step();
        }
    }

    /** Of the answer only: the question is random, and cannot be foretold. */
    private Tensor loss(Puzzle puzzle, int batchSize) {
        int[][] texts = new int[batchSize][];
        for (int b = 0; b < batchSize; b++) {
            int[] question = question();
            seen.add(Arrays.stream(question).boxed().toList());
            texts[b] = text(question, puzzle.answer(question));
        }
        Tensor answers = model.forward(ids(texts, 0, CONTEXT)).slice(1, LENGTH, CONTEXT);
        return new LanguageModelLoss().forward(answers, ids(texts, LENGTH + 1, CONTEXT + 1));
    }

    private static Tensor ids(int[][] texts, int from, int to) {
        return Tensors.of(Arrays.stream(texts)
                .map(text -> Arrays.stream(text, from, to).asDoubleStream().toArray())
                .toArray(double[][]::new));
    }

    private double shareSolved(Puzzle puzzle) {
        int solved = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            int[] question = unseen();
            solved += Arrays.equals(write(question), puzzle.answer(question)) ? 1 : 0;
        }
        return (double) solved / QUESTIONS;
    }

    /** One token after the other, each time the likeliest. */
    private int[] write(int[] question) {
        LanguageModel writer = LanguageModel.of(model);
        int[] text = text(question);
        while (text.length <= CONTEXT) {
            int next = Sampler.greedy().pick(writer.next(text), text, generator);
            text = Arrays.copyOf(text, text.length + 1);
            text[text.length - 1] = next;
        }
        return Arrays.copyOfRange(text, LENGTH + 1, text.length);
    }

    private int[] unseen() {
        int[] question = question();
        return seen.contains(Arrays.stream(question).boxed().toList()) ? unseen() : question;
    }

    private int[] question() {
        return IntStream.generate(() -> generator.nextInt(SYMBOLS))
                .limit(LENGTH)
                .toArray();
    }

    private static int[] text(int[] question, int... answer) {
        int[] text = Arrays.copyOf(question, LENGTH + 1 + answer.length);
        text[LENGTH] = SEPARATOR;
        System.arraycopy(answer, 0, text, LENGTH + 1, answer.length);
        return text;
    }
}
