// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/package-info.java. Read it, don't edit it.
/**
 * Module 19: benchmarking, measurement done right: is it faster, where does the time go, and how much faster could it be?
 *
 * <p>Adds {@link org.tinytorch.benchmarking.Benchmark} (warm-up, repeats, median with a confidence interval from {@link org.tinytorch.benchmarking.Statistics}),
 * {@link org.tinytorch.benchmarking.AbTest} (a real difference or noise), {@link org.tinytorch.benchmarking.MemoryMeter} (allocations and the peak of the heap),
 * {@link org.tinytorch.benchmarking.FlopCounter} (operations, parameters and bytes of each layer), {@link org.tinytorch.benchmarking.Profiler} (time and memory of each layer and operation, traces),
 * {@link org.tinytorch.benchmarking.Roofline} (what limits a layer, the processor or its memory) and {@link org.tinytorch.benchmarking.Report} (all of it as Markdown and JSON). It is made for models;
 * for micro-benchmarks there is JMH.
 *
 * <p>Needs modules 01 (setup), 02 (tensor), 04 (nn), 07 (autograd), 08 (training), 15 (acceleration), and knows the operations of 03, 09, 12, 13, 14, 16, 17 and 18.
 */
package org.tinytorch.benchmarking;
