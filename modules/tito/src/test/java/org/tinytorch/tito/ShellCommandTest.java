package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;

class ShellCommandTest {
    private static final Pattern SINGLE = Pattern.compile("import ([a-z0-9.]+)\\.([A-Z]\\w*);");

    @Test
    void importsTypesByNameThatStandTwiceAndAreForEverybody() throws IOException {
        Course course = Course.load(Repository.root());
        List<CourseModule> modules = course.modules();

        String imports = ShellCommand.imports(course, modules.get(modules.size() - 1));

        assertThat(imports)
                .contains("import org.tinytorch.nn.Tanh;")
                .as("package-private classes of a name that another package has, too")
                .doesNotContain("data.Rows;", "data.ChannelStatistics;");
        Matcher single = SINGLE.matcher(imports);
        while (single.find()) {
            String file = "/" + single.group(1).replace('.', '/') + "/" + single.group(2) + ".java";
            assertThat(modules.stream().flatMap(module -> Stream.of(module.mainJava(), module.givenJava())))
                    .as(single.group())
                    .anyMatch(folder -> isPublic(Path.of(folder + file)));
        }
    }

    private static boolean isPublic(Path source) {
        try {
            return Files.exists(source) && Files.readString(source).contains("\npublic ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
