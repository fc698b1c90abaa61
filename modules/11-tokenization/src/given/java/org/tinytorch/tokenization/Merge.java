// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/Merge.java. Read it, don't edit it.
package org.tinytorch.tokenization;

/**
 * One rule of byte-pair encoding: where these two stand side by side, a single token takes their place.
 *
 * @param pair the two
 * @param id of the token that takes their place
 */
public record Merge(Pair pair, int id) {}
