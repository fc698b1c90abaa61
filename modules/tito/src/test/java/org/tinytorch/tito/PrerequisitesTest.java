package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.SourceText;

/** The prerequisites that a {@code module.yaml} names are the modules whose packages its code imports, no more and no fewer. */
class PrerequisitesTest {

    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?(org\\.tinytorch(?:\\.[a-z]\\w*)+)", Pattern.MULTILINE);

    private static final Course COURSE = Course.load(Repository.root());

    private final Map<String, CourseModule> byPackage = COURSE.modules().stream()
            .collect(Collectors.toMap(module -> module.metadata().packageName(), Function.identity()));

    static Stream<CourseModule> modules() {
        return COURSE.modules().stream();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void areWhatTheCodeImports(CourseModule module) {
        assertThat(new TreeSet<>(module.metadata().prerequisites()))
                .as("prerequisites in %s/module.yaml, against the imports of its sources", module.name())
                .isEqualTo(imported(module));
    }

    private Set<Integer> imported(CourseModule module) {
        Set<Integer> numbers = new TreeSet<>();
        Stream.of(module.mainJava(), module.givenJava())
                .flatMap(root -> FileTrees.files(root, ".java").stream())
                .forEach(file -> numbers.addAll(imported(file)));
        numbers.remove(module.number());
        return numbers;
    }

    private Set<Integer> imported(Path file) {
        Set<Integer> numbers = new TreeSet<>();
        Matcher matcher = IMPORT.matcher(SourceText.read(COURSE.root(), file).text());
        while (matcher.find()) {
            numbers.add(module(matcher.group(1)).number());
        }
        return numbers;
    }

    private CourseModule module(String name) {
        String shorter = name;
        while (!byPackage.containsKey(shorter)) {
            int dot = shorter.lastIndexOf('.');
            assertThat(dot).as("a module that teaches %s", name).isPositive();
            shorter = shorter.substring(0, dot);
        }
        return byPackage.get(shorter);
    }
}
