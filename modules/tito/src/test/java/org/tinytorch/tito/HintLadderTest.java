package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.TaskId;

class HintLadderTest {

    @Test
    void readsRungsThatGoOverSeveralLines(@TempDir Path directory) {
        Course course = new MiniCourse(directory).course();
        assertThat(HintLadder.read(course, course.module(1)))
                .containsOnlyKeys(new TaskId(1, 1))
                .hasEntrySatisfying(new TaskId(1, 1), rungs -> assertThat(rungs)
                        .containsExactly("What is 3 + 3?", "Add it\nto itself."));
    }

    @Test
    void aModuleWithoutHintsHasNone(@TempDir Path directory) {
        Course course = new MiniCourse(directory).course();
        assertThat(HintLadder.read(course, course.module(2))).isEmpty();
    }
}
