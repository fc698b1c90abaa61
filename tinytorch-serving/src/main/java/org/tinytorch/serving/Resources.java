package org.tinytorch.serving;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Files in this jar. */
final class Resources {
    private Resources() {}

    /** A file below this package, if there is one. */
    static Optional<byte[]> read(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("server: " + name + " cannot be read from the jar; fetch the jar anew", e);
        }
    }
}
