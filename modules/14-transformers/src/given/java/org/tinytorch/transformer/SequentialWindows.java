// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/SequentialWindows.java. Read it, don't edit it.
package org.tinytorch.transformer;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Counted;

/**
 * A text cut into windows one after the other, to measure on: every token but the first is predicted once. The last window may be shorter; it is a batch of its own.
 */
public final class SequentialWindows implements Iterable<Batch>, Counted {
    private final Windows windows;
    private final int batchSize;

    /**
     * Windows of a text.
     *
     * @param tokens of the whole text, at least two
     * @param length T, of a window
     * @param batchSize B, windows in a batch; the last one may have fewer
     * @throws IllegalArgumentException if the text is too short, or a number below 1
     */
    public SequentialWindows(int[] tokens, int length, int batchSize) {
        this.windows = new Windows(tokens, length, batchSize);
        if (tokens.length < 2) {
            throw new IllegalArgumentException(
                    "windows: a text of " + tokens.length + " tokens has none that follows another; use a longer text");
        }
        this.batchSize = batchSize;
    }

    /** Targets: every token but the first. */
    private int targets() {
        return windows.tokens() - 1;
    }

    private int whole() {
        return targets() / windows.length();
    }

    private int rest() {
        return targets() % windows.length();
    }

    @Override
    public int count() {
        return (whole() + batchSize - 1) / batchSize + (rest() > 0 ? 1 : 0);
    }

    @Override
    public Iterator<Batch> iterator() {
        return new Iterator<>() {
            private int window;

            @Override
            public boolean hasNext() {
                return window < whole() + (rest() > 0 ? 1 : 0);
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                if (window == whole()) {
                    window++;
                    return windows.at(rest(), whole() * windows.length());
                }
                int from = window;
                window = Math.min(whole(), window + batchSize);
                int[] places = IntStream.range(from, window)
                        .map(i -> i * windows.length())
                        .toArray();
                return windows.at(windows.length(), places);
            }
        };
    }
}
