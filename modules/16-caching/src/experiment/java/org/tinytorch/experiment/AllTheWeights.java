package org.tinytorch.experiment;

import java.util.Arrays;
import java.util.Locale;
import org.tinytorch.attention.AttentionShape;
import org.tinytorch.attention.DotProductAttention;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.caching.CachedLanguageModel;
import org.tinytorch.caching.GptCache;
import org.tinytorch.caching.IncrementalAttention;
import org.tinytorch.setup.Stopwatch;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModel;
import org.tinytorch.transformer.Sampler;

/**
 * The closing experiment of module 16: with a cache a token costs the same, however long the text is. What is left? For each token every weight is read, and used once. A backend takes notes of both, and has each
 * operation computed as before.
 */
public final class AllTheWeights {
    /** The vocabulary of all models here, and the longest text. */
    public static final int VOCABULARY = 60, CONTEXT = 128;

    /** How many texts are written at once. */
    public static final int TEXTS = 8;

    /** How long a prompt is. */
    public static final int PROMPT = 64;

    private AllTheWeights() {}

    /**
     * What some work consisted of.
     *
     * @param products multiply-adds of matrix products
     * @param attention multiply-adds of scores and averages
     * @param weights numbers of weights that were read by the matrix products, each time they were
     */
    public record Work(long products, long attention, long weights) {
        Work and(Work more) {
            return new Work(products + more.products, attention + more.attention, weights + more.weights);
        }

        /** All multiply-adds. */
        public long multiplyAdds() {
            return products + attention;
        }

        /** How often a weight is used when it is read. */
        public double uses() {
            return products / (double) weights;
        }
    }

    /** Does some work within {@code NoGrad}, and takes notes of it. */
    public static Work of(Runnable work) {
        Work[] sum = {new Work(0, 0, 0)};
        Backend before = Backend.current();
        Backend.use((op, inputs) -> {
            sum[0] = sum[0].and(note(op, inputs));
            return before.compute(op, inputs);
        });
        try (NoGrad scope = NoGrad.enter()) {
            work.run();
        } finally {
            Backend.use(before);
        }
        return sum[0];
    }

    private static Work note(Operation op, Tensor... inputs) {
        if (op instanceof MatMul product) {
            MatMul.Sizes sizes = product.sizes(inputs[0].shape(), inputs[1].shape());
            return new Work((long) sizes.result().size() * sizes.k(), 0, inputs[1].size());
        }
        if (op instanceof IncrementalAttention kept) {
            return new Work(0, 2L * inputs[0].size() * kept.kept(), 0);
        }
        if (op instanceof DotProductAttention attention) {
            AttentionShape shape = AttentionShape.of(attention, inputs);
            long seen = 0;
            for (int query = 0; query < shape.queries(); query++) {
                seen += shape.visible(attention.causal(), query);
            }
            return new Work(0, 2 * seen * shape.batch() * shape.heads() * shape.width(), 0);
        }
        return new Work(0, 0, 0);
    }

    // ---- a token

    /** A GPT of four heads, untrained: what it says makes no difference to the work. */
    public static Gpt model(int layers, int width) {
        return new Gpt(GptConfig.gpt2(VOCABULARY, CONTEXT, layers, 4, width), new Generator(1));
    }

    /** Some text. */
    public static int[] text(int length) {
        return Arrays.stream(Tensors.randint(new Generator(2), VOCABULARY, length).data())
                .mapToInt(id -> (int) id)
                .toArray();
    }

    /** The work of the token that follows so many, all worked out anew. */
    public static Work anew(Gpt gpt, int length) {
        return of(() -> LanguageModel.of(gpt).next(text(length)));
    }

    /** The same by a model that remembers all but the last of them. */
    public static Work remembered(Gpt gpt, int length) {
        CachedLanguageModel cached = CachedLanguageModel.of(gpt);
        cached.next(text(length - 1));
        return of(() -> cached.next(text(length)));
    }

    /** The work of a prompt, all its places at once. */
    public static Work prompt(Gpt gpt, int length) {
        return of(() -> gpt.forward(ids(1, length), GptCache.of(gpt).stores()));
    }

    /** The work of one token more for each of some texts, all written at once. */
    public static Work together(Gpt gpt, int texts) {
        GptCache cache = GptCache.of(gpt);
        of(() -> gpt.last(ids(texts, PROMPT), cache.stores()));
        return of(() -> gpt.last(ids(texts, 1), cache.stores()));
    }

    private static Tensor ids(int texts, int length) {
        return Tensors.randint(new Generator(3), VOCABULARY, texts, length);
    }

    /** The weights that a token has to read: 12 C² in each layer, C · V for the head. */
    public static long weights(int layers, int width) {
        return 12L * layers * width * width + (long) width * VOCABULARY;
    }

    /** Goes on from one token until the context is full, always with the likeliest. */
    public static int[] write(LanguageModel model) {
        int[] tokens = {1};
        while (tokens.length < CONTEXT) {
            int next = Sampler.greedy().pick(model.next(tokens), tokens, new Generator(1));
            tokens = Arrays.copyOf(tokens, tokens.length + 1);
            tokens[tokens.length - 1] = next;
        }
        return tokens;
    }

    // ---- the story

    /**
     * Tells the story.
     *
     * @param args none
     */
    public static void main(String[] args) {
        lengths(2, 64);
        writing(2, 128);
        uses();
        memory(8, 256);
    }

    private static void lengths(int layers, int width) {
        Gpt gpt = model(layers, width);
        say("The work of one token, in thousand multiply-adds (a GPT of %d blocks, %d wide):", layers, width);
        say("");
        say("   tokens so far     all anew     with a cache: products, attention     anew / cached");
        for (int length : new int[] {8, 16, 32, 64, 128}) {
            Work anew = anew(gpt, length);
            Work cached = remembered(gpt, length);
            say(
                    "   %13d   %10.1f   %23.1f   %9.1f   %15.1f",
                    length,
                    anew.multiplyAdds() / 1e3,
                    cached.products() / 1e3,
                    cached.attention() / 1e3,
                    anew.multiplyAdds() / (double) cached.multiplyAdds());
        }
        say("");
    }

    private static void writing(int layers, int width) {
        Gpt gpt = model(layers, width);
        double without = seconds(1, 1, () -> write(LanguageModel.of(gpt)));
        double with = seconds(3, 5, () -> write(CachedLanguageModel.of(gpt)));
        say("%d tokens, written by one of %d blocks, %d wide:", CONTEXT - 1, layers, width);
        say("");
        say("   all anew %.0f ms, with a cache %.0f ms: %.1f times as fast", 1e3 * without, 1e3 * with, without / with);
        say("");
    }

    private static void uses() {
        Gpt gpt = model(2, 64);
        say("How often is a weight used when it is read?");
        say("");
        say("   a prompt of %d tokens          %5.0f times", PROMPT, prompt(gpt, PROMPT).uses());
        say("   a token of each of %d texts     %5.0f times", TEXTS, together(gpt, TEXTS).uses());
        say("   a token of one text            %5.0f time", remembered(gpt, PROMPT).uses());
        say("");
    }

    private static void memory(int layers, int width) {
        Gpt gpt = model(layers, width);
        long weights = weights(layers, width);
        say("A larger one: %d blocks, %d wide. A token reads %.1f million weights.", layers, width, weights / 1e6);
        say("");
        speed(PROMPT + " tokens of a prompt", weights, seconds(2, 3, () -> prompt(gpt, PROMPT)) / PROMPT);
        speed("a token of each of " + TEXTS + " texts", weights, perToken(gpt, TEXTS));
        speed("a token of one text", weights, perToken(gpt, 1));
        double[] numbers = new double[(int) weights];
        Arrays.fill(numbers, 1);
        double[] sum = new double[1];
        say("   to add up as many numbers  %8.2f ms, on one thread", 1e3 * seconds(10, 11, () -> sum[0] = sum(numbers)));
        say("");
        say("The arithmetic is the same. Token by token, each weight comes all the way from the memory for one multiply-add. Bytes to be read for one token:");
        say("");
        for (int bytes : new int[] {8, 4, 2, 1}) {
            say("   a weight of %d byte%s    %6.1f MB", bytes, bytes == 1 ? " " : "s", weights * bytes / 1e6);
        }
    }

    private static void speed(String what, long weights, double seconds) {
        say("   %-25s  %8.2f ms a token  %8.2f billion multiply-adds a second", what, 1e3 * seconds, weights / seconds / 1e9);
    }

    private static double perToken(Gpt gpt, int texts) {
        int steps = 8;
        GptCache cache = GptCache.of(gpt);
        double all = seconds(3, 9, () -> of(() -> {
            cache.truncate(0);
            for (int i = 0; i < steps; i++) {
                gpt.last(ids(texts, 1), cache.stores());
            }
        }));
        return all / (steps * texts);
    }

    private static double seconds(int warmUps, int repeats, Runnable work) {
        return new Stopwatch().warmUp(warmUps).repeat(repeats).measure(work).seconds();
    }

    /** Four sums, so that no addition waits for the one before it. */
    private static double sum(double... numbers) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (int i = 0; i + 3 < numbers.length; i += 4) {
            a += numbers[i];
            b += numbers[i + 1];
            c += numbers[i + 2];
            d += numbers[i + 3];
        }
        return a + b + c + d;
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
