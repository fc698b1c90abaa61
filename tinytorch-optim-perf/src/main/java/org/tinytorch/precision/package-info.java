/**
 * Module 17: precision, fewer bits for a number: less memory, faster products, and an error that can be known and kept small.
 *
 * <p>Adds {@link org.tinytorch.precision.Precision} (floating-point types smaller than a double) and {@link org.tinytorch.precision.Quantizer} (small integers instead of real numbers);
 * {@link org.tinytorch.precision.Calibrator} chooses ranges from what a model is fed with, {@link org.tinytorch.precision.FakeQuantize} lets it feel the rounding while it learns,
 * {@link org.tinytorch.precision.LossScaler} keeps small gradients from vanishing, and {@link org.tinytorch.precision.AccuracyValidator} says what all that costs, layer by layer.
 *
 * <p>Needs modules 01 to 16.
 */
package org.tinytorch.precision;
