package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.tito.check.AddedModules;
import org.tinytorch.tito.check.Compilation;
import org.tinytorch.tito.check.Libraries;
import org.tinytorch.tito.check.StudentCompiler;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.Region;
import org.tinytorch.tito.course.RegionScanner;
import org.tinytorch.tito.course.SourceText;
import org.tinytorch.tito.course.Task;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * PIT changes the solutions, one small change at a time, and the course's checks alone must notice: at least 85 of 100 such mutants in the marked regions of every
 * module. What survived is written to {@code target/mutations}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutationTest {

    private static final double GOAL = 0.85;
    private static final long PATIENCE_MINUTES = 30;

    private final Path root = Repository.root();
    private final Path reports = root.resolve("modules/tito/target/mutations");
    private final Map<String, String> summary = new TreeMap<>();
    private Course copy = new Course(root, List.of());
    private Path directory = root;

    @BeforeAll
    void copyTheRepository(@TempDir Path temporary) throws IOException {
        directory = temporary;
        copy = CourseCopy.of(root, temporary.resolve("course"));
        Files.createDirectories(reports);
    }

    @AfterAll
    void writeTheSummary() {
        StringBuilder text = new StringBuilder("module mutants killed\n");
        summary.forEach((module, figures) ->
                text.append(module).append(' ').append(figures).append('\n'));
        FileTrees.write(reports.resolve("summary.txt"), text.toString());
        System.out.println(text);
    }

    static Stream<CourseModule> modulesWithTasks() {
        return CourseProofTest.modulesWithTasks();
    }

    @ParameterizedTest
    @MethodSource("modulesWithTasks")
    void theChecksNoticeMutantsOfTheSolutions(CourseModule original) throws Exception {
        CourseModule module = copy.module(original.number());
        for (CourseModule known : copy.upTo(module.number())) {
            new StudentFiles(copy, known)
                    .fill(known.tasks().stream().map(Task::taskId).toList());
        }
        StudentCompiler compiler =
                new StudentCompiler(copy, copy.workDirectory().resolve("classes"), Libraries.classPath());
        Compilation checks =
                compiler.checks(module, compiler.modules(module.number()).classes());
        assertThat(checks.errors()).isEmpty();

        List<Mutant> mutants = mutate(module, checks.classes());
        List<Mutant> alive =
                mutants.stream().filter(mutant -> !mutant.noticed()).toList();
        FileTrees.write(
                reports.resolve(module.name() + ".txt"),
                String.join("\n", alive.stream().map(Mutant::toString).toList()) + "\n");
        double killed = 1 - alive.size() / (double) mutants.size();
        summary.put(module.name(), mutants.size() + " " + String.format(Locale.ROOT, "%.1f %%", 100 * killed));
        assertThat(mutants).as("mutants in the regions of %s", module.name()).isNotEmpty();
        assertThat(killed)
                .as("share of mutants of %s that its checks notice; these live:\n%s", module.name(), alive)
                .isGreaterThanOrEqualTo(GOAL);
    }

    private List<Mutant> mutate(CourseModule module, List<Path> classes) throws Exception {
        Map<String, List<Region>> regions = new TreeMap<>(); // by the name of the class at the top of the file
        for (Path file : FileTrees.files(module.mainJava(), ".java")) {
            List<Region> found = RegionScanner.scan(SourceText.read(copy.root(), file));
            if (!found.isEmpty()) {
                regions.put(StudentProgram.className(module.mainJava(), file), found);
            }
        }
        List<String> targets = new ArrayList<>();
        regions.keySet().forEach(name -> targets.addAll(List.of(name, name + "$*")));
        List<String> tests = FileTrees.files(module.checks(), "TasksTest.java").stream()
                .map(file -> StudentProgram.className(module.checks(), file) + "*")
                .toList();
        List<Path> classPath = new ArrayList<>(classes);
        classPath.addAll(Libraries.classPath());
        Path report = directory.resolve("report-" + module.name());
        Path list = directory.resolve("class-path-" + module.name());
        FileTrees.write(
                list, String.join("\n", classPath.stream().map(Path::toString).toList()));
        List<String> jvm = new ArrayList<>(List.of("-Xmx512m"));
        jvm.addAll(AddedModules.jvm(module));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.pitest.mutationtest.commandline.MutationCoverageReport",
                "--classPathFile=" + list,
                "--mutableCodePaths=" + mutable(classes, module),
                "--targetClasses=" + String.join(",", targets),
                "--targetTests=" + String.join(",", tests),
                "--sourceDirs=" + module.mainJava(),
                "--reportDir=" + report,
                "--outputFormats=XML",
                "--mutators=STRONGER,EXPERIMENTAL_NAKED_RECEIVER,EXPERIMENTAL_ARGUMENT_PROPAGATION",
                "--timestampedReports=false",
                "--failWhenNoMutations=false",
                "--jvmArgs=" + String.join(",", jvm),
                "--threads=2");
        Path log = directory.resolve("pit-" + module.name() + ".log");
        Process pit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(pit.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                .as("PIT ends within %d minutes", PATIENCE_MINUTES)
                .isTrue();
        assertThat(pit.exitValue()).as("PIT says:\n%s", Files.readString(log)).isZero();
        return read(report.resolve("mutations.xml"), regions);
    }

    private static String mutable(List<Path> classes, CourseModule module) {
        return classes.stream()
                .filter(path -> path.endsWith(Path.of(module.name(), "classes")))
                .map(Path::toString)
                .findFirst()
                .orElseThrow();
    }

    private static List<Mutant> read(Path xml, Map<String, List<Region>> regions) throws Exception {
        File file = xml.toFile();
        NodeList nodes = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file)
                .getElementsByTagName("mutation");
        List<Mutant> mutants = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Element node = (Element) nodes.item(i);
            String top = text(node, "mutatedClass").replaceFirst("\\$.*", "");
            int line = Integer.parseInt(text(node, "lineNumber"));
            regions.get(top).stream()
                    .filter(region -> region.contains(line))
                    .findFirst()
                    .ifPresent(region -> mutants.add(new Mutant(
                            region.label(), top, line, text(node, "description"), node.getAttribute("status"))));
        }
        mutants.sort((a, b) -> (a.task() + a.line()).compareTo(b.task() + b.line()));
        return mutants;
    }

    private static String text(Element node, String name) {
        return node.getElementsByTagName(name).item(0).getTextContent();
    }

    /** A change to a solution, and what became of it. */
    private record Mutant(String task, String type, int line, String change, String status) {

        private static final TreeSet<String> NOTICED =
                new TreeSet<>(List.of("KILLED", "TIMED_OUT", "MEMORY_ERROR", "RUN_ERROR", "NON_VIABLE"));

        boolean noticed() {
            return NOTICED.contains(status);
        }
    }
}
