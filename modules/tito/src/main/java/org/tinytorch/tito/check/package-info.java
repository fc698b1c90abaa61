/**
 * How a student's work is checked: compiled in process from the modules up to the one in question, and run in a JVM of its own, whose class path
 * holds the student's classes and the test libraries, never a jar of the library.
 *
 * <p>{@link org.tinytorch.tito.check.Worker} is the main class of that JVM; everything else runs in tito itself. The two talk in {@link
 * org.tinytorch.tito.check.Message lines of text}. A task counts as passed only if the worker reported that all of its checks came to
 * their end, so that nothing a student's code does to its JVM can pass.
 */
package org.tinytorch.tito.check;
