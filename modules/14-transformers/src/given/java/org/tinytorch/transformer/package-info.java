// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/package-info.java. Read it, don't edit it.
/**
 * Module 14: transformers, everything so far put together into a model that writes.
 *
 * <p>Adds {@link org.tinytorch.transformer.LayerNorm} and {@link org.tinytorch.transformer.RMSNorm}, feed-forward layers, the {@link org.tinytorch.transformer.TransformerBlock}, the
 * {@link org.tinytorch.transformer.Gpt} in the manner of GPT-2 or of Llama, and what writes with it: the {@link org.tinytorch.transformer.LanguageModel} and the
 * {@link org.tinytorch.transformer.Sampler}. {@link org.tinytorch.transformer.RandomWindows} and {@link org.tinytorch.transformer.SequentialWindows} cut a text into samples for the
 * {@code Trainer} of module 08.
 *
 * <p>Needs modules 02 (tensor) to 08 (training), and 11 (tokenization) to 13 (attention).
 */
package org.tinytorch.transformer;
