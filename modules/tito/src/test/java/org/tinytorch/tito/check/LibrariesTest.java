package org.tinytorch.tito.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the solution on the class path, a green check would mean nothing. */
class LibrariesTest {

    private static final List<String> SOLUTIONS = List.of(
            "org/tinytorch/setup",
            "org/tinytorch/tensor",
            "org/tinytorch/nn",
            "org/tinytorch/training",
            "org/tinytorch/milestones");

    @ParameterizedTest
    @ValueSource(
            strings = {"org.tinytorch.tensor.Tensor", "org.tinytorch.autograd.AutogradTape", "org.tinytorch.nn.Layer"})
    void titoSeesNoClassOfTheLibrary(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void noEntryOfTheChecksClassPathHoldsASolution() throws Exception {
        assertThat(Libraries.classPath()).isNotEmpty();
        for (Path entry : Libraries.classPath()) {
            assertThat(solution(entry)).as("solution in %s", entry).isEmpty();
        }
    }

    @Test
    void theTestLibrariesAreThere() {
        assertThat(Libraries.join(Libraries.classPath()))
                .contains("junit-platform-launcher")
                .contains("assertj");
    }

    private static Optional<String> solution(Path entry) throws Exception {
        if (Files.isDirectory(entry)) {
            return SOLUTIONS.stream()
                    .filter(name -> Files.exists(entry.resolve(name)))
                    .findFirst();
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            return jar.stream()
                    .map(Object::toString)
                    .filter(name -> SOLUTIONS.stream().anyMatch(name::startsWith))
                    .findFirst();
        }
    }
}
