package org.tinytorch.tito.check;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * The jars that a student's code and its checks may see: tito's own class path, which holds JUnit, AssertJ and the few libraries that the
 * modules need. No jar of TinyTorch but tito itself is ever let through.
 */
public final class Libraries {

    private Libraries() {}

    /**
     * Tito's own class path, with the class paths in the manifests of its jars followed.
     *
     * @return directories and jars that exist, in order
     */
    public static List<Path> classPath() {
        Set<Path> entries = new LinkedHashSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                add(entries, Path.of(entry).toAbsolutePath().normalize());
            }
        }
        return entries.stream().filter(Libraries::allowed).toList();
    }

    /**
     * Joins paths as {@code -cp} wants them.
     *
     * @param paths directories and jars
     * @return one string
     */
    public static String join(List<Path> paths) {
        return String.join(
                File.pathSeparator, paths.stream().map(Path::toString).toList());
    }

    /**
     * Whether a student's code may see a jar: the finished library must never stand in for what is not written.
     *
     * @param entry a directory or jar
     * @return false for the jars of TinyTorch
     */
    public static boolean allowed(Path entry) {
        String name = entry.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith("tinytorch-") || name.startsWith("tinytorch-tito");
    }

    private static void add(Set<Path> entries, Path entry) {
        if (!Files.exists(entry) || !entries.add(entry) || !entry.toString().endsWith(".jar")) {
            return;
        }
        for (String next : manifestClassPath(entry)) {
            add(entries, Path.of(entry.toUri().resolve(URI.create(next))).normalize());
        }
    }

    private static List<String> manifestClassPath(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String value =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            List<String> entries = new ArrayList<>();
            if (value != null) {
                for (String entry : value.strip().split("\\s+")) {
                    if (!entry.isEmpty()) {
                        entries.add(entry);
                    }
                }
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
