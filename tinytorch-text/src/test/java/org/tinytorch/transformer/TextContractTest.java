package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tinytorch.testing.OperationChecks;
import org.tinytorch.testing.OperationScan;
import org.tinytorch.testing.OperationSpec;

/** Every operation of modules 12 to 14 goes through the checks that all operations must stand. */
class TextContractTest {
    private static final List<OperationSpec> SPECS = new TextOperations().specs();

    @TestFactory
    Stream<DynamicContainer> everyOperation() {
        return OperationChecks.of(SPECS);
    }

    @Test
    void everyOperationIsSpecified() {
        List<Object> operations = OperationScan.besides(Gpt.class);
        assertThat(operations)
                .as("the scan must find what is known to be there")
                .contains(LayerNormalise.class);
        assertThat(operations)
                .as("operations without a specification; TextOperations lists the families")
                .allSatisfy(operation ->
                        assertThat(SPECS.stream().map(OperationSpec::operation)).contains(operation));
    }
}
