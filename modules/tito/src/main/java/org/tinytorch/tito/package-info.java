/**
 * {@code tito}, the course's command line: one small class per command, and {@link org.tinytorch.tito.Tito}, which ties them together.
 *
 * <p>This package and the two below it depend on no library jar of TinyTorch: with the solutions anywhere on the class path, a class that a
 * student has not written would silently be taken from there. {@code course} knows how skeletons are cut out of the library's sources,
 * {@code check} compiles a student's modules and runs their checks.
 */
package org.tinytorch.tito;
