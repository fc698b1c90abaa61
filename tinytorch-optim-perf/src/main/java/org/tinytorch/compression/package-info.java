/**
 * Module 18: compression, models with fewer numbers that say nearly the same.
 *
 * <p>Adds pruning of single weights: {@link org.tinytorch.compression.MagnitudePruner}, {@link org.tinytorch.compression.PruningMasks},
 * {@link org.tinytorch.compression.PruningSchedule} and {@link org.tinytorch.compression.LotteryTicket}.
 *
 * <p>Needs modules 02 (tensor), 04 (nn), 08 (training) and 09 (spatial).
 */
package org.tinytorch.compression;
