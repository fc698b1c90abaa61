// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/setup/package-info.java. Read it, don't edit it.
/**
 * Module 01: set-up, what a machine offers and what a piece of code costs on it.
 *
 * <p>Adds the {@link org.tinytorch.setup.EnvironmentReport} (JDK, cores, memory, SIMD, what is missing and how to get it) and two instruments that
 * every later module measures with: {@link org.tinytorch.setup.Stopwatch} for time, {@link org.tinytorch.setup.AllocationMeter} for memory.
 *
 * <p>Needs nothing.
 */
package org.tinytorch.setup;
