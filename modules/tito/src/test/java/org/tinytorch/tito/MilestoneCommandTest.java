package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytorch.tito.course.FileTrees;

/** Builds what is missing, hands everything after the name on, and gives the milestone's exit code back. The build here is a script. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class MilestoneCommandTest {

    private static final String SOURCE = "tinytorch-core/src/main/java/A.java";

    @TempDir
    private Path directory;

    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void writeRepository() throws IOException {
        write("modules/pom.xml", "<project/>");
        write("pom.xml", "<project/>");
        write(SOURCE, "class A {}");
        for (String main : List.of("Milestones", "DownloadCommand", "PackageCommand", "ServeCommand", "LoadCommand")) {
            write(main + ".java", """
                package org.tinytorch.milestones;

                import java.nio.file.Files;
                import java.nio.file.Path;

                public class MAIN {
                    public static void main(String[] args) throws Exception {
                        Files.writeString(Path.of(args[args.length - 1]), "MAIN " + String.join(" ", args));
                        System.exit(3);
                    }
                }
                """.replace("MAIN", main));
        }
        tool(
                "javac",
                "-d",
                path("built"),
                path("Milestones.java"),
                path("DownloadCommand.java"),
                path("PackageCommand.java"),
                path("ServeCommand.java"),
                path("LoadCommand.java"));
        tool("jar", "--create", "--file", path("built.jar"), "-C", path("built"), ".");
        mvnw("mkdir -p milestones/target; cp built.jar milestones/target/milestones.jar; echo built >> builds; exit 0");
        System.setProperty("tito.root", directory.toString());
        System.setErr(new PrintStream(printed, true, Charset.defaultCharset()));
    }

    @AfterEach
    void restore() {
        System.setErr(err);
        System.clearProperty("tito.root");
    }

    private void write(String name, String text) {
        FileTrees.write(directory.resolve(name), text);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private void mvnw(String build) {
        write(
                "mvnw",
                "#!/bin/sh\n[ \"$1\" = -v ] && exit 0\necho '[INFO] Building TinyTorch Core 0.1.0    [1/2]'\n" + build
                        + "\n");
    }

    private static void tool(String name, String... args) {
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        assertThat(ToolProvider.findFirst(name).orElseThrow().run(out, out, args))
                .isZero();
    }

    private int milestone(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "milestone";
        System.arraycopy(args, 0, all, 1, args.length);
        return Tito.run(all);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(directory.resolve("builds"));
    }

    @Test
    void handsArgumentsOnAndTheExitCodeBack() throws IOException {
        assertThat(milestone("xor", "--classroom", "--help", path("out"))).isEqualTo(3);
        assertThat(directory.resolve("out")).hasContent("Milestones xor --classroom --help " + path("out"));
    }

    @Test
    void whatHasAllPhotographsInMemoryHasTheHeapForThemUnlessTheUserChoosesOne() {
        List<String> cifar10 = List.of("cifar10", "--seed", "1");
        assertThat(MilestonesProgram.heap(cifar10, Map.of())).containsExactly("-Xmx3g");
        assertThat(MilestonesProgram.heap(List.of("speedup"), Map.of())).containsExactly("-Xmx3g");
        assertThat(MilestonesProgram.heap(List.of("compress"), Map.of())).containsExactly("-Xmx3g");
        assertThat(MilestonesProgram.heap(cifar10, Map.of("JAVA_TOOL_OPTIONS", "-Xmx6g")))
                .isEmpty();
        assertThat(MilestonesProgram.heap(List.of("xor"), Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"download, DownloadCommand", "package, PackageCommand"})
    void otherProgramsTakeTheSameWayAndKeepTheirHelp(String command, String main) throws IOException {
        assertThat(Tito.run(command, "mnist", "--to", path("out"))).isEqualTo(3);
        assertThat(directory.resolve("out")).hasContent(main + " mnist --to " + path("out"));
        assertThat(Tito.run(command, "--help", path("out"))).isEqualTo(3);
        assertThat(directory.resolve("out")).hasContent(main + " --help " + path("out"));
        assertThat(builds()).hasSize(1);
    }

    @Test
    void serveTakesItToo() throws IOException {
        assertThat(Tito.run("serve", "digits", "--port", path("out"))).isEqualTo(3);
        assertThat(directory.resolve("out")).hasContent("ServeCommand digits --port " + path("out"));
    }

    @Test
    void loadTakesTheSameWay() throws IOException {
        assertThat(Tito.run("load", "http://127.0.0.1:8080", "--soak", path("out")))
                .isEqualTo(3);
        assertThat(directory.resolve("out")).hasContent("LoadCommand http://127.0.0.1:8080 --soak " + path("out"));
    }

    @Test
    void buildsWhatIsMissingOrOlderThanItsSources() throws IOException {
        milestone("xor", path("out"));
        milestone("xor", path("out"));
        assertThat(builds()).hasSize(1);
        FileTime later = FileTime.fromMillis(System.currentTimeMillis() + 60_000);
        Files.setLastModifiedTime(directory.resolve(SOURCE), later);
        milestone("xor", path("out"));
        assertThat(builds()).hasSize(2);
    }

    @Test
    void aBuildThatFailsShowsWhatItComplainsAbout() {
        mvnw("echo '[INFO] talk'; echo '[ERROR] A.java:[1,1] boom'; exit 1");
        assertThat(milestone("xor")).isEqualTo(1);
        assertThat(printed.toString(Charset.defaultCharset()))
                .contains(".tito/build.log")
                .contains("[ERROR] A.java:[1,1] boom")
                .doesNotContain("talk");
    }

    @Test
    void fromAccelerationOnTheFullTargetsAreTheStudentsToo() {
        assertThat(MilestoneCommand.onMine("gpt", 14)).isEqualTo("./tito milestone gpt --mine --classroom");
        assertThat(MilestoneCommand.onMine("gpt", 15)).isEqualTo("./tito milestone gpt --mine");
    }
}
