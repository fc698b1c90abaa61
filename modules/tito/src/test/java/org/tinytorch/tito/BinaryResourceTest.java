package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.Edition;
import org.tinytorch.tito.course.Sync;

/** A resource of the library that is no text, such as compressed digits, goes wherever the package goes, byte by byte. */
class BinaryResourceTest {

    private static final byte[] BYTES = {31, -117, 0, -1, 13, 10, -128};
    private static final String COPY = "modules/01-twice/src/given/resources/org/tinytorch/one/digits.gz";

    @TempDir
    private Path directory;

    private Course course = new Course(Path.of(""), List.of());

    @BeforeEach
    void writeTheResource() throws IOException {
        MiniCourse mini = new MiniCourse(directory.resolve("whole"));
        Path resource = mini.root().resolve("lib/src/main/resources/org/tinytorch/one/digits.gz");
        Files.createDirectories(resource.getParent());
        Files.write(resource, BYTES);
        course = mini.course();
        new Sync(course).write();
    }

    @Test
    void syncCopiesItAndNoticesADifference() throws IOException {
        Path copy = course.root().resolve(COPY);
        assertThat(copy).hasBinaryContent(BYTES);
        assertThat(new Sync(course).differences()).isEmpty();
        Files.write(copy, new byte[] {1});
        assertThat(new Sync(course).differences()).containsExactly("differs  " + COPY);
        Files.delete(copy);
        assertThat(new Sync(course).differences()).containsExactly("missing  " + COPY);
    }

    @Test
    void anEditionHasIt() {
        Path edition = directory.resolve("edition");
        new Edition(course).write(edition, List.of(), library -> true);
        assertThat(edition.resolve(COPY)).hasBinaryContent(BYTES);
    }

    @Test
    void aStudentsWorkIsGradedWithIt() {
        Path scratch = directory.resolve("scratch");
        new Grading(course, line -> {}).grade(course.root(), scratch);
        assertThat(scratch.resolve(COPY)).hasBinaryContent(BYTES);
    }
}
