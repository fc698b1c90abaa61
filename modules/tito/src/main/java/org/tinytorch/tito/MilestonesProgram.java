package org.tinytorch.tito;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinytorch.tito.check.Libraries;
import org.tinytorch.tito.course.Edition;
import org.tinytorch.tito.course.FileTrees;

/** The programs of the project {@code milestones}, run with the finished library in a Java of their own. */
final class MilestonesProgram {

    /** The milestones that have all photographs in memory. */
    private static final List<String> PHOTOGRAPHS = List.of("cifar10", "speedup", "compress");

    private MilestonesProgram() {}

    /**
     * Builds what is missing or out of date, then runs a main class.
     *
     * @param main its name
     * @param arguments what it is given; its help if there are none
     * @return its exit code
     */
    static int run(String main, List<String> arguments) throws IOException, InterruptedException {
        Path jar = jar(Repository.root());
        List<String> command = new ArrayList<>(heap(arguments, System.getenv()));
        command.addAll(
                List.of("-cp", jar + File.pathSeparator + jar.resolveSibling("lib") + File.separator + "*", main));
        command.addAll(arguments.isEmpty() ? List.of("--help") : arguments);
        return ChildJava.runWithVectors(command);
    }

    /**
     * Runs a main class on other classes than the library's.
     *
     * @param classes what stands in for the library
     * @param flags of the JVM, beside the heap
     * @param main its name
     * @param arguments what it is given
     * @return its exit code
     */
    static int runOn(List<Path> classes, List<String> flags, String main, List<String> arguments)
            throws IOException, InterruptedException {
        Path jar = jar(Repository.root());
        List<Path> classPath = new ArrayList<>(classes);
        classPath.add(jar);
        FileTrees.files(jar.resolveSibling("lib"), ".jar").stream()
                .filter(Libraries::allowed)
                .forEach(classPath::add);
        List<String> options = new ArrayList<>(heap(arguments, System.getenv()));
        options.addAll(flags);
        return StudentProgram.run(classPath, options, main, arguments);
    }

    /**
     * The heap that the milestones on photographs are made for; a machine of 8 GB would give it less by itself. Who asks Java for a heap of another size gets that.
     *
     * @param arguments those of the milestones
     * @param environment of the process
     * @return options of java
     */
    static List<String> heap(List<String> arguments, Map<String, String> environment) {
        boolean chosen = Stream.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")
                .anyMatch(name -> environment.getOrDefault(name, "").contains("-Xmx"));
        return !chosen && PHOTOGRAPHS.stream().anyMatch(arguments::contains) ? List.of("-Xmx3g") : List.of();
    }

    /** The milestones' jar, built if it is missing or out of date; its libraries are in {@code lib} beside it. */
    static Path jar(Path root) throws IOException {
        Optional<Path> shipped = Edition.milestones(root);
        if (shipped.isPresent()) {
            return shipped.get();
        }
        Path jar = root.resolve("milestones/target/milestones.jar");
        build(root, jar);
        UntaughtJars.write(jar.resolveSibling("lib"));
        return jar;
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
