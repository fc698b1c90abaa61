// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/RandomWindows.java. Read it, don't edit it.
package org.tinytorch.transformer;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.tinytorch.tensor.Generator;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Counted;
import org.tinytorch.training.Stochastic;

/**
 * Windows from random places of a text, to learn from: batches {@code (B, T)} of tokens, with the tokens that follow as targets. A text has no natural epoch; one pass is as many batches as one
 * says.
 */
public final class RandomWindows implements Iterable<Batch>, Counted, Stochastic {
    private final Windows windows;
    private final int batchSize;
    private final int batches;
    private final Generator generator;

    /**
     * Windows of a text.
     *
     * @param tokens of the whole text, at least one more than a window holds
     * @param length T, of a window
     * @param batchSize B, windows in a batch
     * @param batches in one pass
     * @throws IllegalArgumentException if the text is too short, or a number below 1
     */
    public RandomWindows(int[] tokens, int length, int batchSize, int batches, Generator generator) {
        this.windows = new Windows(tokens, length, batchSize);
        if (tokens.length <= length) {
            throw new IllegalArgumentException("windows: a text of " + tokens.length
                    + " tokens is too short for windows of " + length
                    + " and one that follows; use a longer text or shorter windows");
        }
        if (batches < 1) {
            throw new IllegalArgumentException("windows: " + batches + " batches are not possible; use at least 1");
        }
        this.batchSize = batchSize;
        this.batches = batches;
        this.generator = generator;
    }

    @Override
    public int count() {
        return batches;
    }

    @Override
    public List<Generator> generators() {
        return List.of(generator);
    }

    @Override
    public Iterator<Batch> iterator() {
        return new Iterator<>() {
            private int given;

            @Override
            public boolean hasNext() {
                return given < batches;
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                given++;
                int[] places = new int[batchSize];
                for (int b = 0; b < batchSize; b++) {
                    places[b] = generator.nextInt(windows.tokens() - windows.length());
                }
                return windows.at(windows.length(), places);
            }
        };
    }
}
