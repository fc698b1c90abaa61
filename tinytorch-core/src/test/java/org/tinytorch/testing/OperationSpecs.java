package org.tinytorch.testing;

import java.util.List;
import java.util.ServiceLoader;

/** Every specification on the class path. */
public final class OperationSpecs {
    private OperationSpecs() {}

    /**
     * The specifications of all modules on the class path.
     *
     * @throws IllegalStateException if there are none, so that no test can pass for want of something to test
     */
    public static List<OperationSpec> all() {
        List<OperationSpec> specs = ServiceLoader.load(SpecProvider.class, SpecProvider.class.getClassLoader()).stream()
                .flatMap(provider -> provider.get().specs().stream())
                .toList();
        if (specs.isEmpty()) {
            throw new IllegalStateException(
                    "specs: no SpecProvider is on the class path; name one in META-INF/services");
        }
        return specs;
    }
}
