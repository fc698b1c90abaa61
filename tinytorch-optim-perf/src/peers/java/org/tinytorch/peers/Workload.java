package org.tinytorch.peers;

/**
 * One piece of work, done twice.
 *
 * @param name what it is called in the table
 * @param atLeast the ratio that the project asks for, and {@code aim} the one it hopes for; 0: none
 * @param peer who does the other half
 * @param ours one call of ours
 * @param theirs one call of the peer's, which frees what it made
 */
record Workload(String name, double atLeast, double aim, String peer, Runnable ours, Runnable theirs) {}
