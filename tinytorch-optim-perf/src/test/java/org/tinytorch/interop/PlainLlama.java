package org.tinytorch.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Llama as llama2.c computes it: one token after the other, in single precision, with loops over arrays and nothing of the library. It remembers the keys and values of the tokens it has seen.
 */
final class PlainLlama {
    private final Llama2cCheckpoint c;
    private final int headWidth;
    private final List<List<float[]>> keys = new ArrayList<>();
    private final List<List<float[]>> values = new ArrayList<>();
    private int position;

    PlainLlama(Llama2cCheckpoint checkpoint) {
        this.c = checkpoint;
        this.headWidth = checkpoint.dim / checkpoint.heads;
        for (int layer = 0; layer < checkpoint.layers; layer++) {
            keys.add(new ArrayList<>());
            values.add(new ArrayList<>());
        }
    }

    /** The tokens that it gives if it always takes the likeliest: the given ones, and as many more. */
    static int[] greedy(Llama2cCheckpoint checkpoint, int[] prompt, int more) {
        PlainLlama model = new PlainLlama(checkpoint);
        int[] all = Arrays.copyOf(prompt, prompt.length + more);
        for (int i = 0; i < all.length - 1; i++) {
            float[] logits = model.next(all[i]);
            if (i + 1 >= prompt.length) {
                all[i + 1] = likeliest(logits);
            }
        }
        return all;
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }

    /** Sees one more token, and says how likely each is to follow. */
    float[] next(int token) {
        float[] x = Arrays.copyOfRange(c.tokens, token * c.dim, (token + 1) * c.dim);
        for (int layer = 0; layer < c.layers; layer++) {
            add(x, attention(layer, normalised(x, c.attentionNorm[layer])));
            add(x, feedForward(layer, normalised(x, c.feedForwardNorm[layer])));
        }
        position++;
        return product(c.classifier, normalised(x, c.finalNorm));
    }

    private float[] attention(int layer, float[] x) {
        float[] query = product(c.wq[layer], x);
        float[] key = product(c.wk[layer], x);
        turn(query);
        turn(key);
        keys.get(layer).add(key);
        values.get(layer).add(product(c.wv[layer], x));
        float[] found = new float[c.dim];
        for (int head = 0; head < c.heads; head++) {
            look(head, query, keys.get(layer), values.get(layer), found);
        }
        return product(c.wo[layer], found);
    }

    /** Turns each pair of neighbours within a head by an angle of its own. */
    private void turn(float[] vector) {
        for (int i = 0; i < vector.length; i += 2) {
            float speed = 1 / (float) Math.pow(10000, (i % headWidth) / (float) headWidth);
            float cos = (float) Math.cos(position * speed);
            float sin = (float) Math.sin(position * speed);
            float a = vector[i];
            float b = vector[i + 1];
            vector[i] = a * cos - b * sin;
            vector[i + 1] = a * sin + b * cos;
        }
    }

    private void look(int head, float[] query, List<float[]> allKeys, List<float[]> allValues, float[] found) {
        int own = head * headWidth;
        int shared = head / (c.heads / c.kvHeads) * headWidth;
        float[] weights = new float[allKeys.size()];
        for (int t = 0; t < weights.length; t++) {
            for (int i = 0; i < headWidth; i++) {
                weights[t] += query[own + i] * allKeys.get(t)[shared + i];
            }
            weights[t] /= (float) Math.sqrt(headWidth);
        }
        softmax(weights);
        for (int t = 0; t < weights.length; t++) {
            for (int i = 0; i < headWidth; i++) {
                found[own + i] += weights[t] * allValues.get(t)[shared + i];
            }
        }
    }

    private float[] feedForward(int layer, float[] x) {
        float[] gate = product(c.w1[layer], x);
        float[] up = product(c.w3[layer], x);
        for (int i = 0; i < c.hidden; i++) {
            gate[i] *= up[i] / (1 + (float) Math.exp(-gate[i]));
        }
        return product(c.w2[layer], gate);
    }

    private static void softmax(float[] x) {
        float most = x[0];
        for (float number : x) {
            most = Math.max(most, number);
        }
        float sum = 0;
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.exp(x[i] - most);
            sum += x[i];
        }
        for (int i = 0; i < x.length; i++) {
            x[i] /= sum;
        }
    }

    private static float[] normalised(float[] x, float[] weight) {
        float squares = 0;
        for (float number : x) {
            squares += number * number;
        }
        float scale = 1 / (float) Math.sqrt(squares / x.length + 1e-5f);
        float[] out = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = weight[i] * (scale * x[i]);
        }
        return out;
    }

    private static float[] product(float[] matrix, float[] x) {
        float[] out = new float[matrix.length / x.length];
        for (int row = 0; row < out.length; row++) {
            for (int i = 0; i < x.length; i++) {
                out[row] += matrix[row * x.length + i] * x[i];
            }
        }
        return out;
    }

    private static void add(float[] x, float[] more) {
        for (int i = 0; i < x.length; i++) {
            x[i] += more[i];
        }
    }
}
