/**
 * The milestones: the history of neural networks, rerun on the library. Each is a program with a target, {@code --help} and a {@code --classroom} preset,
 * and ends with one {@code RESULT} line that a script can read; {@link org.tinytorch.milestones.Milestones} lists them.
 */
package org.tinytorch.milestones;
