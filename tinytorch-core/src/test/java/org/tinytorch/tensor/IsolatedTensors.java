package org.tinytorch.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/**
 * Loads the tensors once more, with both sockets empty: it knows of no autograd, and of no service files but those it is given. So a test can see what
 * happens on class paths that are not its own.
 */
final class IsolatedTensors extends ClassLoader {
    private final Optional<Path> backends;

    /** Without any backend. */
    IsolatedTensors() {
        super(IsolatedTensors.class.getClassLoader());
        this.backends = Optional.empty();
    }

    /** With these backends. */
    IsolatedTensors(Path directory, Class<?>... backends) throws IOException {
        super(IsolatedTensors.class.getClassLoader());
        this.backends = Optional.of(Files.write(
                directory.resolve("backends"),
                List.of(backends).stream().map(Class::getName).toList()));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (name.startsWith("org.tinytorch.autograd.")) {
                throw new ClassNotFoundException(name);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return name.startsWith("org.tinytorch.tensor.") ? define(name) : super.loadClass(name, resolve);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        if (name.equals("META-INF/services/org.tinytorch.tensor.Backend") && backends.isPresent()) {
            return Collections.enumeration(List.of(backends.get().toUri().toURL()));
        }
        return name.startsWith("META-INF/services/org.tinytorch.")
                ? Collections.emptyEnumeration()
                : super.getResources(name);
    }
}
