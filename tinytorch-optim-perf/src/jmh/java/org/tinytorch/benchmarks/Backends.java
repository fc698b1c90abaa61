package org.tinytorch.benchmarks;

import java.util.ServiceLoader;
import org.tinytorch.tensor.Backend;

/** The backends on the class path. */
final class Backends {
    private Backends() {}

    /** The backend of a name; the plain loops if it is {@code reference}. */
    static Backend named(String name) {
        return ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseGet(Backend::reference);
    }
}
