package org.tinytorch.spatial;

import java.util.List;
import java.util.stream.Stream;
import org.tinytorch.testing.OperationSpec;
import org.tinytorch.testing.SpecProvider;

/** The specifications of module 09, family by family. */
public final class SpatialOperations implements SpecProvider {
    @Override
    public List<OperationSpec> specs() {
        return Stream.of(ConvolutionSpecs.all(), PoolingSpecs.all(), BatchNormSpecs.all())
                .flatMap(List::stream)
                .toList();
    }
}
