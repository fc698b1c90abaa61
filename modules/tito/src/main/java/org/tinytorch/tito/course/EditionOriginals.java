package org.tinytorch.tito.course;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The modules of a student edition as they were on the day it was written, from the archive in it. The solutions are not in it. */
final class EditionOriginals implements Originals {

    private static final String ARCHIVE = "modules/originals.zip";

    private final Course course;
    private final SortedMap<String, String> files;

    EditionOriginals(Course course) {
        this.course = course;
        this.files = TextArchive.read(archive(course.root()));
    }

    /** Whether a repository is a student edition. */
    static boolean in(Course course) {
        return Files.exists(archive(course.root()));
    }

    /** Keeps the modules of an edition as they are now. */
    static void write(Path root, SortedMap<String, String> files) {
        TextArchive.write(archive(root), files);
    }

    private static Path archive(Path root) {
        return root.resolve(ARCHIVE);
    }

    @Override
    public Map<Path, String> skeletons(CourseModule module) {
        return below(module, true);
    }

    @Override
    public Map<Path, String> given(CourseModule module) {
        return below(module, false);
    }

    @Override
    public Map<TaskId, List<String>> solutions(CourseModule module) {
        throw new CourseException(
                "the solutions are not part of this edition: ask your instructor for their archive, and say"
                        + " where it is with --solutions FILE");
    }

    private Map<Path, String> below(CourseModule module, boolean tasks) {
        Map<Path, String> found = new TreeMap<>();
        files.forEach((name, text) -> {
            Path file = course.root().resolve(name);
            if (file.startsWith(module.directory()) && file.startsWith(module.mainJava()) == tasks) {
                found.put(file, text);
            }
        });
        return found;
    }
}
