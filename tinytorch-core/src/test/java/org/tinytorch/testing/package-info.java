/**
 * The registry of operations that drives the tests: one {@link org.tinytorch.testing.OperationSpec} for each operation, and the checks that every
 * specification goes through.
 *
 * <p>Published as the test-jar of {@code tinytorch-core}, so that later modules describe their operations in the same way (a
 * {@link org.tinytorch.testing.SpecProvider} each) and a fast backend is held to the plain loops (by a subclass of
 * {@link org.tinytorch.testing.BackendContract}).
 */
package org.tinytorch.testing;
