package org.tinytorch.tito.course;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The course of one repository.
 *
 * @param root the top of the repository
 * @param modules the modules in their order
 */
public record Course(Path root, List<CourseModule> modules) {

    /** Keeps its own list. */
    public Course {
        modules = List.copyOf(modules);
    }

    /**
     * Reads the course of a repository: every {@code modules/NN-name} that has a {@code module.yaml}.
     *
     * @param root the top of the repository
     * @return the course
     * @throws CourseException if there is none, or a {@code module.yaml} is wrong
     */
    public static Course load(Path root) {
        List<CourseModule> modules = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(root.resolve("modules"), "[0-9][0-9]-*")) {
            for (Path directory : directories) {
                Path file = directory.resolve("module.yaml");
                if (Files.exists(file)) {
                    CourseModule module = new CourseModule(directory, ModuleMetadata.read(file));
                    if (!module.name().startsWith(module.id() + "-")) {
                        throw new CourseException(
                                file + ": number " + module.number() + " in a directory named " + module.name());
                    }
                    modules.add(module);
                }
            }
        } catch (IOException e) {
            throw new CourseException(
                    "no course in " + root.resolve("modules") + ": run tito inside the repository", e);
        }
        modules.sort(Comparator.comparingInt(CourseModule::number));
        return new Course(root, modules);
    }

    /**
     * A module by its number.
     *
     * @param number 1 to 20
     * @return the module
     * @throws CourseException if the repository has no such module
     */
    public CourseModule module(int number) {
        return modules.stream()
                .filter(module -> module.number() == number)
                .findFirst()
                .orElseThrow(() -> new CourseException("there is no module " + number + ": this repository has "
                        + String.join(
                                " ", modules.stream().map(CourseModule::name).toList())));
    }

    /**
     * A task by its number.
     *
     * @param id the task's number
     * @return the task
     * @throws CourseException if there is no such task
     */
    public Task task(TaskId id) {
        CourseModule module = module(id.module());
        return module.task(id)
                .orElseThrow(() -> new CourseException("there is no task " + id + ": module " + module.name() + " has "
                        + (module.tasks().isEmpty()
                                ? "no tasks yet"
                                : String.join(
                                        " ",
                                        module.tasks().stream().map(Task::id).toList()))));
    }

    /**
     * The modules up to a number.
     *
     * @param number the last module's number
     * @return the modules 1 to {@code number}, in order
     */
    public List<CourseModule> upTo(int number) {
        return modules.stream().filter(module -> module.number() <= number).toList();
    }

    /**
     * What the checks of all modules share.
     *
     * @return a root of sources
     */
    public Path sharedChecks() {
        return root.resolve("modules/checks/src/main/java");
    }

    /**
     * Where tito keeps compiled classes, progress and backups.
     *
     * @return {@code .tito} at the top of the repository
     */
    public Path workDirectory() {
        return root.resolve(".tito");
    }

    /**
     * A path as a person would write it.
     *
     * @param path a path in the repository
     * @return the path from the top of the repository, with forward slashes
     */
    public String display(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }
}
