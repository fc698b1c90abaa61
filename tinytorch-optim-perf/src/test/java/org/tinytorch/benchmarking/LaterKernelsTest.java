package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.acceleration.KernelProvider;
import org.tinytorch.caching.CachingKernels;
import org.tinytorch.compression.SparseKernels;
import org.tinytorch.precision.IntegerKernels;
import org.tinytorch.precision.IntegerNetworkKernels;

/** A provider that {@code META-INF/services} does not name is never asked, and its operations compute slowly without a word. */
class LaterKernelsTest {
    @ParameterizedTest
    @ValueSource(
            classes = {CachingKernels.class, IntegerKernels.class, IntegerNetworkKernels.class, SparseKernels.class})
    void backendsFindThem(Class<? extends KernelProvider> provider) {
        assertThat(ServiceLoader.load(KernelProvider.class))
                .as("named in META-INF/services/%s", KernelProvider.class.getName())
                .hasAtLeastOneElementOfType(provider);
    }
}
