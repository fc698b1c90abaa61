package org.tinytorch.tito.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleMetadataTest {

    private static final String LEAST =
            "number: 2\ntitle: Tensor\npackage: org.tinytorch.tensor\nsource: tinytorch-core\n";

    @TempDir
    private Path directory;

    private ModuleMetadata read(String text) throws IOException {
        return ModuleMetadata.read(Files.writeString(directory.resolve("module.yaml"), text));
    }

    @Test
    void fillsInWhatIsLeftOut() throws IOException {
        ModuleMetadata metadata = read(LEAST);
        assertThat(metadata.tasks()).isEmpty();
        assertThat(metadata.prerequisites()).isEmpty();
        assertThat(metadata.jvm()).isEmpty();
        assertThat(metadata.milestones()).isEmpty();
        assertThat(metadata.checkSeconds()).isEqualTo(10);
    }

    @Test
    void readsTasks() throws IOException {
        assertThat(read(LEAST + "tasks:\n  - { id: \"2.1\", title: \"strides\", points: 5, minutes: 20 }\n")
                        .tasks())
                .containsExactly(new Task("2.1", "strides", 5, 20));
    }

    @Test
    void refusesUnknownKeysAndForeignTasks() {
        assertThatThrownBy(() -> read(LEAST + "titel: x\n"))
                .isInstanceOf(CourseException.class)
                .hasMessageContaining("titel");
        assertThatThrownBy(() -> read(LEAST + "tasks:\n  - { id: \"3.1\", title: \"x\", points: 5, minutes: 20 }\n"))
                .hasMessageContaining("3.1");
        assertThatThrownBy(() -> read("number: 2\n"))
                .isInstanceOf(CourseException.class)
                .hasMessageContaining("title");
    }
}
