package org.tinytorch.tito.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RegionScannerTest {

    private static SourceText source(String... lines) {
        return new SourceText("lib/A.java", String.join("\n", lines));
    }

    private static void refuses(String message, String... lines) {
        assertThatThrownBy(() -> RegionScanner.scan(source(lines)))
                .isInstanceOf(CourseException.class)
                .hasMessageContaining(message);
    }

    @Test
    void findsRegionsInOrder() {
        assertThat(RegionScanner.scan(source(
                        "class A {",
                        "    // region Task 2.3: broadcast two shapes",
                        "    int x;",
                        "    // endregion",
                        "  // region Task 2.10: work out the -1",
                        "  // endregion",
                        "}")))
                .containsExactly(
                        new Region(new TaskId(2, 3), "broadcast two shapes", 2, 4, "    "),
                        new Region(new TaskId(2, 10), "work out the -1", 5, 6, "  "));
    }

    @Test
    void aFileWithoutMarksHasNone() {
        assertThat(RegionScanner.scan(source("class A {}", "// a regional comment")))
                .isEmpty();
    }

    @Test
    void windowsLineEndsAreNoTrouble() {
        assertThat(RegionScanner.scan(new SourceText("A", "// region Task 1.1: a b\r\n// endregion\r\n")))
                .hasSize(1);
    }

    @Test
    void refusesAnUnclosedRegion() {
        refuses("lib/A.java:2: Task 2.3: broadcast is never closed", "class A {", "// region Task 2.3: broadcast", "}");
    }

    @Test
    void refusesANestedRegion() {
        refuses(
                "lib/A.java:2: a region opens inside Task 2.3: outer of line 1",
                "// region Task 2.3: outer",
                "// region Task 2.4: inner");
    }

    @Test
    void refusesAStrayEnd() {
        refuses("lib/A.java:1: \"// endregion\" without", "// endregion");
    }

    @Test
    void refusesMalformedTitles() {
        refuses("malformed mark", "// region helpers");
        refuses("malformed mark", "// region Task 2: no number");
        refuses("malformed mark", "// region Task 2.3 no colon");
        refuses("malformed mark", "// region Task 2.3:");
        refuses("malformed mark", "// region Task 2.3: a \"quoted\" title");
        refuses("numbers start at 1", "// region Task 2.0: nought");
    }

    @Test
    void refusesMarksThatAreEasyToOverlook() {
        refuses("lib/A.java:1: malformed mark", "int x; // region Task 2.3: broadcast");
        refuses("lib/A.java:1: malformed mark", "//region Task 2.3: broadcast");
        refuses("lib/A.java:2: malformed mark", "// region Task 2.3: broadcast", "} // endregion");
    }

    @Test
    void refusesANumberUsedTwice() {
        refuses(
                "lib/A.java:3: Task 2.3 is marked twice, first on line 1",
                "// region Task 2.3: one",
                "// endregion",
                "// region Task 2.3: two",
                "// endregion");
    }
}
