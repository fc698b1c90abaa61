package org.tinytorch.tito;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tinytorch.tito.course.Backup;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.Originals;
import org.tinytorch.tito.course.Skeleton;
import org.tinytorch.tito.course.SourceText;
import org.tinytorch.tito.course.TaskId;

/** Writes over a student's files, after making copies of them. */
public final class StudentFiles {

    private final Course course;
    private final CourseModule module;
    private final Originals originals;

    /**
     * Prepares to change a module.
     *
     * @param course the course
     * @param module the module
     */
    public StudentFiles(Course course, CourseModule module) {
        this(course, module, Originals.of(course));
    }

    /**
     * Prepares to change a module.
     *
     * @param course the course
     * @param module the module
     * @param originals what it was, and its solutions
     */
    public StudentFiles(Course course, CourseModule module, Originals originals) {
        this.course = course;
        this.module = module;
        this.originals = originals;
    }

    /**
     * Puts the untouched skeleton back.
     *
     * @param given whether to put the given code back as well
     * @return where the files that were there before are kept, if there were any that differ
     */
    public Optional<Path> reset(boolean given) {
        return replace(new TreeMap<>(given ? originals.given(module) : originals.skeletons(module)));
    }

    /**
     * Fills in solutions.
     *
     * @param tasks the tasks to fill in
     * @return where the files that were there before are kept
     * @throws CourseException if the solutions are not at hand
     */
    public Optional<Path> fill(List<TaskId> tasks) {
        Map<TaskId, List<String>> bodies = new TreeMap<>(originals.solutions(module));
        bodies.keySet().retainAll(tasks);
        return write(bodies);
    }

    /**
     * Writes answers into the regions of their tasks.
     *
     * @param bodies the lines to put in, by task
     * @return where the files that were there before are kept
     */
    public Optional<Path> write(Map<TaskId, List<String>> bodies) {
        Map<Path, String> filled = new TreeMap<>();
        originals.skeletons(module).forEach((file, skeleton) -> {
            SourceText untouched = new SourceText(course.display(file), skeleton);
            if (Skeleton.bodies(untouched).keySet().stream().anyMatch(bodies::containsKey)) {
                filled.put(file, filled(file, untouched, bodies));
            }
        });
        return replace(filled);
    }

    /**
     * The tasks in which nothing is written yet.
     *
     * @return the tasks whose {@code throw} is still there; files with broken marks are left out
     */
    public Set<TaskId> unwritten() {
        Set<TaskId> unwritten = new TreeSet<>();
        for (Path file : FileTrees.files(module.mainJava(), ".java")) {
            try {
                Skeleton.bodies(SourceText.read(course.root(), file)).forEach((task, body) -> {
                    if (Skeleton.isUnwritten(body)) {
                        unwritten.add(task);
                    }
                });
            } catch (CourseException ignored) {
                // Broken marks: the compiler or the check tells about them.
            }
        }
        return unwritten;
    }

    private String filled(Path file, SourceText untouched, Map<TaskId, List<String>> bodies) {
        if (Files.exists(file)) {
            SourceText present = SourceText.read(course.root(), file);
            try {
                if (Skeleton.bodies(present)
                        .keySet()
                        .equals(Skeleton.bodies(untouched).keySet())) {
                    return Skeleton.fill(present, bodies);
                }
            } catch (CourseException brokenMarks) {
                // The marks are the only guide into a student's file: without them it starts over from the skeleton
                // (the copy remains).
                return Skeleton.fill(untouched, bodies);
            }
        }
        return Skeleton.fill(untouched, bodies);
    }

    private Optional<Path> replace(Map<Path, String> fresh) {
        fresh.entrySet()
                .removeIf(entry -> Files.exists(entry.getKey())
                        && SourceText.read(course.root(), entry.getKey()).text().equals(entry.getValue()));
        Optional<Path> backup = Backup.of(course, fresh.keySet());
        fresh.forEach(FileTrees::write);
        return backup;
    }
}
