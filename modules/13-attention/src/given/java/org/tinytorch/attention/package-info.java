// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/attention/package-info.java. Read it, don't edit it.
/**
 * Module 13: attention, by which each place of a sequence finds out what at other places concerns it.
 *
 * <p>Adds {@link org.tinytorch.attention.DotProductAttention}, the operation, {@link org.tinytorch.attention.Attention}, which applies it, {@link org.tinytorch.attention.Masks} of what may be
 * looked at, and {@link org.tinytorch.attention.MultiHeadAttention}, the layer, with grouped queries and rotary positions, and
 * {@link org.tinytorch.attention.CrossAttention}. Through a
 * {@link org.tinytorch.attention.KeyValueStore} keys and values can come from elsewhere; module 16 keeps those of earlier tokens there.
 *
 * <p>Needs modules 02 (tensor), 04 (nn), 07 (autograd), 12 (embedding) and the {@code Stochastic} of module 08 (training).
 */
package org.tinytorch.attention;
