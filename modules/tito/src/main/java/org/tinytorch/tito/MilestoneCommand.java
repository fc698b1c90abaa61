package org.tinytorch.tito;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tito milestone NAME}: builds what is missing, then runs a milestone with the finished library. */
@Command(
        name = "milestone",
        mixinStandardHelpOptions = true,
        description = {
            "Run a milestone with the finished library, building what is missing first.",
            "Without a name: list the milestones. Options after the name go to the milestone: ./tito milestone xor --help"
        })
final class MilestoneCommand implements Callable<Integer> {

    private static final String MAIN = "org.tinytorch.milestones.Milestones";

    @Parameters(arity = "0..*", paramLabel = "NAME [OPTION…]", description = "The milestone, and its own options.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path root = Repository.root();
        Path target = root.resolve("milestones/target");
        build(root, target.resolve("milestones.jar"));
        List<String> command = new ArrayList<>(List.of(
                "-cp",
                target.resolve("milestones.jar") + File.pathSeparator + target.resolve("lib") + File.separator + "*",
                MAIN));
        command.addAll(arguments.isEmpty() ? List.of("--help") : arguments);
        return VectorJava.run(command);
    }

    private static void build(Path root, Path jar) throws IOException {
        Path stamp = root.resolve(".tito/milestones.built");
        FileTime built = SourceTimes.written(jar);
        FileTime stamped = SourceTimes.written(stamp);
        FileTime latest = built.compareTo(stamped) > 0 ? built : stamped;
        if (Files.exists(jar) && !SourceTimes.libraryChangedSince(root, latest)) {
            return;
        }
        FileTime begun = FileTime.fromMillis(System.currentTimeMillis());
        new MavenBuild(root, Terminal.standard().interactive()).packageProject("milestones");
        Files.createDirectories(stamp.getParent());
        Files.writeString(stamp, "The milestones were last built when this file was written.\n");
        Files.setLastModifiedTime(stamp, begun);
    }
}
