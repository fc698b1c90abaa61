/**
 * Module 17: precision, fewer bits for a number: less memory, faster products, and an error that can be known and kept small.
 *
 * <p>Adds {@link org.tinytorch.precision.Quantizer} and what it makes, small integers instead of real numbers.
 *
 * <p>Needs modules 01 to 16.
 */
package org.tinytorch.precision;
