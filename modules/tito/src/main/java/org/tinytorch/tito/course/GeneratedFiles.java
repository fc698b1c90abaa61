package org.tinytorch.tito.course;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code tito sync} writes for one module, worked out in memory: the skeletons of the files with tasks, the rest of the package as given
 * code, the service files that name the package's classes, other resources of the package, the module's POM, and the
 * checksums of its checks.
 */
public final class GeneratedFiles {

    private static final String SERVICES = "META-INF/services";
    private static final String BINARY = ".gz";

    private final Course course;
    private final CourseModule module;
    private final Solutions solutions;

    /**
     * Prepares the files of one module.
     *
     * @param course the course
     * @param module the module
     */
    public GeneratedFiles(Course course, CourseModule module) {
        this.course = course;
        this.module = module;
        this.solutions = new Solutions(course.root(), module);
    }

    /**
     * Everything that is generated.
     *
     * @return the text of each file, by its path
     * @throws CourseException if a region of the library is malformed
     */
    public Map<Path, String> all() {
        solutions.check();
        Map<Path, String> files = new TreeMap<>(given());
        files.putAll(skeletons());
        files.put(module.directory().resolve("pom.xml"), ModulePom.of(course, module));
        files.put(CheckSums.file(module), CheckSums.of(course, module));
        return files;
    }

    /**
     * The files that hold tasks, their bodies cut out.
     *
     * @return the text of each file in {@code src/main/java}, by its path
     */
    public Map<Path, String> skeletons() {
        Map<Path, String> files = new TreeMap<>();
        solutions.regions().forEach((file, regions) -> {
            SourceText source = SourceText.read(course.root(), file);
            files.put(studentFile(file), header(source, regions) + Skeleton.cut(source, regions));
        });
        return files;
    }

    /**
     * The rest of the package and its resources.
     *
     * @return the text of each file in {@code src/given}, by its path
     */
    public Map<Path, String> given() {
        Map<Path, String> files = new TreeMap<>();
        Map<Path, List<Region>> withTasks = solutions.regions();
        for (Path file : solutions.files()) {
            if (!withTasks.containsKey(file)) {
                SourceText source = SourceText.read(course.root(), file);
                files.put(
                        module.givenJava().resolve(solutions.relative(file)),
                        header(source, List.of()) + source.text());
            }
        }
        for (Path file : resources()) {
            if (!file.toString().endsWith(BINARY)) {
                files.put(
                        givenResource(file),
                        SourceText.read(course.root(), file).text());
            }
        }
        for (Path file : FileTrees.files(solutions.resourceRoot().resolve(SERVICES), "")) {
            SourceText service = SourceText.read(course.root(), file);
            List<String> providers = providers(service);
            if (!providers.isEmpty()) {
                files.put(
                        module.givenResources().resolve(SERVICES).resolve(file.getFileName()),
                        "# Given by tito sync, from " + service.name() + ".\n" + String.join("\n", providers) + "\n");
            }
        }
        return files;
    }

    /**
     * The resources of the package that are no text: copied as they are.
     *
     * @return the library's file, by the path of its copy
     */
    public Map<Path, Path> binaries() {
        Map<Path, Path> files = new TreeMap<>();
        for (Path file : resources()) {
            if (file.toString().endsWith(BINARY)) {
                files.put(givenResource(file), file);
            }
        }
        return files;
    }

    private List<Path> resources() {
        String packagePath = module.metadata().packageName().replace('.', '/');
        return FileTrees.files(solutions.resourceRoot().resolve(packagePath), "");
    }

    private Path givenResource(Path file) {
        return module.givenResources().resolve(solutions.resourceRoot().relativize(file));
    }

    /**
     * Where a library file with tasks lies in the module.
     *
     * @param libraryFile the file with the solutions
     * @return the student's file
     */
    public Path studentFile(Path libraryFile) {
        return module.mainJava().resolve(solutions.relative(libraryFile));
    }

    private List<String> providers(SourceText service) {
        String prefix = module.metadata().packageName() + ".";
        List<String> providers = new ArrayList<>();
        for (String line : service.lines()) {
            if (line.strip().startsWith(prefix)) {
                providers.add(line.strip());
            }
        }
        return providers;
    }

    private String header(SourceText source, List<Region> regions) {
        if (regions.isEmpty()) {
            return "// Given code, written by tito sync from " + source.name() + ". Read it, don't edit it.\n";
        }
        String tasks = String.join(
                ", ", regions.stream().map(region -> region.id().toString()).toList());
        return "// Yours: " + (regions.size() == 1 ? "task " : "tasks ") + tasks
                + ". Write between the region marks and keep them.\n" + "// Skeleton written by tito sync from "
                + source.name() + ".\n";
    }
}
