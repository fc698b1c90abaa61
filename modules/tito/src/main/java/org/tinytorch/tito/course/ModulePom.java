package org.tinytorch.tito.course;

import java.util.List;

/** The POM of a module in the student's own build: it depends on the modules before it, and on nothing of the library. */
final class ModulePom {

    private static final String DEPENDENCY = """
                    <dependency>
                        <groupId>${project.groupId}</groupId>
                        <artifactId>student-%s</artifactId>
                        <version>${project.version}</version>
            %s        </dependency>
            """;

    private static final String BUILD = """
                <build>
                    <plugins>
                        <plugin>
                            <artifactId>maven-compiler-plugin</artifactId>
                            <configuration>
                                <compilerArgs>
            %s                    </compilerArgs>
                            </configuration>
                        </plugin>
                        <plugin>
                            <artifactId>maven-surefire-plugin</artifactId>
                            <configuration>
                                <argLine>%s</argLine>
                            </configuration>
                        </plugin>
                    </plugins>
                </build>
            """;

    private ModulePom() {}

    static String of(Course course, CourseModule module) {
        StringBuilder dependencies = new StringBuilder();
        for (CourseModule earlier : course.upTo(module.number() - 1)) {
            dependencies.append(DEPENDENCY.formatted(earlier.name(), ""));
        }
        dependencies.append(DEPENDENCY.formatted("checks", "            <scope>test</scope>\n"));
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- Written by tito sync from module.yaml. -->
                <project xmlns="http://maven.apache.org/POM/4.0.0"
                         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                         xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 https://maven.apache.org/xsd/maven-4.0.0.xsd">
                    <modelVersion>4.0.0</modelVersion>
                    <parent>
                        <groupId>org.tinytorch.student</groupId>
                        <artifactId>student-modules</artifactId>
                        <version>1</version>
                    </parent>
                    <artifactId>student-%s</artifactId>
                    <name>%s: %s</name>
                    <dependencies>
                %s    </dependencies>
                %s</project>
                """.formatted(module.name(), module.id(), xml(module.metadata().title()), dependencies, build(module));
    }

    /** How the module's sources are compiled and its checks are run, if not like those of most modules. */
    private static String build(CourseModule module) {
        List<String> flags = module.metadata().jvm();
        if (flags.isEmpty()) {
            return "";
        }
        StringBuilder arguments = new StringBuilder();
        for (int i = 0; i + 1 < flags.size(); i++) {
            if (flags.get(i).equals("--add-modules")) {
                arguments.append(" ".repeat(24)).append("<arg>--add-modules</arg>\n");
                arguments
                        .append(" ".repeat(24))
                        .append("<arg>")
                        .append(xml(flags.get(i + 1)))
                        .append("</arg>\n");
            }
        }
        return BUILD.formatted(arguments, xml(String.join(" ", flags)));
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
