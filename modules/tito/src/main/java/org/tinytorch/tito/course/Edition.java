package org.tinytorch.tito.course;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A student edition: the course as a repository of its own, with tito built and no solution in it. Lessons, skeletons, given code, checks and hints; the library
 * is not there, and neither are the planted wrong answers, since they quote the solutions.
 */
public final class Edition {

    private static final String BIN = "bin";
    private static final List<String> TOP = List.of("LICENSE", "tito", "tito.cmd");
    private static final List<String> DOCS = List.of(
            "students-guide.md", "rationale.md", "mathematics.md", "glossary.md", "pytorch.md", "i-built-this.md");
    private static final List<String> OF_A_MODULE = List.of("README.md", "hints.md", "module.yaml");

    private final Course course;

    /**
     * Prepares an edition.
     *
     * @param course the course, in a repository that holds the solutions
     */
    public Edition(Course course) {
        this.course = course;
    }

    /**
     * Whether a repository is a student edition.
     *
     * @param course its course
     * @return false where the library is
     */
    public static boolean is(Course course) {
        return EditionOriginals.in(course);
    }

    /**
     * The built milestones that a student edition brings.
     *
     * @param root the top of a repository
     * @return the jar; empty where there is none, so that it has to be built
     */
    public static Optional<Path> milestones(Path root) {
        return Optional.of(root.resolve(BIN).resolve("milestones.jar")).filter(Files::exists);
    }

    /**
     * Writes the edition.
     *
     * @param target a directory that does not exist or is empty
     * @param programs the jars to bring, each with its libraries in {@code lib} beside it
     * @param mayBring which of the libraries to bring
     * @throws CourseException if the directory is not empty, or this is itself a student edition
     */
    public void write(Path target, List<Path> programs, Predicate<Path> mayBring) {
        if (is(course)) {
            throw new CourseException(
                    "this is a student edition already: an edition is written from the whole repository");
        }
        try {
            if (Files.exists(target) && !isEmpty(target)) {
                throw new CourseException(target + " is not empty: choose a directory that does not exist yet");
            }
            Path whole = target.toAbsolutePath().normalize();
            Path part = whole.resolveSibling(whole.getFileName() + ".part");
            FileTrees.delete(part);
            try {
                writeInto(part, programs, mayBring);
                Files.deleteIfExists(whole);
                Files.move(part, whole); // all of it, or nothing
            } finally {
                FileTrees.delete(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeInto(Path target, List<Path> programs, Predicate<Path> mayBring) throws IOException {
        for (String name : TOP) {
            copy(course.root().resolve(name), target.resolve(name));
        }
        for (String name : DOCS) {
            copy(
                    course.root().resolve("docs").resolve(name),
                    target.resolve("docs").resolve(name));
        }
        FileTrees.write(target.resolve("README.md"), resource("edition-readme.md"));
        FileTrees.write(target.resolve(".gitignore"), ".tito/\ntarget/\nruns/\n/packages/\n");
        FileTrees.write(
                target.resolve(".gitattributes"),
                "tito text eol=lf\n*.cmd text eol=crlf\n*.jar binary\n*.zip binary\n");
        Path bin = target.resolve(BIN);
        for (Path program : programs) {
            copy(program, bin.resolve(program.getFileName()));
            for (Path library : FileTrees.files(program.resolveSibling("lib"), ".jar")) {
                if (mayBring.test(library)) {
                    copy(library, bin.resolve("lib").resolve(library.getFileName()));
                }
            }
        }
        modules(target);
    }

    private void modules(Path target) throws IOException {
        SortedMap<String, String> originals = new TreeMap<>();
        Path pom = course.root().resolve("modules/pom.xml");
        copy(pom, target.resolve("modules/pom.xml"));
        copyTree(course.root().resolve("modules/checks"), target);
        for (CourseModule module : course.modules()) {
            for (String name : OF_A_MODULE) {
                copy(
                        module.directory().resolve(name),
                        there(target, module.directory().resolve(name)));
            }
            for (Map.Entry<Path, String> file :
                    new GeneratedFiles(course, module).all().entrySet()) {
                FileTrees.write(there(target, file.getKey()), file.getValue());
                originals.put(course.display(file.getKey()), file.getValue());
            }
            for (Map.Entry<Path, Path> file :
                    new GeneratedFiles(course, module).binaries().entrySet()) {
                copy(file.getValue(), there(target, file.getKey()));
            }
            for (Path root : List.of(module.checks(), module.experiment())) {
                for (Path file : FileTrees.files(root, "")) {
                    copy(file, there(target, file));
                    originals.put(
                            course.display(file),
                            SourceText.read(course.root(), file).text());
                }
            }
        }
        EditionOriginals.write(target, originals);
    }

    private void copyTree(Path tree, Path target) throws IOException {
        for (Path file : FileTrees.files(tree, "")) {
            if (!tree.relativize(file).startsWith("target")) {
                copy(file, there(target, file));
            }
        }
    }

    private Path there(Path target, Path file) {
        return target.resolve(course.root().relativize(file).toString());
    }

    /** Copies a file, if there is one; two programs may bring the same library. */
    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Edition.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
