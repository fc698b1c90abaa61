/**
 * Module 11: tokenization, from text to numbers and back.
 *
 * <p>Adds {@link org.tinytorch.tokenization.Tokenizer} and the simplest one, {@link org.tinytorch.tokenization.CharTokenizer}, in which every character
 * is a token.
 *
 * <p>Needs nothing of the modules before it.
 */
package org.tinytorch.tokenization;
