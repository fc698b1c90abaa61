// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/Word.java. Read it, don't edit it.
package org.tinytorch.tokenization;

/**
 * A piece of the training text, as ids, and how often it occurs. Equal pieces are kept once: a text of a million words has some ten thousand
 * different ones.
 *
 * @param ids of its tokens; at the start one for each byte
 * @param count times that it occurs
 */
record Word(int[] ids, long count) {}
