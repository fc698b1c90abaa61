package org.tinytorch.tito;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tinytorch.tito.course.CheckSums;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.Originals;
import org.tinytorch.tito.course.SourceText;

/** Notices what a student did not mean to change. */
final class GivenCode {

    private GivenCode() {}

    /** One line for each given file or check that was edited or is gone, and for each file with tasks that is gone. */
    static List<String> warnings(Course course, CourseModule module) {
        List<String> warnings = new ArrayList<>();
        Originals originals = Originals.of(course);
        String reset = "./tito reset " + module.number();
        for (Path file : originals.skeletons(module).keySet()) {
            if (!Files.exists(file)) {
                warnings.add(course.display(file) + " is gone: " + reset + " writes it again");
            }
        }
        originals.given(module).forEach((file, text) -> {
            if (!Files.exists(file)) {
                warnings.add(course.display(file) + " is gone: " + reset + " --given writes it again");
            } else if (!SourceText.read(course.root(), file).text().equals(text)) {
                warnings.add(course.display(file) + " is given code and differs from the course's: " + reset
                        + " --given brings it back");
            }
        });
        for (Path check : CheckSums.changed(course, module)) {
            warnings.add(course.display(check) + " is a check and "
                    + (Files.exists(check) ? "differs from the course's" : "is gone") + ": git checkout -- "
                    + course.display(check) + " brings it back, if you have not committed the change");
        }
        return warnings;
    }
}
