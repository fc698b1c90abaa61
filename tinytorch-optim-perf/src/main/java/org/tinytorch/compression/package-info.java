/**
 * Module 18: compression, models with fewer numbers that say nearly the same.
 *
 * <p>Adds pruning of single weights ({@link org.tinytorch.compression.MagnitudePruner}, {@link org.tinytorch.compression.PruningMasks},
 * {@link org.tinytorch.compression.PruningSchedule}, {@link org.tinytorch.compression.LotteryTicket}) and of whole parts, which makes the model really smaller
 * ({@link org.tinytorch.compression.ChannelPruner}, {@link org.tinytorch.compression.HiddenUnitPruner}, {@link org.tinytorch.compression.HeadPruner}).
 *
 * <p>Needs modules 02 (tensor), 04 (nn), 08 (training), 09 (spatial), 13 (attention) and 14 (transformer).
 */
package org.tinytorch.compression;
