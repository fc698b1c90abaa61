/** Benchmarks of module 15 with JMH, and the reports that are made of their results. */
package org.tinytorch.benchmarks;
