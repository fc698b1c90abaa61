package org.tinytorch.tito.course;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A task as {@code module.yaml} lists it.
 *
 * @param id the task's number, in quotes: {@code "2.3"}
 * @param title the title, the same as in the library's mark
 * @param points what it is worth in a grade
 * @param minutes how long it may take
 */
public record Task(
        @JsonProperty(required = true) String id,
        @JsonProperty(required = true) String title,
        @JsonProperty(required = true) int points,
        @JsonProperty(required = true) int minutes) {

    /**
     * The task's number.
     *
     * @return for example 2.3
     */
    public TaskId taskId() {
        return TaskId.parse(id);
    }

    /**
     * The task as checks and messages name it.
     *
     * @return for example {@code Task 2.3: broadcast two shapes}
     */
    public String label() {
        return "Task " + id + ": " + title;
    }
}
