// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/LayerCount.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

/**
 * What one layer does in a forward pass.
 *
 * @param path its dotted name; empty for the model itself
 * @param kind its class
 * @param parameters how many numbers learn in it, what is below it included
 * @param calls how often it computed
 * @param own what it does itself
 * @param all what it does, with all that is done inside it
 */
public record LayerCount(String path, String kind, long parameters, int calls, Cost own, Cost all) {}
