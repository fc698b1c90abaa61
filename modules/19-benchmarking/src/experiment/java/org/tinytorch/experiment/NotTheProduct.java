package org.tinytorch.experiment;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.benchmarking.AbResult;
import org.tinytorch.benchmarking.AbTest;
import org.tinytorch.benchmarking.CostTable;
import org.tinytorch.benchmarking.FlopCount;
import org.tinytorch.benchmarking.FlopCounter;
import org.tinytorch.benchmarking.WarmUp;
import org.tinytorch.compression.ChannelPruner;
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
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Trainer;

/**
 * The closing experiment of module 19: two gains, each measured alone, and both together. A digit is read by comparing it with known ones: a network makes a few numbers of each
 * image, its code, and the known image whose code is nearest says which digit it is. The network can be made narrower, and the codes of the known images can be kept.
 */
public final class NotTheProduct {
    /** Known images, images to read, and sizes of the network. */
    public static final int KNOWN = 500, QUESTIONS = 250, PIXELS = 64, HIDDEN = 192, NARROW = 64, CODE = 32;

    private static final DataSplit DIGITS = UciDigits.load().split(0.2, new Generator(1));
    private static final Tensor KNOWN_IMAGES = DIGITS.train().images(0, KNOWN);
    private static final Tensor KNOWN_LABELS = DIGITS.train().labels(0, KNOWN);
    private static final Tensor IMAGES = DIGITS.test().images(0, QUESTIONS);
    private static final Tensor LABELS = DIGITS.test().labels(0, QUESTIONS);

    private NotTheProduct() {}

    /** Reads digits by the nearest code. */
    public static final class Reader {
        private final Layer encoder;
        private final Optional<Tensor> kept;

        private Reader(Layer encoder, Optional<Tensor> kept) {
            this.encoder = encoder;
            this.kept = kept;
        }

        /** With an encoder; each time it reads, it makes the codes of the known images anew. */
        public static Reader of(Layer encoder) {
            return new Reader(encoder, Optional.empty());
        }

        /** The same, with the codes of the known images made once and for all. */
        public Reader keeping() {
            try (NoGrad scope = NoGrad.enter()) {
                return new Reader(encoder, Optional.of(encoder.forward(KNOWN_IMAGES)));
            }
        }

        /** For each question the place of the known image that is nearest: a − b squared is a² − 2ab + b², and a² is the same for all. */
        public Tensor nearest() {
            try (NoGrad scope = NoGrad.enter()) {
                Tensor known = kept.orElseGet(() -> encoder.forward(KNOWN_IMAGES));
                Tensor products = encoder.forward(IMAGES).matmul(known.transpose());
                return products.mul(2).sub(known.mul(known).sum(1)).argmax(1);
            }
        }

        /** The share of the questions that it reads right. */
        public double right() {
            return KNOWN_LABELS.indexSelect(0, nearest()).eq(LABELS).mean().item();
        }

        /** What it does for all questions. */
        public FlopCount count() {
            return FlopCounter.count(CostTable.standard(), encoder, this::nearest);
        }

        /** Its multiply-adds, those of the encoder and those of the comparison. */
        public long multiplyAdds() {
            return count().total().multiplyAdds();
        }
    }

    /** An encoder that has learnt, as all but the last layer of a network that names digits. */
    public static Sequential trained() {
        Generator generator = new Generator(1);
        Sequential encoder = new Sequential(new Flatten(), new Linear(PIXELS, HIDDEN, generator), new ReLU(), new Linear(HIDDEN, CODE, generator));
        train(encoder, 8);
        return encoder;
    }

    /** The third of the hidden units that have the largest weights, which then learn on for a while. */
    public static Sequential narrowed() {
        Sequential encoder = trained();
        ChannelPruner pruner = new ChannelPruner(encoder);
        pruner.rewire(pruner.strongest(1 - NARROW / (double) HIDDEN));
        train(encoder, 2);
        return encoder;
    }

    private static void train(Layer encoder, int epochs) {
        Sequential model = new Sequential(encoder, new ReLU(), new Linear(CODE, 10, new Generator(2)));
        Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.003))
                .build()
                .fit(DataLoader.of(DIGITS.train(), 32).shuffled(new Generator(3)), epochs);
        encoder.eval();
    }

    /** What a reader takes that makes so many codes with so many hidden units: two products for each code, one number for each pair and each place of a code. */
    public static long predicted(int codes, int hidden) {
        return (long) codes * (PIXELS * hidden + hidden * CODE) + (long) QUESTIONS * KNOWN * CODE;
    }

    // ---- the story

    /**
     * Tells the story.
     *
     * @param args none
     */
    public static void main(String[] args) {
        say("%d digits are read by comparing them with %d known ones: %d → %d → %d numbers each, then the nearest.", QUESTIONS, KNOWN, PIXELS, HIDDEN, CODE);
        say("");
        Reader plain = Reader.of(trained());
        Reader narrow = Reader.of(narrowed());
        Reader kept = plain.keeping();
        Reader both = narrow.keeping();
        say("                               million multiply-adds              times as fast");
        say("                            encoder  comparison    all     counted  measured (95 %%)          right");
        row("as it was", plain, plain);
        row("1: a third of the units", narrow, plain);
        row("2: known codes are kept", kept, plain);
        row("1 and 2 together", both, plain);
        say("");
        double one = ratio(plain, narrow);
        double two = ratio(plain, kept);
        say("Each alone, they promise %.2f · %.2f = %.2f. Together they are %.2f.", one, two, one * two, ratio(plain, both));
        double cost = kept.right() - both.right();
        say("The narrower network is worth %.2f alone, %.2f where the codes are kept; it costs %.1f %% of the digits either way.", one, ratio(kept, both), 100 * cost);
        say("Were the encoder free, it would be %.2f, and no more: the comparison stays.", plain.multiplyAdds() / (double) comparison(plain));
    }

    private static void row(String name, Reader reader, Reader plain) {
        FlopCount count = reader.count();
        String measured = reader == plain ? "" : measured(plain, reader);
        say(
                "   %-23s  %8.2f  %10.2f  %5.2f  %9.2f   %-23s  %5.1f %%",
                name,
                (count.total().multiplyAdds() - count.outside().multiplyAdds()) / 1e6,
                count.outside().multiplyAdds() / 1e6,
                count.total().multiplyAdds() / 1e6,
                ratio(plain, reader),
                measured,
                100 * reader.right());
    }

    private static String measured(Reader plain, Reader reader) {
        AbResult result = new AbTest()
                .warmUp(WarmUp.untilSettled(0.05, Duration.ofMillis(500), 500).within(Duration.ofSeconds(2)))
                .pairs(20)
                .compare("as it was", plain::nearest, "changed", reader::nearest);
        return String.format(
                Locale.ROOT, "%.2f (%.2f to %.2f)", result.ratio(), result.interval().low(), result.interval().high());
    }

    private static long comparison(Reader reader) {
        return reader.count().outside().multiplyAdds();
    }

    /** How many times as fast, if multiply-adds were all that takes time. */
    public static double ratio(Reader before, Reader after) {
        return before.multiplyAdds() / (double) after.multiplyAdds();
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
