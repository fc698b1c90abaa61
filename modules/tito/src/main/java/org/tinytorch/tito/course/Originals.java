package org.tinytorch.tito.course;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The modules as the course wrote them, whatever a student has done to them since; and the solutions, if they are at hand. In the repository they come from
 * the library's sources, in a student edition from the archive that is part of it.
 */
public interface Originals {

    /**
     * The files that hold tasks, untouched.
     *
     * @param module the module
     * @return the text of each file in {@code src/main/java}, by its path
     * @throws CourseException if a region of the library is malformed
     */
    Map<Path, String> skeletons(CourseModule module);

    /**
     * What a student reads and does not write.
     *
     * @param module the module
     * @return the text of each file, by its path
     */
    Map<Path, String> given(CourseModule module);

    /**
     * The bodies of the solutions.
     *
     * @param module the module
     * @return the lines between the marks, by task
     * @throws CourseException if the solutions are not at hand; the message says how to get them
     */
    Map<TaskId, List<String>> solutions(CourseModule module);

    /**
     * The originals of a course.
     *
     * @param course the course
     * @return what its repository holds
     */
    static Originals of(Course course) {
        return of(course, Optional.empty());
    }

    /**
     * The originals of a course, with the solutions that an instructor keeps.
     *
     * @param course the course
     * @param solutions the archive of solutions, if there is one
     * @return what its repository holds; the archive's solutions in place of its own
     */
    static Originals of(Course course, Optional<Path> solutions) {
        Originals found = EditionOriginals.in(course) ? new EditionOriginals(course) : new LibraryOriginals(course);
        return solutions
                .<Originals>map(archive -> new WithSolutions(found, SolutionArchive.read(archive)))
                .orElse(found);
    }
}
