// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/CacheDirectory.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Where data sets go unless the user says otherwise. */
public final class CacheDirectory {
    private CacheDirectory() {}

    /**
     * The directory of one data set, which need not exist: its name below
     *
     * <ol>
     *   <li>the system property {@code tinytorch.cache}, if it is set, or
     *   <li>{@code $XDG_CACHE_HOME/tinytorch}, if that variable holds an absolute path, as the
     *       <a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG base directory specification</a> has it, or
     *   <li>{@code .cache/tinytorch} in the user's home directory.
     * </ol>
     */
    public static Path of(RemoteDataset dataset) {
        return root(
                        name -> Optional.ofNullable(System.getProperty(name)),
                        name -> Optional.ofNullable(System.getenv(name)))
                .resolve(dataset.name());
    }

    static Path root(Function<String, Optional<String>> property, Function<String, Optional<String>> environment) {
        return property.apply("tinytorch.cache")
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .or(() -> environment
                        .apply("XDG_CACHE_HOME")
                        .filter(value -> !value.isBlank())
                        .map(Path::of)
                        .filter(Path::isAbsolute) // the specification: a relative path is to be ignored
                        .map(path -> path.resolve("tinytorch")))
                .orElseGet(() -> Path.of(property.apply("user.home").orElse(""))
                        .resolve(".cache")
                        .resolve("tinytorch"));
    }
}
