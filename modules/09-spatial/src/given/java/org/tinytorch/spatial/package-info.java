// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/package-info.java. Read it, don't edit it.
/**
 * Module 09: layers that know that pixels have neighbours.
 *
 * <p>Adds {@link org.tinytorch.spatial.Conv2d} and {@link org.tinytorch.spatial.ConvTranspose2d}, pooling
 * ({@link org.tinytorch.spatial.MaxPool2d}, {@link org.tinytorch.spatial.AvgPool2d}, {@link org.tinytorch.spatial.AdaptiveAvgPool2d}), batch
 * normalisation ({@link org.tinytorch.spatial.BatchNorm2d}, {@link org.tinytorch.spatial.BatchNorm1d}) and
 * {@link org.tinytorch.spatial.Dropout2d}. They train with the same {@code Trainer} as any other layer.
 *
 * <p>Images are tensors {@code (N, C, H, W)}: image, channel, row, column. Each layer computes through an {@code autograd.Function} whose loops, forward and
 * backward, are {@link org.tinytorch.tensor.Operation}s, so that a backend can do them faster.
 *
 * <p>Needs modules 02 (tensor), 04 (nn), 07 (autograd) and the {@code Stochastic} of module 08 (training).
 */
package org.tinytorch.spatial;
