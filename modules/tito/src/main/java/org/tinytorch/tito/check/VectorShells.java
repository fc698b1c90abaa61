package org.tinytorch.tito.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.FileTrees;

/**
 * Empty shells of the Vector API's types, for a JDK that does not have it: the kernels of modules 15 and up compile against them, and are never loaded, because the backends ask whether the Vector API is there. So
 * who has such a JDK can do these modules all the same, with kernels in plain Java.
 */
final class VectorShells {

    private static final List<String> TYPES =
            List.of("Vector", "VectorOperators", "VectorSpecies", "VectorMask", "VectorShuffle", "VectorShape");

    /** Becomes one type for each kind of number. */
    private static final String TEMPLATE = "ElementVector";

    private static final Map<String, String> BOXES = Map.of(
            "byte", "Byte", "short", "Short", "int", "Integer", "long", "Long", "float", "Float", "double", "Double");

    private VectorShells() {}

    /** Where the classes are, compiled if they were not yet, or from other sources than these. */
    static Path classes(Path output) {
        Map<String, String> sources = sources();
        Digest digest = new Digest();
        sources.values().forEach(digest::add);
        Path classes = output.resolve("vector-shells").resolve(digest.hex());
        if (!Files.exists(classes)) {
            Path written = output.resolve("vector-shells-sources");
            FileTrees.delete(written);
            sources.forEach(
                    (type, text) -> FileTrees.write(written.resolve("jdk/incubator/vector/" + type + ".java"), text));
            Path part = output.resolve("vector-shells.part");
            FileTrees.delete(part);
            compile(FileTrees.files(written, ".java"), part);
            move(part, classes);
        }
        return classes;
    }

    /** The text of each type, by its name. */
    private static Map<String, String> sources() {
        Map<String, String> sources = new TreeMap<>();
        TYPES.forEach(type -> sources.put(type, text(type)));
        BOXES.forEach((element, box) -> {
            String type = (element.equals("int") ? "Int" : box) + "Vector";
            sources.put(
                    type,
                    text(TEMPLATE)
                            .replace(TEMPLATE, type)
                            .replace("Element", box)
                            .replace("element", element));
        });
        return sources;
    }

    private static String text(String type) {
        try (InputStream in = VectorShells.class.getResourceAsStream("vector-api/" + type + ".java.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(List<Path> sources, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter words = new StringWriter();
        // javac lets nobody else into a package that a module has, so on a JDK with the Vector API it must not see it.
        List<String> options =
                List.of("-d", classes.toString(), "--limit-modules", "java.base", "-proc:none", "-nowarn");
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            Files.createDirectories(classes);
            boolean ok = compiler.getTask(words, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!ok) {
                throw new CourseException(
                        "this Java has no Vector API, and what should stand in for it does not compile: " + words
                                + "; a JDK from https://adoptium.net has it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path part, Path classes) {
        try {
            Files.createDirectories(classes.getParent());
            Files.move(part, classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
