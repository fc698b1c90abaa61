/**
 * The outside oracle: PyTorch itself, as libtorch in float64, computes what this library computes, forward and backward.
 *
 * <p>Opt-in, {@code ./mvnw -Poracle -pl milestones -am verify}: it needs Linux on x86-64 and some 100 MB from Maven Central. What is compared is not
 * written down in numbers but in PyTorch's own functions, so that nothing here can go stale.
 */
package org.tinytorch.oracle;
