package org.tinytorch.experiment;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.tinytorch.attention.AttentionShape;
import org.tinytorch.attention.DotProductAttention;
import org.tinytorch.optim.Adam;
import org.tinytorch.setup.Stopwatch;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModelLoss;
import org.tinytorch.transformer.LayerNormalise;

/**
 * The closing experiment of module 14: what a training step of a GPT consists of. Every operation passes through one place, {@link Operation#run}, where a {@link Backend} may compute it; here one stands there
 * that has each operation computed by its own loops, and takes notes.
 */
public final class MostlyProducts {
    /** Windows in a step, and tokens in a window. */
    public static final int WINDOWS = 8, CONTEXT = 32;

    private static final int VOCABULARY = 60;
    private static final int LAYERS = 2;
    private static final int HEADS = 4;

    private MostlyProducts() {}

    /** What operations are told apart. */
    public enum Kind {
        /** Of matrices: linear layers and the head, forward and back. */
        PRODUCTS("matrix products"),
        /** Scores, softmax and weighted averages, forward and back. */
        ATTENTION("attention"),
        /** Layer norm, forward and back. */
        NORMS("layer norm"),
        /** All others: sums, GELU, look-ups, the loss. */
        OTHERS("all other operations");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        static Kind of(Operation op) {
            if (op instanceof MatMul) {
                return PRODUCTS;
            }
            if (op instanceof DotProductAttention || op instanceof DotProductAttention.Gradient) {
                return ATTENTION;
            }
            boolean norm = op instanceof LayerNormalise
                    || op instanceof LayerNormalise.InputGradient
                    || op instanceof LayerNormalise.ParameterGradients;
            return norm ? NORMS : OTHERS;
        }
    }

    /**
     * How much of one kind was done.
     *
     * @param calls operations
     * @param multiplyAdds a multiplication and an addition count as one
     * @param nanos how long they took
     */
    public record Work(long calls, long multiplyAdds, long nanos) {
        Work and(Work more) {
            return new Work(calls + more.calls, multiplyAdds + more.multiplyAdds, nanos + more.nanos);
        }
    }

    /** Has each operation computed by its own loops, and takes notes. */
    public static final class Notes implements Backend {
        private final Map<Kind, Work> work = new EnumMap<>(Kind.class);

        @Override
        public Tensor compute(Operation op, Tensor... inputs) {
            long start = System.nanoTime();
            Tensor out = op.forward(inputs);
            Work done = new Work(1, multiplyAdds(op, out, inputs), System.nanoTime() - start);
            work.merge(Kind.of(op), done, Work::and);
            return out;
        }

        /** What was done of a kind. */
        public Work of(Kind kind) {
            return work.getOrDefault(kind, new Work(0, 0, 0));
        }

        /** The part of all multiply-adds that a kind has, from 0 to 1. */
        public double share(Kind kind) {
            return of(kind).multiplyAdds() / (double) sum(Work::multiplyAdds);
        }

        long sum(java.util.function.ToLongFunction<Work> what) {
            return work.values().stream().mapToLong(what).sum();
        }
    }

    /** (m, k) times (k, n) takes m · k · n multiply-adds. What is done number by number counts each number that goes in or comes out: rather too much than too little. */
    static long multiplyAdds(Operation op, Tensor out, Tensor... inputs) {
        if (op instanceof MatMul product) {
            int k = product.sizes(inputs[0].shape(), inputs[1].shape()).k();
            return (long) out.size() * k;
        }
        if (op instanceof DotProductAttention attention) {
            return 2 * pairs(attention, inputs); // scores, averages
        }
        if (op instanceof DotProductAttention.Gradient gradient) {
            Tensor[] before = Arrays.copyOf(inputs, inputs.length - 1);
            return 5 * pairs(gradient.of(), before); // scores again; weights, queries, keys, values
        }
        return out.size() + Arrays.stream(inputs).mapToLong(Tensor::size).sum();
    }

    /** How many pairs of numbers of a query and a key that it sees there are, or of a weight and a value. */
    private static long pairs(DotProductAttention attention, Tensor... inputs) {
        AttentionShape shape = AttentionShape.of(attention, inputs);
        long seen = 0;
        for (int query = 0; query < shape.queries(); query++) {
            seen += shape.visible(attention.causal(), query);
        }
        return seen * shape.batch() * shape.heads() * shape.width();
    }

    // ---- a step

    /** A model that is about to make a step. */
    public static final class Step {
        private final Gpt model;
        private final Adam adam;
        private final Tensor text;

        /**
         * A GPT of two blocks and four heads.
         *
         * @param width of the vector that stands for a token
         */
        public Step(int width) {
            Generator generator = new Generator(1);
            model = new Gpt(GptConfig.gpt2(VOCABULARY, CONTEXT, LAYERS, HEADS, width).bias(false), generator);
            adam = new Adam(model.parameters(), 0.001);
            text = Tensors.randint(generator, VOCABULARY, WINDOWS, CONTEXT + 1);
        }

        /** Forward, back, update. Returns the loss before. */
        public double make() {
            adam.zeroGrad();
            Tensor loss = new LanguageModelLoss()
                    .forward(model.forward(text.slice(1, 0, CONTEXT)), text.slice(1, 1, CONTEXT + 1));
            loss.backward();
            adam.step();
            return loss.item();
        }

        /** The same, with notes of what was done. */
        public Notes watched() {
            Notes notes = new Notes();
            Backend before = Backend.use(notes);
            try {
                make();
            } finally {
                Backend.use(before);
            }
            return notes;
        }
    }

    /** The multiply-adds of a step's matrix products: 12 C² for each token and layer, C · V for the head; as much again for each of two gradients. */
    public static long predicted(long tokens, long layers, long width, long vocabulary) {
        return 3 * tokens * (12 * layers * width * width + width * vocabulary);
    }

    /** The same, of the steps that this experiment makes. */
    public static long predicted(int width) {
        return predicted(WINDOWS * CONTEXT, LAYERS, width, VOCABULARY);
    }

    // ---- the story

    /**
     * Tells the story.
     *
     * @param args none
     */
    public static void main(String[] args) {
        int width = 64;
        Step step = new Step(width);
        double seconds = new Stopwatch().warmUp(10).repeat(5).measure(step::make).seconds();
        Notes notes = step.watched();
        say("A step of a GPT: %d blocks, %d wide, %d windows of %d tokens. What is it made of?", LAYERS, width, WINDOWS, CONTEXT);
        say("");
        say("                          calls   million multiply-adds    share    of the operations' time");
        for (Kind kind : Kind.values()) {
            Work work = notes.of(kind);
            say(
                    "   %-20s  %6d   %21.2f   %5.1f %%   %5.1f %%",
                    kind.words,
                    work.calls(),
                    work.multiplyAdds() / 1e6,
                    100 * notes.share(kind),
                    100.0 * work.nanos() / notes.sum(Work::nanos));
        }
        say("");
        say("   The products alone, by the formula 3 · tokens · (12 · layers · C² + C · V): %.2f million.", predicted(width) / 1e6);
        say("");
        say("The wider, the more of it is products:");
        for (int other : new int[] {16, 32, 64, 128}) {
            say("   %3d wide: %5.1f %%", other, 100 * new Step(other).watched().share(Kind.PRODUCTS));
        }
        say("");
        double speed = predicted(width) / seconds;
        say("A step takes %.0f ms here: your loops do %.2f billion multiply-adds in a second.", 1e3 * seconds, speed / 1e9);
        say("The milestone gpt in full is 4 blocks, 128 wide, 12 windows of 64 tokens, 2,000 steps:");
        double all = 2000.0 * predicted(12 * 64, 4, 128, VOCABULARY);
        say("   %.1f trillion multiply-adds, at this speed %.0f minutes.", all / 1e12, all / speed / 60);
        say("One core of a processor of today can do eight in a cycle, and has some three billion cycles a second.");
        say("");
        ThreeModels.print();
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
