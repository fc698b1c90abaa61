package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tinytorch.acceleration.AutoBackend;
import org.tinytorch.caching.CachingOperations;
import org.tinytorch.compression.CompressionOperations;
import org.tinytorch.compression.SparseProduct;
import org.tinytorch.precision.IntegerProduct;
import org.tinytorch.precision.PrecisionOperations;
import org.tinytorch.tensor.Backend;
import org.tinytorch.testing.OperationChecks;
import org.tinytorch.testing.OperationScan;
import org.tinytorch.testing.OperationSpec;
import org.tinytorch.testing.SpecProvider;

/** Every operation of modules 16 to 18 goes through the checks that all operations must stand, by its plain loops. {@code AutoBackendTest} does the same to their kernels. */
class OperationContractTest {
    private static final List<OperationSpec> SPECS = Stream.of(
                    new CachingOperations(), new PrecisionOperations(), new CompressionOperations())
            .map(SpecProvider::specs)
            .flatMap(List::stream)
            .toList();

    private Backend before = Backend.reference();

    @BeforeEach
    void usePlainLoops() {
        before = Backend.use(Backend.reference());
    }

    @AfterEach
    void useWhatWasThereBefore() {
        Backend.use(before);
    }

    @TestFactory
    Stream<DynamicContainer> everyOperation() {
        return OperationChecks.of(SPECS);
    }

    @Test
    void everyOperationIsSpecified() {
        List<Object> operations = OperationScan.besides(AutoBackend.class);
        assertThat(operations)
                .as("the scan must find what is known to be there")
                .contains(IntegerProduct.class, SparseProduct.class);
        assertThat(operations)
                .as("operations without a specification; add them to the SpecProvider of their package")
                .allSatisfy(operation ->
                        assertThat(SPECS.stream().map(OperationSpec::operation)).contains(operation));
    }
}
