// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/caching/BatchGenerator.java. Read it, don't edit it.
package org.tinytorch.caching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Modes;
import org.tinytorch.transformer.GeneratedText;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.TextGenerator;
import org.tinytorch.transformer.TextStream;

/**
 * Goes on with several texts at once. All of them move on by one token together, so that the weights are read once for all: a text whose prompt is longer still takes its next token from there while
 * others already draw theirs. Each gets what it would get alone.
 *
 * <pre>{@code
 * BatchGenerator together = new BatchGenerator(gpt, writer);
 * List<GeneratedText> texts = together.generate(List.of("Once", "There was"), List.of(new Generator(1), new Generator(2)));
 * }</pre>
 */
public final class BatchGenerator {
    private final Gpt model;
    private final TextGenerator writer;

    /** @param writer says how tokens are chosen and where texts end, and has the tokenizer; its own model is not asked */
    public BatchGenerator(Gpt model, TextGenerator writer) {
        if (model.config().vocabularySize() != writer.tokenizer().vocabularySize()) {
            throw new IllegalArgumentException(
                    "batch generator: the model knows " + model.config().vocabularySize() + " tokens, the tokenizer "
                            + writer.tokenizer().vocabularySize()
                            + "; use the tokenizer that the model was trained with");
        }
        this.model = model;
        this.writer = writer;
    }

    /**
     * Goes on with some texts.
     *
     * @param prompts at least one; each has at least one token
     * @param generators one for each
     * @return in the order of the prompts
     * @throws IllegalArgumentException if there is no prompt, one has no token, there is not one generator for each, or a prompt and what is to be written do not fit into the model's context
     */
    public List<GeneratedText> generate(List<String> prompts, List<Generator> generators) {
        if (prompts.isEmpty() || prompts.size() != generators.size()) {
            throw new IllegalArgumentException("batch generator: " + prompts.size() + " prompts with "
                    + generators.size() + " generators; give one generator for each of at least one prompt");
        }
        List<Sequence> all = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            all.add(new Sequence(prompts.get(i), generators.get(i)));
        }
        List<Sequence> running = new ArrayList<>(all);
        running.removeIf(Sequence::ended);
        if (!running.isEmpty()) {
            try (Modes modes = Modes.evaluation(model);
                    NoGrad scope = NoGrad.enter()) {
                run(running);
            }
        }
        return all.stream().map(sequence -> sequence.stream.finish()).toList();
    }

    private void run(List<Sequence> running) {
        GptCache cache = GptCache.of(model);
        int known = 0;
        int place = running.stream().mapToInt(sequence -> sequence.length).min().orElseThrow(); // all have so many
        while (!running.isEmpty()) {
            Tensor logits = model.last(ids(running, known, place), cache.stores());
            for (int i = 0; i < running.size(); i++) {
                running.get(i).goOn(place, logits.slice(0, i, i + 1).data());
            }
            int[] rest = IntStream.range(0, running.size())
                    .filter(i -> !running.get(i).ended())
                    .toArray();
            if (rest.length < running.size()) {
                cache = cache.keep(rest);
                running.removeIf(Sequence::ended);
            }
            known = place++;
        }
    }

    private static Tensor ids(List<Sequence> running, int from, int to) {
        double[] ids = running.stream()
                .flatMapToInt(sequence -> Arrays.stream(sequence.tokens, from, to))
                .asDoubleStream()
                .toArray();
        return Tensors.of(ids, running.size(), to - from);
    }

    /** One of the texts. */
    private final class Sequence {
        private final int[] tokens;
        private final Generator generator;
        private final TextStream stream;
        private int length;

        Sequence(String prompt, Generator generator) {
            int[] context = writer.tokenizer().encode(prompt);
            long most = (long) context.length + writer.maxTokens() - 1; // the last one drawn is not looked at
            if (context.length == 0) {
                throw new IllegalArgumentException(
                        "batch generator: a prompt is empty; give at least one character to go on from, such as a line break");
            }
            if (most > model.config().contextLength()) {
                throw new IllegalArgumentException("batch generator: a prompt of " + context.length + " tokens and "
                        + writer.maxTokens() + " more do not fit into a context of "
                        + model.config().contextLength() + "; shorten it, or write fewer");
            }
            this.tokens = Arrays.copyOf(context, context.length + writer.maxTokens());
            this.length = context.length;
            this.generator = generator;
            Consumer<String> nobody = part -> {};
            this.stream = new TextStream(writer.tokenizer(), writer.stops(), writer.stopToken(), nobody);
        }

        /** Draws the token at a place, unless the prompt says it. */
        void goOn(int place, double[] logits) {
            if (place < length) {
                return;
            }
            tokens[place] = writer.sampler().pick(logits, Arrays.copyOf(tokens, length), generator);
            length++;
            stream.accept(tokens[place]);
        }

        boolean ended() {
            return stream.ended() || stream.tokens() >= writer.maxTokens();
        }
    }
}
