// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/attention/KeyValues.java. Read it, don't edit it.
package org.tinytorch.attention;

import org.tinytorch.tensor.Tensor;

/**
 * What queries look at.
 *
 * @param keys {@code (B, T, G, D)}
 * @param values {@code (B, T, G, D)}
 */
public record KeyValues(Tensor keys, Tensor values) {}
