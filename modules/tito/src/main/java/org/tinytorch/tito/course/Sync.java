package org.tinytorch.tito.course;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Brings the modules into line with the library: a maintainer's tool, since it writes skeletons over the files with tasks. */
public final class Sync {

    /**
     * What a run of {@link #write} did.
     *
     * @param changed the differences that were mended, one line each
     * @param backup where the student's work that was overwritten is kept, if there was any
     */
    public record Result(List<String> changed, Optional<Path> backup) {}

    private final Course course;

    /**
     * Prepares a run.
     *
     * @param course the course to bring into line
     */
    public Sync(Course course) {
        this.course = course;
    }

    /**
     * What differs from what {@link #write} would write.
     *
     * @return one line for each file, empty if all is in line
     * @throws CourseException if a region is malformed
     */
    public List<String> differences() {
        Map<Path, String> expected = expected();
        List<String> differences = new ArrayList<>();
        expected.forEach((file, text) -> {
            if (!Files.exists(file)) {
                differences.add("missing  " + course.display(file));
            } else if (!SourceText.read(course.root(), file).text().equals(text)) {
                differences.add("differs  " + course.display(file));
            }
        });
        binaries().forEach((file, original) -> {
            if (!Files.exists(file)) {
                differences.add("missing  " + course.display(file));
            } else if (!same(file, original)) {
                differences.add("differs  " + course.display(file));
            }
        });
        strays(expected).forEach(file -> differences.add("stray    " + course.display(file)));
        return differences;
    }

    /**
     * Writes what differs. A file with tasks that a student has worked in is copied to {@code .tito/backups} first, and so are files that
     * are no longer generated before they go.
     *
     * @return what was changed
     * @throws CourseException if a region is malformed; nothing is written then
     */
    public Result write() {
        List<String> changed = differences();
        Map<Path, String> expected = expected();
        List<Path> strays = strays(expected);
        List<Path> precious = new ArrayList<>(strays);
        for (Path file : expected.keySet()) {
            if (Files.exists(file) && holdsWork(file)) {
                precious.add(file);
            }
        }
        Optional<Path> backup = changed.isEmpty() ? Optional.empty() : Backup.of(course, precious);
        try {
            for (Path file : strays) {
                Files.delete(file);
            }
            for (Map.Entry<Path, String> entry : expected.entrySet()) {
                Path file = entry.getKey();
                if (!Files.exists(file)
                        || !SourceText.read(course.root(), file).text().equals(entry.getValue())) {
                    FileTrees.write(file, entry.getValue());
                }
            }
            for (Map.Entry<Path, Path> entry : binaries().entrySet()) {
                Files.createDirectories(entry.getKey().getParent());
                Files.copy(entry.getValue(), entry.getKey(), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Result(changed, backup);
    }

    private Map<Path, String> expected() {
        Map<Path, String> expected = new TreeMap<>();
        course.modules().forEach(module -> expected.putAll(new GeneratedFiles(course, module).all()));
        return expected;
    }

    private Map<Path, Path> binaries() {
        Map<Path, Path> binaries = new TreeMap<>();
        course.modules().forEach(module -> binaries.putAll(new GeneratedFiles(course, module).binaries()));
        return binaries;
    }

    private static boolean same(Path a, Path b) {
        try {
            return Files.mismatch(a, b) < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> strays(Map<Path, String> expected) {
        List<Path> strays = new ArrayList<>();
        Map<Path, Path> binaries = binaries();
        for (CourseModule module : course.modules()) {
            for (String tree : List.of("src/main", "src/given")) {
                for (Path file : FileTrees.files(module.directory().resolve(tree), "")) {
                    if (!expected.containsKey(file) && !binaries.containsKey(file)) {
                        strays.add(file);
                    }
                }
            }
        }
        return strays;
    }

    private boolean holdsWork(Path file) {
        if (!file.toString().endsWith(".java")) {
            return false;
        }
        try {
            return Skeleton.bodies(SourceText.read(course.root(), file)).values().stream()
                    .anyMatch(body -> !Skeleton.isUnwritten(body));
        } catch (CourseException malformed) {
            return true;
        }
    }
}
