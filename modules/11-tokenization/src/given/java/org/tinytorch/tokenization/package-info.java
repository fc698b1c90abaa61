// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/package-info.java. Read it, don't edit it.
/**
 * Module 11: tokenization, from text to numbers and back.
 *
 * <p>Adds {@link org.tinytorch.tokenization.Tokenizer} and two of them: {@link org.tinytorch.tokenization.CharTokenizer}, in which every character is a
 * token, and {@link org.tinytorch.tokenization.BpeTokenizer}, byte-pair encoding as in GPT-2. The way of a text through the second:
 *
 * <ol>
 *   <li>{@link org.tinytorch.tokenization.PreTokenizer} cuts it into words;
 *   <li>each word becomes its bytes in UTF-8;
 *   <li>neighbouring tokens are joined, in the order in which {@link org.tinytorch.tokenization.BpeTrainer} learned to join them by the steps of
 *       {@link org.tinytorch.tokenization.BytePairs}.
 * </ol>
 *
 * <p>{@link org.tinytorch.tokenization.Gpt2Files} reads GPT-2's own tokenizer, {@link org.tinytorch.tokenization.Tokenizers} any that was saved, and
 * {@link org.tinytorch.tokenization.StreamingDecoder} decodes while a model still generates.
 *
 * <p>Needs nothing of the modules before it but {@link org.tinytorch.training.AtomicFile} of module 08, to save a tokenizer as a whole.
 */
package org.tinytorch.tokenization;
