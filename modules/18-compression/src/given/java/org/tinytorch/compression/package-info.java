// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/package-info.java. Read it, don't edit it.
/**
 * Module 18: compression, models with fewer numbers that say nearly the same.
 *
 * <p>Adds pruning of single weights ({@link org.tinytorch.compression.MagnitudePruner}, {@link org.tinytorch.compression.PruningMasks},
 * {@link org.tinytorch.compression.PruningSchedule}, {@link org.tinytorch.compression.LotteryTicket}) and of whole parts, which makes the model really smaller
 * ({@link org.tinytorch.compression.ChannelPruner}, {@link org.tinytorch.compression.HiddenUnitPruner}, {@link org.tinytorch.compression.HeadPruner}); products with sparse
 * matrices ({@link org.tinytorch.compression.CsrMatrix}, {@link org.tinytorch.compression.BlockSparseMatrix}, {@link org.tinytorch.compression.SparseLinear},
 * {@link org.tinytorch.compression.Sparse}); learning from a larger model ({@link org.tinytorch.compression.DistillationLoss}, {@link org.tinytorch.compression.Distillation}); two
 * thin matrices for a large one ({@link org.tinytorch.compression.Svd}, {@link org.tinytorch.compression.LowRank}); and weights that share few values
 * ({@link org.tinytorch.compression.WeightClustering}).
 *
 * <p>Whatever changes a model changes it in place and checks first that it can: after an error the model is as it was. An optimiser that knows the old parameters must be made anew.
 *
 * <p>Needs modules 02 (tensor), 03 (activation), 04 (nn), 05 (loss), 07 (autograd), 08 (training), 09 (spatial), 13 (attention), 14 (transformer) and 15 (acceleration).
 */
package org.tinytorch.compression;
