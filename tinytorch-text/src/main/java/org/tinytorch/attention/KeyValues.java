package org.tinytorch.attention;

import org.tinytorch.tensor.Tensor;

/**
 * What queries look at.
 *
 * @param keys {@code (B, G, T, D)}
 * @param values {@code (B, G, T, D)}
 */
public record KeyValues(Tensor keys, Tensor values) {}
