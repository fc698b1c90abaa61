package org.tinytorch.tito;

import java.nio.file.Path;
import java.util.List;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.SourceText;
import org.tinytorch.tito.course.Sync;

/** A repository with a course of two small modules, for tests of the mechanism. */
public final class MiniCourse {

    private final Path root;

    /**
     * Writes the repository, and the skeletons with {@code sync}.
     *
     * @param root an empty directory
     */
    public MiniCourse(Path root) {
        this.root = root;
        write("modules/pom.xml", "<project/>");
        write(
                "modules/01-twice/module.yaml",
                metadata(
                        1,
                        "one",
                        "    - { id: \"1.1\", title: \"double a number\", points: 10, minutes: 5 }\n"
                                + "    - { id: \"1.2\", title: \"square a number\", points: 20, minutes: 5 }\n"));
        write(
                "modules/02-four/module.yaml",
                metadata(2, "two", "    - { id: \"2.1\", title: \"four times\", points: 30, minutes: 5 }\n"));
        write("lib/src/main/java/org/tinytorch/one/Twice.java", """
                package org.tinytorch.one;

                import java.util.List;

                public final class Twice {
                    private Twice() {}

                    public static int twice(int x) {
                        // region Task 1.1: double a number
                        List<Integer> both = List.of(x, x);
                        return both.get(0) + both.get(1);
                        // endregion
                    }

                    public static int square(int x) {
                        // region Task 1.2: square a number
                        return x * x;
                        // endregion
                    }
                }
                """);
        write(
                "lib/src/main/java/org/tinytorch/one/Given.java",
                "package org.tinytorch.one;\n\npublic interface Given {}\n");
        write("lib/src/main/java/org/tinytorch/two/Four.java", """
                package org.tinytorch.two;

                import org.tinytorch.one.Given;
                import org.tinytorch.one.Twice;

                public final class Four implements Given {
                    public static int four(int x) {
                        // region Task 2.1: four times
                        return Twice.twice(Twice.twice(x));
                        // endregion
                    }
                }
                """);
        write(
                "lib/src/main/resources/META-INF/services/org.tinytorch.one.Given",
                "# who\norg.tinytorch.two.Four\norg.elsewhere.Other\n");
        write(
                "modules/01-twice/hints.md",
                "# Hints\n\n## 1.1 double a number\n\n1. What is 3 + 3?\n2. Add it\n   to itself.\n");
        write("modules/01-twice/src/test/java/org/tinytorch/one/OneTasksTest.java", checks("one", """
                    @Nested
                    @Order(1)
                    @DisplayName("Task 1.1: double a number")
                    class Doubles {
                        @Test
                        void three() {
                            assertEquals(6, Twice.twice(3), "twice(3)");
                        }

                        @Test
                        void negative() {
                            assertEquals(-2, Twice.twice(-1), "twice(-1)");
                        }
                    }

                    @Nested
                    @Order(2)
                    @DisplayName("Task 1.2: square a number")
                    class Squares {
                        @Test
                        void three() {
                            assertEquals(9, Twice.square(3), "square(3)");
                        }
                    }
                """));
        write("modules/01-twice/src/experiment/java/org/tinytorch/experiment/Doubling.java", """
                package org.tinytorch.experiment;

                import org.tinytorch.one.Twice;

                public final class Doubling {
                    public static void main(String[] args) {
                        System.exit(Twice.twice(2) == 4 ? 0 : 3);
                    }
                }
                """);
        write("modules/02-four/src/test/java/org/tinytorch/two/TwoTasksTest.java", checks("two", """
                    @Nested
                    @Order(1)
                    @DisplayName("Task 2.1: four times")
                    class Fours {
                        @Test
                        void three() {
                            assertEquals(12, Four.four(3), "four(3)");
                        }
                    }
                """));
        new Sync(course()).write();
    }

    /**
     * The course, read again.
     *
     * @return the course as it is in the files now
     */
    public Course course() {
        return Course.load(root);
    }

    /**
     * The top of the repository.
     *
     * @return the directory given to the constructor
     */
    public Path root() {
        return root;
    }

    /**
     * A file of the repository.
     *
     * @param path its path from the top
     * @return its text
     */
    public String read(String path) {
        return SourceText.read(root, root.resolve(path)).text();
    }

    /**
     * Writes a file of the repository.
     *
     * @param path its path from the top
     * @param text its new text
     */
    public void write(String path, String text) {
        FileTrees.write(root.resolve(path), text);
    }

    /**
     * Writes a student's answers into {@code Twice.java}.
     *
     * @param twice the statements for task 1.1
     * @param square the statements for task 1.2
     */
    public void answer(String twice, String square) {
        write("modules/01-twice/src/main/java/org/tinytorch/one/Twice.java", """
                package org.tinytorch.one;

                public final class Twice {
                    private Twice() {}

                    public static int twice(int x) {
                        // region Task 1.1: double a number
                        %s
                        // endregion
                    }

                    public static int square(int x) {
                        // region Task 1.2: square a number
                        %s
                        // endregion
                    }
                }
                """.formatted(twice, square));
    }

    /**
     * Everything that is given or to be written in module 1, for tests that look at all of it.
     *
     * @return paths from the top
     */
    public List<String> generated() {
        return FileTrees.files(root.resolve("modules"), "").stream()
                .map(file -> root.relativize(file).toString().replace('\\', '/'))
                .filter(name -> name.contains("/src/main/")
                        || name.contains("/src/given/")
                        || name.matches("modules/\\d.*/pom\\.xml"))
                .toList();
    }

    private static String metadata(int number, String packageName, String tasks) {
        return "number: " + number + "\ntitle: \"Module " + packageName + "\"\npackage: org.tinytorch." + packageName
                + "\nsource: lib\ncheckSeconds: 1\ntasks:\n" + tasks;
    }

    private static String checks(String packageName, String groups) {
        return """
                package org.tinytorch.%s;

                import static org.junit.jupiter.api.Assertions.assertEquals;

                import org.junit.jupiter.api.ClassOrderer;
                import org.junit.jupiter.api.DisplayName;
                import org.junit.jupiter.api.Nested;
                import org.junit.jupiter.api.Order;
                import org.junit.jupiter.api.Test;
                import org.junit.jupiter.api.TestClassOrder;

                @TestClassOrder(ClassOrderer.OrderAnnotation.class)
                class %sTasksTest {
                %s}
                """.formatted(packageName, packageName.equals("one") ? "One" : "Two", groups);
    }
}
