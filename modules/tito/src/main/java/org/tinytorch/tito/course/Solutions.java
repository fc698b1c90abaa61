package org.tinytorch.tito.course;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The solutions of one module: the package in the library that it teaches.
 *
 * @param root the top of the repository
 * @param module the module
 */
public record Solutions(Path root, CourseModule module) {

    /**
     * The library's sources of the module's package.
     *
     * @return the files in a fixed order
     * @throws CourseException if the package is not there (in a student edition it never is)
     */
    public List<Path> files() {
        Path directory = sourceRoot().resolve(module.metadata().packageName().replace('.', '/'));
        List<Path> files = FileTrees.files(directory, ".java");
        if (files.isEmpty()) {
            throw new CourseException("module " + module.name() + ": no sources in " + root.relativize(directory)
                    + ": the solutions are not part of this repository");
        }
        return files;
    }

    /**
     * The files that hold tasks, with their regions.
     *
     * @return regions by file, in a fixed order
     * @throws CourseException if a region is malformed, or differs from what {@code module.yaml} lists
     */
    public Map<Path, List<Region>> regions() {
        Map<Path, List<Region>> byFile = new LinkedHashMap<>();
        Map<TaskId, String> seen = new TreeMap<>();
        for (Path file : files()) {
            SourceText source = SourceText.read(root, file);
            List<Region> regions = RegionScanner.scan(source);
            for (Region region : regions) {
                String earlier = seen.putIfAbsent(region.id(), source.name() + ":" + region.firstLine());
                if (earlier != null) {
                    throw source.error(
                            region.firstLine(), "Task " + region.id() + " is marked twice, first at " + earlier);
                }
                String listed = module.task(region.id()).map(Task::title).orElse("");
                if (!listed.equals(region.title())) {
                    throw source.error(
                            region.firstLine(),
                            region.label() + ": " + module.name() + "/module.yaml "
                                    + (listed.isEmpty() ? "does not list it" : "calls it \"" + listed + "\""));
                }
            }
            if (!regions.isEmpty()) {
                byFile.put(file, regions);
            }
        }
        for (Task task : module.tasks()) {
            if (!seen.containsKey(task.taskId())) {
                throw new CourseException(
                        task.label() + ": " + module.name() + "/module.yaml lists it, but no region in "
                                + module.metadata().packageName() + " is marked so");
            }
        }
        return byFile;
    }

    /**
     * Holds every region to {@link TailRule}. Only who writes skeletons asks: it takes the compiler a while, and a check should answer at once.
     *
     * @throws CourseException if a region breaks the rule
     */
    public void check() {
        regions().forEach((file, regions) -> TailRule.check(SourceText.read(root, file), regions));
    }

    /**
     * The bodies of all solutions.
     *
     * @return the lines between the marks, by task
     */
    public Map<TaskId, List<String>> bodies() {
        Map<TaskId, List<String>> bodies = new TreeMap<>();
        regions().keySet().forEach(file -> bodies.putAll(Skeleton.bodies(SourceText.read(root, file))));
        return bodies;
    }

    /**
     * A library file's path below its source root: the same path it has in the module.
     *
     * @param file one of {@link #files()}
     * @return for example {@code org/tinytorch/tensor/Shape.java}
     */
    public Path relative(Path file) {
        return sourceRoot().relativize(file);
    }

    /**
     * The root of the library's sources that hold the module's package.
     *
     * @return {@code tinytorch-core/src/main/java}
     */
    public Path sourceRoot() {
        return root.resolve(module.metadata().source()).resolve("src/main/java");
    }

    /**
     * The root of the library's resources beside them.
     *
     * @return {@code tinytorch-core/src/main/resources}
     */
    public Path resourceRoot() {
        return root.resolve(module.metadata().source()).resolve("src/main/resources");
    }
}
