// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/embedding/package-info.java. Read it, don't edit it.
/**
 * Module 12: embeddings, from token ids to vectors that know their place.
 *
 * <p>Adds {@link org.tinytorch.embedding.Embedding}, a table of one vector for each token, and three ways to tell a model where a token stands: positions that are learnt
 * ({@link org.tinytorch.embedding.LearnedPositions}), waves that are fixed ({@link org.tinytorch.embedding.SinusoidalPositions}), both added to the vectors, and rotations of
 * queries and keys ({@link org.tinytorch.embedding.RotaryEmbedding}).
 *
 * <p>Needs modules 02 (tensor), 04 (nn) and 07 (autograd).
 */
package org.tinytorch.embedding;
