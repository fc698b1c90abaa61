// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/StreamingDataset.java. Read it, don't edit it.
package org.tinytorch.data;

import java.util.stream.Stream;

/**
 * Samples that come one after another, as from a file too large for memory; nobody knows how many there will be. After {@code
 * torch.utils.data.IterableDataset}. {@link DataLoader#ofStream} makes batches of them.
 */
@FunctionalInterface
public interface StreamingDataset {
    /** The samples from the first one on, read as they are asked for. Whoever takes them closes the stream, and with it the file. */
    Stream<Sample> stream();
}
