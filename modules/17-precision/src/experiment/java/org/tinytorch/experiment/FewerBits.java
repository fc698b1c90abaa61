package org.tinytorch.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.tinytorch.precision.AccuracyValidator;
import org.tinytorch.precision.DynamicQuantization;
import org.tinytorch.precision.Precision;
import org.tinytorch.precision.QuantizedLinear;
import org.tinytorch.precision.Quantizer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Trainer;

/**
 * The closing experiment of module 17: how far down the bits go. The network of module 10 with its weights in fewer and fewer of them, what that saves and what it costs; and which weights there are at all.
 */
public final class FewerBits {
    private static final List<String> LINEAR = List.of("1", "3");
    private static final int BARS = 60;

    private final DataSplit digits = UciDigits.load().split(0.2, new Generator(1));
    private final Iterable<Batch> test = DataLoader.of(digits.test(), 359);
    private final Sequential model = network();

    /** Trains the network 64-128-10 for five rounds. */
    public FewerBits() {
        Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.01))
                .build()
                .fit(DataLoader.of(digits.train(), 32).shuffled(new Generator(4)), 5);
    }

    private static Sequential network() {
        Generator generator = new Generator(1);
        return new Sequential(new Flatten(), new Linear(64, 128, generator), new ReLU(), new Linear(128, 10, generator));
    }

    /**
     * What became of the network.
     *
     * @param bytes of all its numbers, integers packed without gaps, scales and biases in single precision
     * @param accuracy the share of new digits that it names rightly
     * @param zeros the share of its weights that are 0
     */
    public record Row(long bytes, double accuracy, double zeros) {}

    /** All numbers as doubles. */
    public Row doubles() {
        return new Row(model.parameterCount() * (long) Double.BYTES, accuracy(model), 0);
    }

    /** All numbers in a smaller floating-point type. */
    public Row floats(Precision precision) {
        Sequential twin = copy();
        twin.parameters().forEach(parameter -> parameter.copyFrom(precision.round(parameter)));
        return new Row(model.parameterCount() * (long) precision.bytes(), accuracy(twin), 0);
    }

    /** Weights in integers of a few bits; products by sums of integers. */
    public Row integers(Quantizer quantizer) {
        Layer twin = quantized(quantizer);
        long bits = 0;
        long bytes = 0;
        int zeros = 0;
        int weights = 0;
        for (String path : LINEAR) {
            QuantizedLinear layer = (QuantizedLinear) twin.child(path);
            byte[] values = layer.weight().values();
            bits += (long) values.length * quantizer.bits();
            bytes += (long) Float.BYTES * (layer.weight().parts().size() + linear(path).out());
            weights += values.length;
            for (byte value : values) {
                zeros += value == 0 ? 1 : 0;
            }
        }
        return new Row((bits + Byte.SIZE - 1) / Byte.SIZE + bytes, accuracy(twin), zeros / (double) weights);
    }

    /** A copy of the network in integers. */
    public Layer quantized(Quantizer quantizer) {
        Sequential twin = copy();
        DynamicQuantization.apply(twin, quantizer);
        return twin;
    }

    private Sequential copy() {
        Sequential copy = network();
        copy.loadStateDict(model.stateDict());
        return copy;
    }

    private Linear linear(String path) {
        return (Linear) model.child(path);
    }

    private double accuracy(Layer twin) {
        return new AccuracyValidator(model, twin).accuracy(test).after();
    }

    /** The shares of all weights whose magnitude is 0 to 1 tenth of the largest one of their layer, 1 to 2 tenths, and so on. */
    public double[] histogram() {
        double[] shares = new double[10];
        List<Tensor> weights = new ArrayList<>();
        LINEAR.forEach(path -> weights.add(linear(path).weight().detach().abs()));
        int count = weights.stream().mapToInt(Tensor::size).sum();
        for (Tensor weight : weights) {
            double largest = weight.max().item();
            for (double magnitude : weight.data()) {
                shares[(int) Math.min(9, 10 * magnitude / largest)] += 1.0 / count;
            }
        }
        return shares;
    }

    /**
     * Tells the story.
     *
     * @param args none
     */
    public static void main(String[] args) {
        FewerBits experiment = new FewerBits();
        say("The network 64-128-10 of module 10: 9,472 weights and 138 biases. One number, one type:");
        say("");
        say("                                bytes   float32 : it     right    weights that are 0");
        long floats = experiment.floats(Precision.FLOAT32).bytes();
        line("double", experiment.doubles(), floats);
        for (Map.Entry<String, Precision> type : List.of(Map.entry("float32", Precision.FLOAT32), Map.entry("bfloat16", Precision.BFLOAT16))) {
            line(type.getKey(), experiment.floats(type.getValue()), floats);
        }
        for (int bits : new int[] {8, 4, 3, 2}) {
            line("int" + bits + ", scale for each row", experiment.integers(Quantizer.symmetric(bits).perChannel()), floats);
        }
        for (int bits : new int[] {8, 4, 3, 2}) {
            line("int" + bits + ", scale for each layer", experiment.integers(Quantizer.symmetric(bits)), floats);
        }
        say("");
        say("With a byte for a weight it ends: float32 had four. Below four bits the digits go.");
        say("");
        say("Which weights are there? How far from 0, in tenths of the largest of the layer:");
        say("");
        double[] shares = experiment.histogram();
        for (int i = 0; i < shares.length; i++) {
            say("   %d to %2d tenths  %5.1f %%  %s", i, i + 1, 100 * shares[i], "#".repeat((int) Math.round(BARS * shares[i])));
        }
        say("");
        say("%.0f of 100 weights are smaller than two tenths of the largest. Each takes a byte to keep and a multiplication to use.", 100 * Arrays.stream(shares).limit(2).sum());
    }

    private static void line(String what, Row row, long floats) {
        say("   %-26s %7d   %9.2f      %5.1f %%   %5.1f %%", what, row.bytes(), floats / (double) row.bytes(), 100 * row.accuracy(), 100 * row.zeros());
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
