package org.tinytorch.tito.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tito.Repository;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;

/** Every module that asks for the Vector API compiles where there is none. */
class VectorShellsTest {

    @TempDir
    private Path directory;

    @Test
    void standInForTheVectorApi() throws Exception {
        Course course = Course.load(Repository.root());
        CourseModule last = course.modules().get(course.modules().size() - 1);
        Compilation modules =
                new StudentCompiler(course, directory.resolve("classes"), Libraries.classPath()).modules(last.number());
        assertThat(modules.errors()).isEmpty();
        for (CourseModule module : course.modules()) {
            if (!AddedModules.compiler(module).isEmpty()) {
                List<Path> sources = new ArrayList<>(FileTrees.files(module.mainJava(), ".java"));
                sources.addAll(FileTrees.files(module.givenJava(), ".java"));
                assertThat(complaints(sources, modules.classes()))
                        .as("the compiler's complaints about %s without the Vector API", module.name())
                        .isEmpty();
            }
        }
    }

    /** What a compiler that does not know the Vector API says to these sources. */
    private String complaints(List<Path> sources, List<Path> modules) throws Exception {
        List<Path> visible = new ArrayList<>(modules);
        visible.add(VectorShells.classes(directory.resolve("classes")));
        visible.addAll(Libraries.classPath());
        StringWriter words = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path target = Files.createTempDirectory(directory, "without");
        List<String> options = List.of(
                "-d",
                target.toString(),
                "-cp",
                Libraries.join(visible),
                "--limit-modules",
                "java.se,jdk.management,jdk.unsupported",
                "-proc:none",
                "-nowarn",
                "-XDrawDiagnostics");
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            boolean ok = compiler.getTask(words, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            return ok ? "" : words.toString();
        }
    }
}
