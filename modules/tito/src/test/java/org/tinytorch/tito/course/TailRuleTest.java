package org.tinytorch.tito.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TailRuleTest {

    private static final String OPEN = "// region Task 2.3: broadcast two shapes\n";
    private static final String CLOSE = "\n// endregion\n";

    private static List<Region> regions(String text) {
        SourceText source = new SourceText("lib/A.java", text);
        List<Region> regions = RegionScanner.scan(source);
        TailRule.check(source, regions);
        return regions;
    }

    private static void refuses(String text, String... message) {
        assertThatThrownBy(() -> regions(text))
                .isInstanceOf(CourseException.class)
                .hasMessageContainingAll(message);
    }

    @Test
    void acceptsTheTailOfAMethod() {
        assertThat(regions("class A { int f() { int x = 1;\n" + OPEN + "return x;" + CLOSE + "} }"))
                .hasSize(1);
    }

    @Test
    void acceptsAWholeMethod() {
        assertThat(regions("class A { void f() {\n" + OPEN + "g(); g();" + CLOSE + "} void g() {} }"))
                .hasSize(1);
    }

    @Test
    void acceptsTheTailOfAConstructor() {
        assertThat(regions("class A { final int x; A() { super();\n" + OPEN + "x = 1;" + CLOSE + "} }"))
                .hasSize(1);
        assertThat(regions("record A(int x) { A {\n" + OPEN + "x = 1;" + CLOSE + "} }"))
                .hasSize(1);
    }

    @Test
    void acceptsTheTailOfALambda() {
        assertThat(regions("class A { Runnable r = () -> {\n" + OPEN + "f();" + CLOSE + "}; static void f() {} }"))
                .hasSize(1);
    }

    @Test
    void isNotMisledByBracesInTextAndComments() {
        assertThat(regions("class A { String f() { /* { */\n" + OPEN + "return \"}\" + '{' + \"\"\"\n } \"\"\"; // }"
                        + CLOSE + "} }"))
                .hasSize(1);
    }

    @Test
    void refusesCodeAfterTheRegion() {
        refuses(
                "class A { int f() {\n" + OPEN + "int x = 1;" + CLOSE + "return x; } }",
                "lib/A.java:4: Task 2.3: broadcast two shapes is not the tail of its body: a statement follows on line 5");
    }

    @Test
    void refusesTheInsideOfALoop() {
        refuses(
                "class A { void f() { while (true) {\n" + OPEN + "f();" + CLOSE + "} } }",
                "lib/A.java:2:",
                "not the tail of a body");
    }

    @Test
    void refusesAnArmOfASwitch() {
        refuses(
                "class A { int f(int x) { return switch (x) { default -> {\n" + OPEN + "yield 1;" + CLOSE + "} }; } }",
                "not the tail of a body");
    }

    @Test
    void refusesStaticInitialisersAndFields() {
        refuses("class A { static int x; static {\n" + OPEN + "x = 1;" + CLOSE + "} }", "not the tail of a body");
        refuses("class A {\n" + OPEN + "static int x = 1;" + CLOSE + "}", "not the tail of a body");
    }

    @Test
    void refusesAWholeMethodInsteadOfItsBody() {
        refuses("class A {\n" + OPEN + "void f() { }" + CLOSE + "}", "not the tail of a body");
    }

    @Test
    void refusesAStatementCutInTwo() {
        refuses(
                "class A { int f() { return 1 +\n" + OPEN + "2;" + CLOSE + "} }",
                "lib/A.java:2:",
                "cuts a statement in two");
    }

    @Test
    void refusesAnEmptyRegion() {
        refuses("class A { void f() {\n" + OPEN + "// nothing" + CLOSE + "} }", "is empty");
    }

    @Test
    void saysWhereAFileIsNotJava() {
        refuses("class A { void f() {\n" + OPEN + "f(;" + CLOSE + "} }", "lib/A.java:3: not Java:");
    }
}
