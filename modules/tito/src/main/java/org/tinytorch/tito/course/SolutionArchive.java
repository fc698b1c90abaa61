package org.tinytorch.tito.course;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The file in which an instructor keeps the solutions that a student edition is without: one entry for each task. */
public final class SolutionArchive {

    private static final String SUFFIX = ".java";

    private SolutionArchive() {}

    /**
     * Writes the solutions of a course.
     *
     * @param course a course whose repository holds the solutions
     * @param file where to
     */
    public static void write(Course course, Path file) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (CourseModule module : course.modules()) {
            Originals.of(course)
                    .solutions(module)
                    .forEach((task, body) -> texts.put(task + SUFFIX, String.join("\n", body) + "\n"));
        }
        TextArchive.write(file, texts);
    }

    /**
     * Reads solutions.
     *
     * @param file what {@link #write} wrote
     * @return the lines between the marks, by task
     * @throws CourseException if the file is something else
     */
    static Map<TaskId, List<String>> read(Path file) {
        Map<TaskId, List<String>> solutions = new TreeMap<>();
        TextArchive.read(file).forEach((name, text) -> {
            if (!name.matches("\\d+\\.\\d+\\" + SUFFIX)) {
                throw new CourseException(file + " is not an archive of solutions: it holds " + name
                        + "; ask your instructor for the one that belongs to this edition");
            }
            String id = name.substring(0, name.length() - SUFFIX.length());
            solutions.put(TaskId.parse(id), text.lines().toList());
        });
        return solutions;
    }
}
