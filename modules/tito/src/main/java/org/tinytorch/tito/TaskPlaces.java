package org.tinytorch.tito;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.Region;
import org.tinytorch.tito.course.RegionScanner;
import org.tinytorch.tito.course.SourceText;
import org.tinytorch.tito.course.TaskId;

/** Where in a student's files the tasks are. */
final class TaskPlaces {

    private TaskPlaces() {}

    /** {@code modules/02-tensor/src/main/java/…/Shape.java:42} by task; files with broken marks are left out. */
    static Map<TaskId, String> of(Course course, CourseModule module) {
        Map<TaskId, String> places = new TreeMap<>();
        for (Path file : FileTrees.files(module.mainJava(), ".java")) {
            try {
                for (Region region : RegionScanner.scan(SourceText.read(course.root(), file))) {
                    places.put(region.id(), course.display(file) + ":" + (region.firstLine() + 1));
                }
            } catch (CourseException ignored) {
                // The compiler or the check tells about broken marks; here they only mean that the place is unknown.
            }
        }
        return places;
    }

    /** A place below a source root, {@code org/tinytorch/tensor/Shape.java:42}, as a path from the top of the repository. */
    static String find(Course course, CourseModule module, String where) {
        int colon = where.lastIndexOf(':');
        for (CourseModule candidate : course.upTo(module.number())) {
            for (Path root : List.of(candidate.mainJava(), candidate.givenJava())) {
                if (colon > 0 && Files.exists(root.resolve(where.substring(0, colon)))) {
                    return course.display(root) + "/" + where;
                }
            }
        }
        return where;
    }
}
