package org.tinytorch.tito.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SkeletonTest {

    private static final SourceText SOLUTION = new SourceText("lib/A.java", """
            class A {
                int twice(int x) {
                    // region Task 1.1: double a number
                    int y = x + x;
                    return y;
                    // endregion
                }

                int given() {
                    return 1;
                }

                int four() {
                    // region Task 1.2: a title so long that the throw needs two lines
                    return 4;
                    // endregion
                }
            }
            """);

    private static SourceText skeleton() {
        return new SourceText("student/A.java", Skeleton.cut(SOLUTION, RegionScanner.scan(SOLUTION)));
    }

    @Test
    void leavesTheMarksAndAThrowThatNamesTheTask() {
        assertThat(skeleton().text())
                .contains("""
                                // region Task 1.1: double a number
                                // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 1.1
                                throw new UnsupportedOperationException("Task 1.1: double a number is not written yet: ./tito hint 1.1");
                                // endregion
                        """)
                .contains("return 1;")
                .doesNotContain("x + x")
                .doesNotContain("return 4");
    }

    @Test
    void aSkeletonIsMalformedInNoWayItself() {
        assertThat(RegionScanner.scan(skeleton()))
                .extracting(Region::id)
                .containsExactly(new TaskId(1, 1), new TaskId(1, 2));
        assertThat(skeleton().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void fillingInTheSolutionsGivesTheSourceBack() {
        assertThat(Skeleton.fill(skeleton(), Skeleton.bodies(SOLUTION))).isEqualTo(SOLUTION.text());
    }

    @Test
    void fillingInOneTaskLeavesTheOthers() {
        Map<TaskId, List<String>> one = Skeleton.bodies(SOLUTION);
        one.keySet().retainAll(List.of(new TaskId(1, 2)));
        String filled = Skeleton.fill(skeleton(), one);
        assertThat(filled).contains("return 4;").contains("Task 1.1: double a number is not written yet");
    }

    @Test
    void knowsWhatIsNotWritten() {
        assertThat(Skeleton.bodies(skeleton()).values()).hasSize(2).allMatch(Skeleton::isUnwritten);
        assertThat(Skeleton.bodies(SOLUTION).values()).hasSize(2).noneMatch(Skeleton::isUnwritten);
        assertThat(Skeleton.saysUnwritten("Task 1.1: double a number is not written yet: ./tito hint 1.1"))
                .isTrue();
        assertThat(Skeleton.saysUnwritten("not written yet")).isFalse();
    }
}
