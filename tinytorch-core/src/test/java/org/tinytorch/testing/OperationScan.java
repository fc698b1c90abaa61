package org.tinytorch.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tinytorch.tensor.Operation;

/** Finds every operation in a jar or a directory of classes. */
public final class OperationScan {
    private OperationScan() {}

    /**
     * The operations that lie where a class lies: for an enum each of its constants, else the class.
     *
     * @param anchor a main class of the module in question
     */
    public static List<Object> besides(Class<?> anchor) {
        try {
            URI place =
                    anchor.getProtectionDomain().getCodeSource().getLocation().toURI();
            Path path = Path.of(place);
            if (Files.isDirectory(path)) {
                return operations(path, anchor.getClassLoader());
            }
            try (FileSystem jar = FileSystems.newFileSystem(path, Map.of())) {
                return operations(jar.getPath("/"), anchor.getClassLoader());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Object> operations(Path root, ClassLoader loader) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name ->
                            name.endsWith(".class") && !name.startsWith("META-INF") && !name.endsWith("-info.class"))
                    .sorted()
                    .map(name -> load(name, loader))
                    .filter(type -> Operation.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
                    .flatMap(type -> type.isEnum() ? Stream.of(type.getEnumConstants()) : Stream.of(type))
                    .toList();
        }
    }

    private static Class<?> load(String file, ClassLoader loader) {
        String name = file.substring(0, file.length() - ".class".length())
                .replace('/', '.')
                .replace('\\', '.');
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
