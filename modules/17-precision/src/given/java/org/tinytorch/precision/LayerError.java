// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/LayerError.java. Read it, don't edit it.
package org.tinytorch.precision;

/**
 * How far the outputs of a layer of one model are from those of its twin in another.
 *
 * @param path the dotted name of the layer; empty for the whole model
 * @param kind the class of the twin
 * @param signalToNoise {@code 10 · log₁₀(Σ y² / Σ (y − ŷ)²)} in dB: 20 means that the error is a tenth of the output, 40 a hundredth; infinite if there is no error
 * @param largestDifference the largest {@code |y − ŷ|}
 * @param cosine of the angle between the outputs: {@code Σ y·ŷ / √(Σ y² · Σ ŷ²)}; 1 if they differ by a factor only
 */
public record LayerError(String path, String kind, double signalToNoise, double largestDifference, double cosine) {}
