// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/package-info.java. Read it, don't edit it.
/**
 * Module 10: data, from files on a disk to batches that a model can learn from.
 *
 * <p>Adds {@link org.tinytorch.data.Dataset} and the {@link org.tinytorch.data.DataLoader} that hands it out batch by batch: in order, shuffled or as a
 * {@link org.tinytorch.data.Sampler} says, made by the thread that asks or ahead by workers, which changes nothing but the time it takes. Images are kept as
 * bytes in an {@link org.tinytorch.data.ImageDataset}, tables as numbers in a {@link org.tinytorch.data.TensorDataset}; what memory cannot hold is a {@link
 * org.tinytorch.data.StreamingDataset}. A {@link org.tinytorch.data.Transform} changes samples when they are fetched; what it draws at random follows from the
 * epoch and the sample.
 *
 * <p>Readers: {@link org.tinytorch.data.Mnist} and other IDX files, {@link org.tinytorch.data.Cifar10}, {@link org.tinytorch.data.Cifar100}, {@link
 * org.tinytorch.data.CsvDataset}, {@link org.tinytorch.data.ImageFolder}, and {@link org.tinytorch.data.UciDigits}, which comes with the library. {@link
 * org.tinytorch.data.Synthetic} makes small sets up. {@link org.tinytorch.data.download} fetches official ones.
 *
 * <p>Needs module 02 (tensor) and the {@link org.tinytorch.training.Batch} of module 08 (training).
 */
package org.tinytorch.data;
