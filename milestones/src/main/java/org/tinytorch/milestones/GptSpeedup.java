package org.tinytorch.milestones;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tinytorch.activation.Activations;
import org.tinytorch.caching.CachedLanguageModel;
import org.tinytorch.compression.HeadPruner;
import org.tinytorch.compression.HiddenUnitPruner;
import org.tinytorch.compression.StructuredPruner;
import org.tinytorch.optim.AdamW;
import org.tinytorch.optim.CosineWithWarmup;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.precision.DynamicQuantization;
import org.tinytorch.precision.Quantizer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.training.Trainer;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.LanguageModel;
import org.tinytorch.transformer.LanguageModelLoss;
import org.tinytorch.transformer.RandomWindows;
import org.tinytorch.transformer.Sampler;
import org.tinytorch.transformer.TextGenerator;

/** A GPT that writes. The prompt fills its context, so that without a cache every token costs the same. */
final class GptSpeedup implements SpeedupModel {
    private static final double PRUNED = 0.25;
    private static final double TEMPERATURE = 0.8;

    private final Gpt trained;
    private final Tokenizer tokenizer;
    private final int[] training;
    private final int[] validation;
    private final Sizes sizes;
    private final long seed;
    private Optional<Gpt> tuned = Optional.empty();

    /**
     * A trained GPT and its text.
     *
     * @param source stays as it is
     * @param text of which the last tenth was not learnt from
     * @param sizes how much is written and judged, and how it is trained after pruning
     * @param seed start of the random numbers
     * @throws IllegalArgumentException if the last tenth of the text is no longer than the context
     */
    GptSpeedup(TrainedGpt source, GptText text, Sizes sizes, long seed) {
        this.trained = source.model();
        this.tokenizer = source.tokenizer();
        this.training = tokenizer.encode(text.training());
        this.validation = tokenizer.encode(text.validation());
        this.sizes = sizes;
        this.seed = seed;
        if (validation.length <= context()) {
            throw new IllegalArgumentException("gpt: the last tenth of the text has " + validation.length
                    + " tokens, which do not go beyond a context of " + context() + "; use a smaller context");
        }
    }

    /**
     * How much.
     *
     * @param tokens are written in a run
     * @param accelerated tokens, at most, without a cache
     * @param loops tokens, at most, with the educational loops
     * @param judged tokens that are predicted to measure the loss
     * @param batch windows in a step of training
     * @param steps of training after pruning
     * @param learningRate at the most, for AdamW
     */
    record Sizes(int tokens, int accelerated, int loops, int judged, int batch, int steps, double learningRate) {
        /** How many tokens are written in a run with some techniques. */
        int of(Set<Technique> used) {
            int most = used.contains(Technique.CACHING)
                    ? tokens
                    : used.contains(Technique.ACCELERATION) ? accelerated : loops;
            return Math.min(tokens, most);
        }
    }

    @Override
    public String name() {
        return "gpt";
    }

    @Override
    public String item() {
        return "token";
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "gpt: %,d parameters, a context of %d tokens, filled by the prompt; a run writes %,d tokens where nothing else is said."
                        + " When the context is full, the cache drops half of it at once, so that with it a token is predicted from %d to %d others, without it always from %d."
                        + " The loss is that of %d unseen tokens, each predicted as when it writes. Compression removes %.0f %% of all heads and hidden units and trains for %d more steps.",
                trained.parameterCount(),
                context(),
                sizes.tokens(),
                context() - dropped() + 1,
                context(),
                context(),
                judged(),
                100 * PRUNED,
                sizes.steps());
    }

    @Override
    public List<Technique> techniques() {
        return List.of(Technique.values());
    }

    @Override
    public Quality quality() {
        return Quality.LOSS;
    }

    @Override
    public Workload with(Set<Technique> used) {
        Gpt model = model(used);
        int items = sizes.of(used);
        boolean shortened = items < sizes.tokens();
        long bytes = WeightBytes.of(model);
        if (used.contains(Technique.CACHING)) {
            CachedLanguageModel cached = cached(model);
            return new Workload(
                    count -> {
                        cached.forget(); // it must not know the text from the run before
                        write(cached, count);
                    },
                    items,
                    shortened,
                    bytes,
                    () -> loss(cached));
        }
        LanguageModel plain = LanguageModel.of(model);
        return new Workload(count -> write(plain, count), items, shortened, bytes, () -> loss(plain));
    }

    @Override
    public Optional<LiveWriter> writer(Set<Technique> used) {
        Gpt model = model(used);
        LanguageModel predicts = used.contains(Technique.CACHING) ? cached(model) : LanguageModel.of(model);
        return Optional.of(new LiveWriter(writer(predicts), prompt()));
    }

    private Gpt model(Set<Technique> used) {
        Gpt model = used.contains(Technique.COMPRESSION) ? compressed() : copy();
        if (used.contains(Technique.PRECISION)) {
            DynamicQuantization.apply(model, Quantizer.symmetric(Byte.SIZE).perChannel());
        }
        return model;
    }

    private CachedLanguageModel cached(Gpt model) {
        return CachedLanguageModel.of(model).dropping(dropped());
    }

    private int context() {
        return trained.config().contextLength();
    }

    private int dropped() {
        return Math.max(1, context() / 2);
    }

    private int judged() {
        return Math.min(sizes.judged(), validation.length - context());
    }

    private void write(LanguageModel model, int tokens) {
        writer(model).maxTokens(tokens).generate(prompt(), new Generator(seed));
    }

    private String prompt() {
        return tokenizer.decode(Arrays.copyOf(validation, context()));
    }

    private TextGenerator writer(LanguageModel model) {
        return TextGenerator.of(model, tokenizer).sampler(Sampler.temperature(TEMPERATURE));
    }

    /** The mean of −log p over tokens that follow a full context. */
    private double loss(LanguageModel model) {
        double sum = 0;
        for (int at = context(); at < context() + judged(); at++) {
            Tensor logits = Tensors.of(model.next(Arrays.copyOf(validation, at)));
            sum -= Activations.logSoftmax(logits, 0).get(validation[at]);
        }
        return sum / judged();
    }

    private Gpt copy() {
        Gpt copy = new Gpt(trained.config(), new Generator(seed));
        copy.loadStateDict(trained.stateDict());
        return copy;
    }

    /** A copy of what is left; it is trained once, however often it is asked for. */
    private Gpt compressed() {
        if (tuned.isEmpty()) {
            Gpt left = pruned();
            tune(left);
            tuned = Optional.of(left);
        }
        Gpt copy = pruned();
        copy.loadStateDict(tuned.get().stateDict());
        return copy;
    }

    private Gpt pruned() {
        Gpt model = copy();
        for (StructuredPruner pruner : List.of(new HiddenUnitPruner(model), new HeadPruner(model))) {
            pruner.rewire(pruner.strongest(PRUNED));
        }
        return model;
    }

    private void tune(Gpt model) {
        Optimizer optimizer = new AdamW(model.parameters(), sizes.learningRate());
        Trainer.builder(model, new LanguageModelLoss(), optimizer)
                .scheduleEachStep(new CosineWithWarmup(optimizer, 0, sizes.steps()))
                .clipNorm(1)
                .build()
                .fit(new RandomWindows(training, context(), sizes.batch(), sizes.steps(), new Generator(seed)), 1);
    }
}
