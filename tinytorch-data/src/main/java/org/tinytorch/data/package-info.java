/**
 * Module 10: data, from files on a disk to batches that a model can learn from.
 *
 * <p>Adds {@link org.tinytorch.data.Dataset} and the {@link org.tinytorch.data.DataLoader} that hands it out batch by batch, images kept as bytes in an
 * {@link org.tinytorch.data.ImageDataset}, the reader of official IDX files, and through it {@link org.tinytorch.data.Mnist} and
 * {@link org.tinytorch.data.UciDigits}, which comes with the library. {@link org.tinytorch.data.download} fetches the sets that do not.
 *
 * <p>Needs module 02 (tensor) and the {@link org.tinytorch.training.Batch} of module 08 (training).
 */
package org.tinytorch.data;
