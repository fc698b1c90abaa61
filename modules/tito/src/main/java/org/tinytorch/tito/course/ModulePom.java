package org.tinytorch.tito.course;

/** The POM of a module in the student's own build: it depends on the modules before it, and on nothing of the library. */
final class ModulePom {

    private static final String DEPENDENCY = """
                    <dependency>
                        <groupId>${project.groupId}</groupId>
                        <artifactId>student-%s</artifactId>
                        <version>${project.version}</version>
            %s        </dependency>
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
                </project>
                """.formatted(module.name(), module.id(), xml(module.metadata().title()), dependencies);
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
