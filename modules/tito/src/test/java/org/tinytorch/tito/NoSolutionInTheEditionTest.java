package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.Edition;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.SolutionArchive;

/** The student edition of this repository holds none of its solutions. */
class NoSolutionInTheEditionTest {

    @Test
    void noFileHoldsTheBodyOfARegion(@TempDir Path directory) throws IOException {
        Course course = Course.load(Repository.root());
        Path edition = directory.resolve("edition");
        new Edition(course).write(edition, List.of(), library -> true);

        SolutionSearch search = new SolutionSearch(course);
        assertThat(search.in(edition)).isEmpty();
        assertThat(search.files()).as("files looked into").isGreaterThan(100);
    }

    @Test
    void theSearchFindsWhatIsThere(@TempDir Path directory) throws IOException {
        Course course = Course.load(Repository.root());
        SolutionArchive.write(course, directory.resolve("somewhere/solutions.zip"));
        FileTrees.write(directory.resolve("Text.java"), "nothing");

        SolutionSearch search = new SolutionSearch(course);
        assertThat(search.in(directory)).hasSizeGreaterThanOrEqualTo(search.solutions());
    }
}
