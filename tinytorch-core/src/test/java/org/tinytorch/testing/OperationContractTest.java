package org.tinytorch.testing;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Every operation of the core goes through the same checks. */
class OperationContractTest {
    @TestFactory
    Stream<DynamicContainer> everyOperation() {
        return OperationChecks.of(OperationSpecs.all());
    }
}
