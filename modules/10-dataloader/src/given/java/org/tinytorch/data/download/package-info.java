// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/package-info.java. Read it, don't edit it.
/**
 * Module 10, continued: fetches official data sets into a cache directory when the user asks and a network exists.
 *
 * <p>{@link org.tinytorch.data.download.Datasets} is the catalogue, {@link org.tinytorch.data.download.Downloader} does the work, and
 * {@link org.tinytorch.data.download.CacheDirectory} says where. Nothing here prints; who wants to show progress listens.
 *
 * <pre>{@code
 * RemoteDataset cifar = Datasets.CIFAR10;
 * Path folder = new Downloader().fetch(cifar, CacheDirectory.of(cifar));
 * }</pre>
 *
 * <p>Nothing that arrives is trusted: each file has a known size and checksum, and an archive yields only the entries that it is known to hold. A file has
 * its own name only when it is complete and checked; before that it ends in {@code .part}, from which an interrupted download goes on.
 *
 * <p>Needs nothing of the other packages.
 */
package org.tinytorch.data.download;
