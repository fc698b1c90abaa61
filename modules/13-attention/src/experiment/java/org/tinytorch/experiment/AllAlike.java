package org.tinytorch.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.embedding.Embedding;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The closing experiment of module 13: layers of attention, one upon the other. Each place becomes an average of all, then an average of averages, and in the end all places are alike.
 */
public final class AllAlike {
    /** How many layers are stacked at most. */
    public static final int LAYERS = 4;

    /** How many steps a stack learns. */
    public static final int STEPS = 300;

    /** How many letters there are. */
    public static final int LETTERS = 8;

    private static final int PLACES = 8;
    private static final int WIDTH = 16;
    private static final int HEADS = 2;
    private static final int DRAWS = 20;
    private static final int BATCH = 16;
    private static final double RATE = 0.01;

    private AllAlike() {}

    // ---- averages of averages

    /**
     * Two numbers after some rounds, in each of which the first becomes 0.7 of itself and 0.3 of the other, the second 0.4 of the first and 0.6 of itself.
     *
     * @param rounds how many
     */
    public static double[] averaged(int rounds) {
        double[] x = {0, 10};
        for (int i = 0; i < rounds; i++) {
            x = new double[] {0.7 * x[0] + 0.3 * x[1], 0.4 * x[0] + 0.6 * x[1]};
        }
        return x;
    }

    // ---- how alike the places are

    /** The mean cosine between the vectors of each two places of x, {@code (1, T, C)}: 1 if all point the same way. */
    public static double likeness(Tensor x) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < x.dim(1); i++) {
            for (int j = 0; j < i; j++) {
                sum += cosine(x.select(0, 0).select(0, i), x.select(0, 0).select(0, j));
                pairs++;
            }
        }
        return sum / pairs;
    }

    private static double cosine(Tensor a, Tensor b) {
        return a.mul(b).sum().item()
                / Math.sqrt(a.mul(a).sum().item() * b.mul(b).sum().item());
    }

    /** Layers as they are drawn, without biases: what makes places alike is in the attention alone. */
    private static List<Layer> layers(int count, Generator generator) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            layers.add(
                    MultiHeadAttention.builder(WIDTH, HEADS).bias(false).build(generator));
        }
        return layers;
    }

    /**
     * How alike random vectors are before the first layer and behind each, on the average over some draws of vectors and weights.
     *
     * @param larger by what the weights are multiplied that {@code Linear} draws; with √3 a layer keeps the size of random vectors
     */
    public static double[] likenesses(double larger) {
        double[] means = new double[LAYERS + 1];
        try (NoGrad scope = NoGrad.enter()) {
            for (int seed = 0; seed < DRAWS; seed++) {
                Generator generator = new Generator(seed);
                Tensor x = Tensors.randn(generator, 1, PLACES, WIDTH);
                means[0] += likeness(x) / DRAWS;
                List<Layer> layers = layers(LAYERS, generator);
                for (int i = 0; i < LAYERS; i++) {
                    layers.get(i).parameters().forEach(weight -> weight.copyFrom(weight.mul(larger)));
                    x = layers.get(i).forward(x);
                    means[i + 1] += likeness(x) / DRAWS;
                }
            }
        }
        return means;
    }

    // ---- can such a stack learn?

    /**
     * What a stack has learnt.
     *
     * @param layers of attention
     * @param loss the cross-entropy on new letters
     * @param right the part of them that is right
     */
    public record Run(int layers, double loss, double right) {}

    /** The easiest task there is: each place says which letter stands there. */
    public static Run learn(int layers) {
        Generator generator = new Generator(1);
        List<Layer> all = new ArrayList<>();
        all.add(new Embedding(LETTERS, WIDTH, generator));
        all.addAll(layers(layers, generator));
        all.add(new Linear(WIDTH, LETTERS, generator));
        Sequential model = new Sequential(all.toArray(Layer[]::new));
        Adam adam = new Adam(model.parameters(), RATE);
        for (int step = 0; step < STEPS; step++) {
            Tensor letters = Tensors.randint(generator, LETTERS, BATCH, PLACES);
            adam.zeroGrad();
            loss(model, letters).backward();
            adam.step();
        }
        Tensor fresh = Tensors.randint(new Generator(2), LETTERS, 10 * BATCH, PLACES);
        try (NoGrad scope = NoGrad.enter()) {
            double right = model.forward(fresh).argmax(-1).eq(fresh).mean().item();
            return new Run(layers, loss(model, fresh).item(), right);
        }
    }

    private static Tensor loss(Layer model, Tensor letters) {
        Tensor scores = model.forward(letters).reshape(letters.size(), LETTERS);
        return new CrossEntropyLoss().forward(scores, letters.reshape(letters.size()));
    }

    // ---- the story

    /**
     * Tells the story.
     *
     * @param args none
     */
    public static void main(String[] args) {
        say("1. Two numbers, each of which becomes an average of both, again and again:");
        for (int round = 0; round <= LAYERS; round++) {
            double[] x = averaged(round);
            say("   rounds %d   %6.3f %6.3f   difference %6.3f", round, x[0], x[1], x[1] - x[0]);
        }
        say("");
        say("2. %d random vectors through %d layers of attention, mean of %d draws.", PLACES, LAYERS, DRAWS);
        say("   How alike are the vectors of two places? The cosine is 0 for not at all, 1 for the same direction.");
        double[] drawn = likenesses(1);
        double[] larger = likenesses(Math.sqrt(3));
        say("              weights as drawn   weights 1.73 times as large");
        for (int layer = 0; layer <= LAYERS; layer++) {
            say("   layers %d   %9.6f          %9.6f", layer, drawn[layer], larger[layer]);
        }
        say("");
        say("3. Each place is to say which of %d letters stands there. %d steps:", LETTERS, STEPS);
        for (int layers : new int[] {0, 1, 2, LAYERS}) {
            Run run = learn(layers);
            say("   layers %d   loss %.4f   right %5.1f %%", run.layers(), run.loss(), 100 * run.right());
        }
        say("   guessed    loss %.4f   right %5.1f %%", Math.log(LETTERS), 100.0 / LETTERS);
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
