package org.tinytorch.spatial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tinytorch.testing.OperationChecks;
import org.tinytorch.testing.OperationScan;
import org.tinytorch.testing.OperationSpec;

/** Every operation of module 09 goes through the checks that all operations must stand. */
class SpatialContractTest {
    private static final List<OperationSpec> SPECS = new SpatialOperations().specs();

    @TestFactory
    Stream<DynamicContainer> everyOperation() {
        return OperationChecks.of(SPECS);
    }

    @Test
    void everyOperationIsSpecified() {
        List<Object> operations = OperationScan.besides(Conv2d.class);
        assertThat(operations)
                .as("the scan must find what is known to be there")
                .contains(Convolution.class);
        assertThat(operations)
                .as("operations without a specification; SpatialOperations lists the families")
                .allSatisfy(operation ->
                        assertThat(SPECS.stream().map(OperationSpec::operation)).contains(operation));
    }
}
