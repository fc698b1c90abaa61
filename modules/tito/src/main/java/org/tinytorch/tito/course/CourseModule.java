package org.tinytorch.tito.course;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One module of the course: its directory and what its {@code module.yaml} says.
 *
 * @param directory the module's directory, {@code modules/02-tensor}
 * @param metadata what {@code module.yaml} says
 */
public record CourseModule(Path directory, ModuleMetadata metadata) {

    /**
     * The module's number.
     *
     * @return 1 to 20
     */
    public int number() {
        return metadata.number();
    }

    /**
     * The number as it is written everywhere.
     *
     * @return two digits
     */
    public String id() {
        return String.format(Locale.ROOT, "%02d", number());
    }

    /**
     * The directory's name.
     *
     * @return for example {@code 02-tensor}
     */
    public String name() {
        return directory.getFileName().toString();
    }

    /**
     * The tasks in their order.
     *
     * @return empty if all code of the module is given
     */
    public List<Task> tasks() {
        return metadata.tasks();
    }

    /**
     * Looks up a task.
     *
     * @param id its number
     * @return the task, if the module has it
     */
    public Optional<Task> task(TaskId id) {
        return tasks().stream().filter(task -> task.taskId().equals(id)).findFirst();
    }

    /**
     * Where the files with tasks lie.
     *
     * @return {@code src/main/java}
     */
    public Path mainJava() {
        return directory.resolve("src/main/java");
    }

    /**
     * Where the rest of the package lies.
     *
     * @return {@code src/given/java}
     */
    public Path givenJava() {
        return directory.resolve("src/given/java");
    }

    /**
     * Where service files and other resources of the package lie.
     *
     * @return {@code src/given/resources}
     */
    public Path givenResources() {
        return directory.resolve("src/given/resources");
    }

    /**
     * Where the checks lie.
     *
     * @return {@code src/test/java}
     */
    public Path checks() {
        return directory.resolve("src/test/java");
    }

    /**
     * Where the closing experiment lies, beside the test that holds it to its claim.
     *
     * @return {@code src/experiment/java}
     */
    public Path experiment() {
        return directory.resolve("src/experiment/java");
    }
}
