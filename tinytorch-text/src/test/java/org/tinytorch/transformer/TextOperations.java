package org.tinytorch.transformer;

import java.util.List;
import java.util.stream.Stream;
import org.tinytorch.attention.AttentionSpecs;
import org.tinytorch.embedding.EmbeddingSpecs;
import org.tinytorch.testing.OperationSpec;
import org.tinytorch.testing.SpecProvider;

/** The specifications of modules 12 to 14. */
public final class TextOperations implements SpecProvider {
    @Override
    public List<OperationSpec> specs() {
        return Stream.of(EmbeddingSpecs.all(), AttentionSpecs.all(), NormSpecs.all())
                .flatMap(List::stream)
                .toList();
    }
}
