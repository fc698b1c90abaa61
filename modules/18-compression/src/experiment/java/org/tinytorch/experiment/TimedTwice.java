package org.tinytorch.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.compression.ChannelPruner;
import org.tinytorch.compression.Distillation;
import org.tinytorch.compression.DistillationLoss;
import org.tinytorch.compression.MagnitudePruner;
import org.tinytorch.compression.PruningMasks;
import org.tinytorch.compression.PruningSchedule;
import org.tinytorch.compression.Sparse;
import org.tinytorch.compression.SparseLinear;
import org.tinytorch.data.DataLoader;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.UciDigits;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Evaluator;
import org.tinytorch.training.Modes;
import org.tinytorch.training.Trainer;
import org.tinytorch.training.TrainingListener;

/**
 * The closing experiment of module 18: one network that reads digits, made smaller in four ways. What each takes is counted, and is the same whenever it is counted. How long each takes is measured,
 * once each, and then once more.
 */
public final class TimedTwice {
    private static final DataSplit DIGITS = UciDigits.load().split(0.25, new Generator(1));
    private static final int HIDDEN = 128;
    private static final int STUDENT = 16;
    private static final int TURNS = 10;

    private TimedTwice() {}

    /**
     * A network, what it takes, and what it can do.
     *
     * @param name how it was made
     * @param model the network
     * @param bytes of its weights and biases
     * @param multiplyAdds for an image, of its products
     * @param accuracy the share of the test images that it reads right
     */
    public record Network(String name, Layer model, long bytes, long multiplyAdds, double accuracy) {
        static Network of(String name, Layer model) {
            long bytes = 0;
            long multiplyAdds = 0;
            for (Layer layer : model.namedLayers().values()) {
                if (layer instanceof Linear dense) {
                    bytes += 8L * dense.out() * (dense.in() + 1);
                    multiplyAdds += (long) dense.out() * dense.in();
                } else if (layer instanceof SparseLinear sparse) {
                    bytes += sparse.weight().bytes() + 8L * sparse.weight().rows();
                    multiplyAdds += sparse.weight().stored();
                }
            }
            return new Network(name, model, bytes, multiplyAdds, accuracyOf(model));
        }

        /** One pass through all test images. */
        public Tensor read() {
            try (Modes modes = Modes.evaluation(model);
                    NoGrad scope = NoGrad.enter()) {
                return model.forward(DIGITS.test().images(0, DIGITS.test().size()));
            }
        }
    }

    // ---- the networks

    private static Sequential fresh(int hidden) {
        Generator generator = new Generator(3);
        return new Sequential(new Flatten(), new Linear(64, hidden, generator), new ReLU(), new Linear(hidden, 10, generator));
    }

    private static DataLoader batches() {
        return DataLoader.of(DIGITS.train(), 32).shuffled(new Generator(2));
    }

    private static void learn(Sequential model, Loss loss, Iterable<Batch> data, int epochs, TrainingListener listener) {
        Trainer.builder(model, loss, new Adam(model.parameters(), 0.005)).listener(listener).build().fit(data, epochs);
    }

    private static double accuracyOf(Layer model) {
        return new Evaluator(model, new CrossEntropyLoss(), new Accuracy()).evaluate(DataLoader.of(DIGITS.test(), 64)).get("accuracy");
    }

    /** The full network first. They learn by plain loops, so that they are the same networks on every machine. */
    public static List<Network> networks() {
        Backend before = Backend.use(Backend.reference());
        try {
            CrossEntropyLoss loss = new CrossEntropyLoss();
            TrainingListener nobody = new TrainingListener() {};
            Sequential full = fresh(HIDDEN);
            learn(full, loss, batches(), 10, nobody);

            Sequential pruned = copy(full);
            PruningMasks masks = MagnitudePruner.global().masks(pruned, 0.9);
            learn(pruned, loss, batches(), 5, PruningSchedule.keep(pruned, masks));

            Sequential sparse = copy(pruned);
            Sparse.convert(sparse, 0.2);

            Sequential narrow = copy(full);
            ChannelPruner channels = new ChannelPruner(narrow);
            channels.rewire(channels.strongest(0.5));
            learn(narrow, loss, batches(), 5, nobody);

            Sequential student = fresh(STUDENT);
            learn(student, new DistillationLoss(4, 0.5), Distillation.batches(full, batches()), 10, nobody);

            return List.of(
                    Network.of("full, 128 units", full),
                    Network.of("nine of ten weights 0", pruned),
                    Network.of("the same, zeros skipped", sparse),
                    Network.of("half of the units", narrow),
                    Network.of("a student of 16 units", student));
        } finally {
            Backend.use(before);
        }
    }

    private static Sequential copy(Sequential model) {
        Sequential other = fresh(HIDDEN);
        other.loadStateDict(model.stateDict());
        return other;
    }

    // ---- the times

    /** How long each network takes to read all test images, one run each, in the order of the list; nanoseconds, by name. */
    public static Map<String, Long> turn(List<Network> order) {
        Map<String, Long> times = new LinkedHashMap<>();
        for (Network network : order) {
            long start = System.nanoTime();
            network.read();
            times.put(network.name(), System.nanoTime() - start);
        }
        return times;
    }

    /** The same networks, the last one first. */
    public static List<Network> backwards(List<Network> networks) {
        List<Network> order = new ArrayList<>(networks);
        Collections.reverse(order);
        return order;
    }

    // ---- the story

    /**
     * Tells the story.
     *
     * @param args none
     */
    public static void main(String[] args) {
        List<Network> networks = networks();
        Map<String, Long> first = turn(networks);
        Map<String, Long> second = turn(backwards(networks));
        String full = networks.get(0).name();
        say("One network that reads digits, made smaller in four ways. These are counted, or read off the test images:");
        say("");
        say("                              bytes   multiply-adds an image   right");
        for (Network network : networks) {
            say("   %-24s %8d   %22d   %5.1f %%", network.name(), network.bytes(), network.multiplyAdds(), 100 * network.accuracy());
        }
        say("");
        say("And these are measured: one run each through %d images, from the top down; then one run each from the bottom up.", DIGITS.test().size());
        say("");
        say("                              first turn     times as fast    second turn     times as fast");
        for (Network network : networks) {
            long one = first.get(network.name());
            long two = second.get(network.name());
            say(
                    "   %-24s %9.3f ms   %13.2f   %9.3f ms   %13.2f",
                    network.name(),
                    one / 1e6,
                    first.get(full) / (double) one,
                    two / 1e6,
                    second.get(full) / (double) two);
        }
        say("   the fastest              %s; then %s", fastest(first), fastest(second));
        say("");
        say("%d turns more, each in an order of its own:", TURNS);
        List<Map<String, Long>> turns = new ArrayList<>();
        Generator generator = new Generator(System.nanoTime());
        for (int i = 0; i < TURNS; i++) {
            List<Network> order = new ArrayList<>();
            for (int place : generator.permutation(networks.size())) {
                order.add(networks.get(place));
            }
            turns.add(turn(order));
        }
        for (Network network : networks.subList(1, networks.size())) {
            double[] ratios = turns.stream()
                    .mapToDouble(times -> times.get(full) / (double) times.get(network.name()))
                    .sorted()
                    .toArray();
            long wins = turns.stream().filter(times -> fastest(times).equals(network.name())).count();
            say(
                    "   %-24s from %5.2f to %5.2f times as fast as the full one; the fastest in %d of %d turns",
                    network.name(),
                    DoubleStream.of(ratios).min().orElseThrow(),
                    DoubleStream.of(ratios).max().orElseThrow(),
                    wins,
                    TURNS);
        }
        say("");
        say("The networks are the same, and so are their bytes and multiply-adds. Which one is fast, and by how much?");
    }

    private static String fastest(Map<String, Long> times) {
        return times.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
