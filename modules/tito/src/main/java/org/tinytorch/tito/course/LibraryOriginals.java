package org.tinytorch.tito.course;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The modules as they are generated from the library's sources. */
record LibraryOriginals(Course course) implements Originals {

    @Override
    public Map<Path, String> skeletons(CourseModule module) {
        return new GeneratedFiles(course, module).skeletons();
    }

    @Override
    public Map<Path, String> given(CourseModule module) {
        return new GeneratedFiles(course, module).given();
    }

    @Override
    public Map<TaskId, List<String>> solutions(CourseModule module) {
        return new Solutions(course.root(), module).bodies();
    }
}
