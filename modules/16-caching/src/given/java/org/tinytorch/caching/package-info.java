// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/caching/package-info.java. Read it, don't edit it.
/**
 * Module 16: caching, so that a text is written without working out again what has not changed.
 *
 * <p>Adds {@link org.tinytorch.caching.KvCache}, which keeps the keys and values of one layer's earlier tokens, {@link org.tinytorch.caching.GptCache}, one for each layer,
 * {@link org.tinytorch.caching.IncrementalAttention} of one query, {@link org.tinytorch.caching.CachedLanguageModel}, with which any {@code Gpt} of module 14 writes the same text
 * in a fraction of the time, {@link org.tinytorch.caching.PromptCache} of beginnings that many texts share, and {@link org.tinytorch.caching.BatchGenerator}, which writes several texts at once.
 *
 * <p>Needs modules 02 (tensor), 07 (autograd), 08 (training), 13 (attention), 14 (transformer) and 15 (acceleration).
 */
package org.tinytorch.caching;
