// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/embedding/TokenTable.java. Read it, don't edit it.
package org.tinytorch.embedding;

import org.tinytorch.tensor.Tensor;

/**
 * A layer with a row for each token that can be read both ways: from an id to its row, and from a vector to how well it fits each row. A tied model's first and last layer are one such table; module 17
 * has one of small integers.
 */
public interface TokenTable {
    /**
     * How well some vectors fit the row of each token: {@code rows · Eᵀ}.
     *
     * @param rows {@code (N, C)}
     * @return {@code (N, V)}
     */
    Tensor scores(Tensor rows);
}
