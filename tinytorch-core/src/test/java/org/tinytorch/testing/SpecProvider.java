package org.tinytorch.testing;

import java.util.List;

/**
 * Specifies the operations of a module. A module's tests name their provider in
 * {@code src/test/resources/META-INF/services/org.tinytorch.testing.SpecProvider}.
 */
@FunctionalInterface
public interface SpecProvider {
    /** The specifications. */
    List<OperationSpec> specs();
}
