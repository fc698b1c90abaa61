package org.tinytorch.interop;

import org.tinytorch.tensor.Shape;

/**
 * A tensor in an {@link OnnxGraph}.
 *
 * @param name in the graph
 * @param shape that it has for the example; the file leaves the batch open
 */
record OnnxValue(String name, Shape shape) {}
