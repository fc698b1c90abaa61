package org.tinytorch.tito;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.GeneratedFiles;
import org.tinytorch.tito.course.Solutions;
import org.tinytorch.tito.course.SourceText;

/** Notices what a student did not mean to change. Needs the library's sources, so it says nothing in a student edition. */
final class GivenCode {

    private GivenCode() {}

    /** One line for each given file that was edited or is gone, and for each file with tasks that is gone. */
    static List<String> warnings(Course course, CourseModule module) {
        List<String> warnings = new ArrayList<>();
        if (!new Solutions(course.root(), module).exist()) {
            return warnings;
        }
        GeneratedFiles generated = new GeneratedFiles(course, module);
        for (Path file : generated.skeletons().keySet()) {
            if (!Files.exists(file)) {
                warnings.add(course.display(file) + " is gone: ./tito reset " + module.number() + " writes it again");
            }
        }
        generated.given().forEach((file, text) -> {
            if (!Files.exists(file)) {
                warnings.add(course.display(file) + " is gone: ./tito reset " + module.number()
                        + " --given writes it again");
            } else if (!SourceText.read(course.root(), file).text().equals(text)) {
                warnings.add(course.display(file) + " is given code and differs from the library's: ./tito reset "
                        + module.number() + " --given brings it back");
            }
        });
        return warnings;
    }
}
