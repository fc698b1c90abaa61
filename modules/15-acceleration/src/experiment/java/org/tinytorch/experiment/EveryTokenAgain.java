package org.tinytorch.experiment;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tinytorch.acceleration.AutoBackend;
import org.tinytorch.acceleration.BlockedBackend;
import org.tinytorch.acceleration.ParallelBackend;
import org.tinytorch.acceleration.Workers;
import org.tinytorch.attention.AttentionShape;
import org.tinytorch.attention.DotProductAttention;
import org.tinytorch.optim.Adam;
import org.tinytorch.setup.Stopwatch;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Trainer;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModel;
import org.tinytorch.transformer.LanguageModelLoss;

/**
 * The closing experiment of module 15: what the backends are worth on this computer, and what they cannot help. A text is written token by token, and for each token the model works out the whole text
 * again.
 */
public final class EveryTokenAgain {
    /** Of the model that writes. */
    public static final int VOCABULARY = 60, CONTEXT = 64, LAYERS = 2, WIDTH = 64;

    private static final int HEADS = 4;

    private EveryTokenAgain() {}

    /** The backends of this module, by their names; first the operations' own loops. */
    public static Map<String, Backend> backends() {
        Map<String, Backend> all = new LinkedHashMap<>();
        all.put("plain", Backend.reference());
        all.put("blocked", new BlockedBackend());
        all.put("parallel", new ParallelBackend());
        all.put("auto", new AutoBackend());
        return all;
    }

    /** Does something while a backend is in use, and puts back the one that was. */
    public static void on(Backend backend, Runnable work) {
        Backend before = Backend.use(backend);
        try {
            work.run();
        } finally {
            Backend.use(before);
        }
    }

    // ---- what is computed

    /** The product of a layer of 256 neurons with 256 rows. */
    public static Runnable product() {
        Generator generator = new Generator(1);
        Tensor x = Tensors.randn(generator, 256, 256);
        Tensor weight = Tensors.randn(generator, 256, 256);
        return () -> Operation.run(new MatMul(false, true), x, weight);
    }

    /** 16 images, 16 channels to 32, 3 by 3 taps, 16 by 16 places. */
    public static Runnable convolution() {
        Generator generator = new Generator(1);
        Window window = Window.of(3, 1, 1);
        Tensor x = Tensors.randn(generator, 16, 16, 16, 16);
        Tensor kernels = Tensors.randn(generator, 32, 16, 3, 3);
        return () -> Operation.run(new Convolution(window, window, 1), x, kernels);
    }

    /** A training step of the GPT, 8 windows of 32 tokens. */
    public static Runnable step() {
        Gpt model = gpt();
        Tensor text = Tensors.randint(new Generator(2), VOCABULARY, 8, 33);
        Batch batch = new Batch(text.slice(1, 0, 32), text.slice(1, 1, 33));
        Trainer trainer = Trainer.builder(model, new LanguageModelLoss(), new Adam(model.parameters(), 0.001)).build();
        return () -> trainer.step(List.of(batch));
    }

    /** The GPT that writes, its weights as they were drawn. */
    public static Gpt gpt() {
        return new Gpt(GptConfig.gpt2(VOCABULARY, CONTEXT, LAYERS, HEADS, WIDTH).bias(false), new Generator(1));
    }

    /** A text of so many tokens. */
    public static int[] tokens(int length) {
        return Arrays.stream(Tensors.randint(new Generator(3), VOCABULARY, CONTEXT).data()).limit(length).mapToInt(id -> (int) id).toArray();
    }

    // ---- counting

    /** Counts the multiply-adds of matrix products and attention, and has another backend compute. */
    public static final class Count implements Backend {
        private final Backend inner;
        private long multiplyAdds;

        /** @param inner computes */
        public Count(Backend inner) {
            this.inner = inner;
        }

        @Override
        public Tensor compute(Operation op, Tensor... inputs) {
            Tensor out = inner.compute(op, inputs);
            if (op instanceof MatMul product) {
                multiplyAdds += (long) out.size() * product.sizes(inputs[0].shape(), inputs[1].shape()).k();
            }
            if (op instanceof DotProductAttention attention) {
                AttentionShape shape = AttentionShape.of(attention, inputs);
                for (int query = 0; query < shape.queries(); query++) { // scores and averages
                    multiplyAdds += 2L * shape.visible(attention.causal(), query) * shape.batch() * shape.heads() * shape.width();
                }
            }
            return out;
        }

        /** So far. */
        public long multiplyAdds() {
            return multiplyAdds;
        }
    }

    /** The multiply-adds of the token that follows a text of some length. */
    public static long counted(int length) {
        Count count = new Count(Backend.reference());
        LanguageModel model = LanguageModel.of(gpt());
        on(count, () -> model.next(tokens(length)));
        return count.multiplyAdds();
    }

    /** The same by formula: 12 C² for each token and layer, C · V for the last one, and for the token at place t scores and averages of t vectors. */
    public static long predicted(int length) {
        long pairs = (long) length * (length + 1) / 2;
        return LAYERS * (12L * WIDTH * WIDTH * length + 2 * WIDTH * pairs) + (long) WIDTH * VOCABULARY;
    }

    /** What the last token alone takes, if all before it were known: its own 12 C² for each layer, its own looks at the others, its own logits. */
    public static long needed(int length) {
        return LAYERS * (12L * WIDTH * WIDTH + 2L * WIDTH * length) + (long) WIDTH * VOCABULARY;
    }

    // ---- the story

    /**
     * Tells the story.
     *
     * @param args none
     */
    public static void main(String[] args) {
        say("The same operations, by whoever computes them. Milliseconds, and how many times as fast as the plain loops:");
        say("");
        say("                                              plain            blocked           parallel               auto");
        compare("product, 256 x 256 x 256", product(), 1);
        compare("convolution, 16 to 32 channels", convolution(), 1);
        compare("a training step of a GPT", step(), 3);
        say("");
        say("Threads that parallel and auto use: %d. Where other programs are busy, they have to wait for each other.", Workers.shared().threads());
        say("");
        say("Now the GPT writes (%d blocks, %d wide), with the fastest of them. The token that follows a text of T tokens:", LAYERS, WIDTH);
        say("");
        say("        T     million multiply-adds     of them for the last token     time of one token in ms");
        LanguageModel model = LanguageModel.of(gpt());
        on(new AutoBackend(), () -> {
            millis(() -> model.next(tokens(CONTEXT)), 1);
            for (int length : new int[] {8, 16, 32, 64}) {
                int[] tokens = tokens(length);
                double millis = millis(() -> model.next(tokens), 0.3);
                say("   %6d     %21.3f     %24.1f %%     %24.3f", length, counted(length) / 1e6, 100.0 * needed(length) / counted(length), millis);
            }
        });
        say("");
        long all = 0;
        long alone = 0;
        for (int length = 1; length <= CONTEXT; length++) {
            all += predicted(length);
            alone += needed(length);
        }
        say("A text of %d tokens takes %.1f million multiply-adds. The last tokens alone, each once: %.1f million.", CONTEXT, all / 1e6, alone / 1e6);
        say("What was worked out for the tokens before is worked out again for every token, and it is the same each time.");
    }

    /** @param vectors seconds after which the compiler should have seen enough of the vector loops that the work consists of */
    private static void compare(String what, Runnable work, double vectors) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "   %-32s", what));
        double[] plain = new double[1];
        backends().forEach((name, backend) -> on(backend, () -> {
            double millis = millis(work, name.equals("auto") ? vectors : 0.3);
            plain[0] = name.equals("plain") ? millis : plain[0];
            line.append(String.format(Locale.ROOT, "   %8.3f %5.1f x", millis, plain[0] / millis));
        }));
        say("%s", line);
    }

    /** @param warmUp seconds to run before anything is measured */
    private static double millis(Runnable work, double warmUp) {
        long end = System.nanoTime() + (long) (1e9 * warmUp);
        while (System.nanoTime() < end) {
            work.run();
        }
        return 1e3 * new Stopwatch().repeat(7).measure(work).seconds();
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
