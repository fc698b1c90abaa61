package org.tinytorch.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.data.DataLoader;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.UciDigits;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.setup.Stopwatch;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.ConvolutionInputGradient;
import org.tinytorch.spatial.ConvolutionWeightGradient;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Modes;
import org.tinytorch.training.Trainer;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModel;
import org.tinytorch.transformer.LanguageModelLoss;
import org.tinytorch.transformer.RandomWindows;
import org.tinytorch.transformer.SequentialWindows;
import org.tinytorch.transformer.TokenLoss;

/** Where phases 2 and 3 have left us: what the three kinds of models that were trained in them weigh, compute and take. The modules of phase 4 come back to this table. */
public final class ThreeModels {
    /** Images in a step. */
    public static final int BATCH = 32;

    private ThreeModels() {}

    /** Adds up multiply-adds, and has each operation computed by its own loops. */
    public static final class Count implements Backend {
        private long products;
        private long convolutions;
        private long others;

        @Override
        public Tensor compute(Operation op, Tensor... inputs) {
            Tensor out = op.forward(inputs);
            long slid = multiplyAdds(op, inputs);
            if (slid > 0) {
                convolutions += slid;
            } else if (op instanceof MatMul) {
                products += MostlyProducts.multiplyAdds(op, out, inputs);
            } else {
                others += MostlyProducts.multiplyAdds(op, out, inputs);
            }
            return out;
        }

        /** Of a convolution or one of its gradients: every tap at every place of every output, the zeros of the padding among them; 0 of other operations. */
        private static long multiplyAdds(Operation op, Tensor... inputs) {
            if (op instanceof Convolution convolution) {
                return of(convolution, convolution.sizes(inputs[0].shape(), inputs[1].shape()));
            }
            if (op instanceof ConvolutionInputGradient back) {
                return of(back.convolution(), back.sizes(inputs[0].shape(), inputs[1].shape()));
            }
            if (op instanceof ConvolutionWeightGradient back) {
                return of(back.convolution(), back.sizes(inputs[0].shape(), inputs[1].shape()));
            }
            return 0;
        }

        private static long of(Convolution convolution, Convolution.Sizes sizes) {
            Shape result = sizes.result();
            int taps = sizes.channels() / convolution.groups() * convolution.rows().size() * convolution.columns().size();
            return (long) result.size() * taps;
        }

        /** Of matrix products. */
        public long products() {
            return products;
        }

        /** Of convolutions, forward and back. */
        public long convolutions() {
            return convolutions;
        }

        /** Of everything. */
        public long all() {
            return products + convolutions + others;
        }
    }

    /**
     * A trained model.
     *
     * @param step one more step of the training
     * @param prediction one image, or one token
     * @param quality how good it is
     */
    public record Subject(String name, Layer model, Runnable step, Runnable prediction, DoubleSupplier quality) {
        /** What a piece of work consists of. */
        public Count count(Runnable work) {
            Count count = new Count();
            Backend before = Backend.use(count);
            try {
                work.run();
            } finally {
                Backend.use(before);
            }
            return count;
        }

        /** Of the weights, 8 for each number. */
        public long bytes() {
            return Double.BYTES * model.parameterCount();
        }
    }

    // ---- the models

    /** Phase 2: an image is a list of pixels. */
    public static Subject mlp() {
        Generator generator = new Generator(1);
        Sequential model = new Sequential(new Flatten(), new Linear(64, 128, generator), new ReLU(), new Linear(128, 10, generator));
        return digits("MLP 64-128-10", model, 10);
    }

    /** Phase 2: pixels have neighbours. */
    public static Subject cnn() {
        Generator generator = new Generator(1);
        Sequential model = new Sequential(
                Conv2d.builder(1, 16, 3).same().build(generator),
                new ReLU(),
                new MaxPool2d(2),
                Conv2d.builder(16, 32, 3).same().build(generator),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(128, 128, generator),
                new ReLU(),
                new Linear(128, 10, generator));
        return digits("CNN, 2 convolutions", model, 3);
    }

    private static Subject digits(String name, Sequential model, int epochs) {
        DataSplit images = UciDigits.load().split(0.2, new Generator(1));
        Trainer trainer = Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.003)).metrics(new Accuracy()).build();
        trainer.fit(DataLoader.of(images.train(), BATCH).shuffled(new Generator(1)), epochs);
        Batch batch = new Batch(images.train().images(0, BATCH), images.train().labels(0, BATCH));
        Tensor image = images.test().images(0, 1);
        return new Subject(
                name,
                model,
                () -> trainer.step(List.of(batch)),
                () -> {
                    try (Modes modes = Modes.evaluation(model); NoGrad scope = NoGrad.enter()) {
                        model.forward(image);
                    }
                },
                () -> trainer.evaluate(DataLoader.of(images.test(), BATCH)).get("accuracy"));
    }

    /** Phase 3: two blocks, 64 wide, that learn a nursery rhyme. */
    public static Subject gpt() {
        String text = rhyme();
        CharTokenizer letters = CharTokenizer.of(text);
        int[] tokens = letters.encode(text);
        Gpt model = new Gpt(GptConfig.gpt2(letters.vocabularySize(), 32, 2, 4, 64).bias(false), new Generator(1));
        Trainer trainer = Trainer.builder(model, new LanguageModelLoss(), new Adam(model.parameters(), 0.005)).metrics(new TokenLoss()).build();
        trainer.fit(new RandomWindows(tokens, 32, 8, 40, new Generator(1)), 1);
        Batch batch = new RandomWindows(tokens, 32, 8, 1, new Generator(2)).iterator().next();
        int[] prompt = Arrays.copyOf(tokens, 32);
        LanguageModel next = LanguageModel.of(model);
        return new Subject(
                "GPT, 2 blocks of 64",
                model,
                () -> trainer.step(List.of(batch)),
                () -> next.next(prompt),
                () -> trainer.evaluate(new SequentialWindows(tokens, 32, 8)).get("token_loss"));
    }

    private static String rhyme() {
        String[] lines = {"the house that Jack built.\n", "the malt that lay in ", "the rat that ate ", "the cat that killed ", "the dog that worried ", "the cow that tossed "};
        StringBuilder text = new StringBuilder();
        for (int verse = 0; verse < lines.length; verse++) {
            text.append("This is ");
            for (int i = verse; i >= 0; i--) {
                text.append(lines[i]);
            }
        }
        return text.toString();
    }

    // ---- the table

    /** Prints the table: what a computer has to do for each of the models, and how long this one takes. */
    public static void print() {
        say("The models of phases 2 and 3, each trained for a moment, on this computer:");
        say("");
        say("                          parameters   weights     a step   a prediction   million multiply-adds     of a step: products   convolutions");
        say("                                       in kB       in ms          in ms    a step   a prediction");
        for (Subject subject : List.of(mlp(), cnn(), gpt())) {
            Count step = subject.count(subject.step());
            Count prediction = subject.count(subject.prediction());
            say(
                    "   %-20s   %10d   %7.1f   %8.2f       %8.3f   %7.2f        %7.3f           %13.1f %%         %5.1f %%",
                    subject.name(),
                    subject.model().parameterCount(),
                    subject.bytes() / 1024.0,
                    millis(subject.step()),
                    millis(subject.prediction()),
                    step.all() / 1e6,
                    prediction.all() / 1e6,
                    100.0 * step.products() / step.all(),
                    100.0 * step.convolutions() / step.all());
        }
        say("");
        say("A step is %d images, or 8 windows of 32 tokens; a prediction one image, or one token after 31 others.", BATCH);
        say("Write the table down, or keep this output: the modules of phase 4 will change it column by column.");
    }

    private static double millis(Runnable work) {
        return 1e3 * new Stopwatch().warmUp(10).repeat(9).measure(work).seconds();
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
