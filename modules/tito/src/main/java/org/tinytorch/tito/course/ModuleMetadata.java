package org.tinytorch.tito.course;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code module.yaml} says.
 *
 * @param number the module's number, 1 to 20
 * @param title what the module builds, in a few words
 * @param packageName the package it teaches ({@code package:}); its sub-packages belong to it too
 * @param source the directory of the jar project that holds the solution, from the top of the repository
 * @param prerequisites the modules whose tasks must be done first
 * @param hours the time estimate in hours
 * @param milestones the milestones that finishing the module unlocks
 * @param jvm flags for the JVM that runs the checks, beside the usual ones
 * @param checkSeconds how long one check may take before it is stopped; 10 if not given
 * @param tasks the tasks in their order, empty if all code of the module is given
 */
public record ModuleMetadata(
        @JsonProperty(required = true) int number,
        @JsonProperty(required = true) String title,
        @JsonProperty(value = "package", required = true) String packageName,
        @JsonProperty(required = true) String source,
        List<Integer> prerequisites,
        int hours,
        List<String> milestones,
        List<String> jvm,
        int checkSeconds,
        List<Task> tasks) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final int DEFAULT_CHECK_SECONDS = 10;

    /** Fills in what was left out, and validates the tasks' numbers. */
    public ModuleMetadata {
        prerequisites = prerequisites == null ? List.of() : List.copyOf(prerequisites);
        milestones = milestones == null ? List.of() : List.copyOf(milestones);
        jvm = jvm == null ? List.of() : List.copyOf(jvm);
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
        checkSeconds = checkSeconds == 0 ? DEFAULT_CHECK_SECONDS : checkSeconds;
        if (number < 1 || number > 99 || checkSeconds < 0 || hours < 0) {
            throw new CourseException("number, hours and checkSeconds must be positive");
        }
        Set<TaskId> seen = new HashSet<>();
        for (Task task : tasks) {
            if (task.taskId().module() != number || !seen.add(task.taskId())) {
                throw new CourseException(
                        "task " + task.id() + " is listed twice or belongs to another module than " + number);
            }
        }
    }

    /**
     * Reads a {@code module.yaml}.
     *
     * @param file the file
     * @return what it says
     * @throws CourseException if it cannot be read or says something unknown or wrong
     */
    public static ModuleMetadata read(Path file) {
        try {
            return YAML.readValue(Files.readString(file), ModuleMetadata.class);
        } catch (IOException e) {
            throw new CourseException(file + ": " + e.getMessage(), e);
        }
    }
}
