package org.tinytorch.interop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.tinytorch.tensor.Generator;

/** A small checkpoint with random weights, which can be written in llama2.c's format, byte by byte from its definition, and computed with by {@link PlainLlama}. */
final class Llama2cCheckpoint {
    final int dim;
    final int hidden;
    final int layers;
    final int heads;
    final int kvHeads;
    final int vocabulary;
    final int context;
    final boolean shared;

    final float[] tokens;
    final float[][] attentionNorm;
    final float[][] wq;
    final float[][] wk;
    final float[][] wv;
    final float[][] wo;
    final float[][] feedForwardNorm;
    final float[][] w1;
    final float[][] w2;
    final float[][] w3;
    final float[] finalNorm;
    final float[] classifier;

    Llama2cCheckpoint(
            int dim,
            int hidden,
            int layers,
            int heads,
            int kvHeads,
            int vocabulary,
            int context,
            boolean shared,
            long seed) {
        this.dim = dim;
        this.hidden = hidden;
        this.layers = layers;
        this.heads = heads;
        this.kvHeads = kvHeads;
        this.vocabulary = vocabulary;
        this.context = context;
        this.shared = shared;
        Generator generator = new Generator(seed);
        int kvDim = dim / heads * kvHeads;
        tokens = random(vocabulary * dim, 0, 0.3, generator);
        attentionNorm = random(layers, dim, 1, 0.2, generator);
        wq = random(layers, dim * dim, 0, 1 / Math.sqrt(dim), generator);
        wk = random(layers, kvDim * dim, 0, 1 / Math.sqrt(dim), generator);
        wv = random(layers, kvDim * dim, 0, 1 / Math.sqrt(dim), generator);
        wo = random(layers, dim * dim, 0, 1 / Math.sqrt(dim), generator);
        feedForwardNorm = random(layers, dim, 1, 0.2, generator);
        w1 = random(layers, hidden * dim, 0, 1 / Math.sqrt(dim), generator);
        w2 = random(layers, dim * hidden, 0, 1 / Math.sqrt(hidden), generator);
        w3 = random(layers, hidden * dim, 0, 1 / Math.sqrt(dim), generator);
        finalNorm = random(dim, 1, 0.2, generator);
        classifier = shared ? tokens : random(vocabulary * dim, 0, 0.3, generator);
    }

    /** The smallest that has everything: two heads, which share their keys, and weights of its own for the last layer. */
    static Llama2cCheckpoint tiny() {
        return new Llama2cCheckpoint(4, 3, 2, 2, 1, 5, 3, false, 1);
    }

    private static float[][] random(int count, int size, double mean, double deviation, Generator generator) {
        float[][] all = new float[count][];
        Arrays.setAll(all, i -> random(size, mean, deviation, generator));
        return all;
    }

    private static float[] random(int size, double mean, double deviation, Generator generator) {
        float[] numbers = new float[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = (float) (mean + deviation * generator.nextGaussian());
        }
        return numbers;
    }

    /** The file. */
    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(dim).putInt(hidden).putInt(layers).putInt(heads).putInt(kvHeads);
        out.putInt(shared ? vocabulary : -vocabulary).putInt(context);
        put(out, tokens);
        put(out, attentionNorm);
        put(out, wq);
        put(out, wk);
        put(out, wv);
        put(out, wo);
        put(out, feedForwardNorm);
        put(out, w1);
        put(out, w2);
        put(out, w3);
        put(out, finalNorm);
        float[] angles = new float[context * (dim / heads) / 2];
        Arrays.fill(angles, Float.NaN); // whoever used them would be found out
        put(out, angles, angles);
        if (!shared) {
            put(out, classifier);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void put(ByteBuffer out, float[]... arrays) {
        for (float[] array : arrays) {
            for (float number : array) {
                out.putFloat(number);
            }
        }
    }
}
