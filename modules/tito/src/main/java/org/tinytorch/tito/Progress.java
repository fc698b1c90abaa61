package org.tinytorch.tito;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.TaskId;

/** What a student has done so far, kept in {@code .tito/progress.json}. */
public final class Progress {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * What the file holds.
     *
     * @param tasks by task number, {@code passed} or {@code skipped}
     * @param hints by task number, how many hints were shown
     */
    record Saved(
            @JsonProperty("tasks") Map<String, String> tasks,
            @JsonProperty("hints") Map<String, Integer> hints) {

        Saved {
            tasks = tasks == null ? new TreeMap<>() : new TreeMap<>(tasks);
            hints = hints == null ? new TreeMap<>() : new TreeMap<>(hints);
        }
    }

    /** How a task stands. */
    public enum State {
        /** Its checks have not passed. */
        OPEN,
        /** Its checks have passed. */
        PASSED,
        /** The solution was filled in by {@code tito skip}. */
        SKIPPED
    }

    private final Path file;
    private final Saved saved;

    private Progress(Path file, Saved saved) {
        this.file = file;
        this.saved = saved;
    }

    /**
     * Reads the progress of a repository.
     *
     * @param course the course
     * @return the progress, none if nothing was saved yet
     * @throws CourseException if the file is damaged
     */
    public static Progress load(Course course) {
        Path file = course.workDirectory().resolve("progress.json");
        if (!Files.exists(file)) {
            return new Progress(file, new Saved(Map.of(), Map.of()));
        }
        try {
            return new Progress(file, JSON.readValue(Files.readString(file), Saved.class));
        } catch (IOException e) {
            throw new CourseException(
                    course.display(file) + " is damaged; delete it, and tito check fills it again: " + e.getMessage(),
                    e);
        }
    }

    /**
     * How a task stands.
     *
     * @param task the task
     * @return its state when it was last checked
     */
    public State state(TaskId task) {
        String state = saved.tasks().get(task.toString());
        return state == null ? State.OPEN : State.valueOf(state);
    }

    /**
     * How far the course is done without a gap.
     *
     * @param course the course
     * @return the number of the last module before the first open task, 0 if the very first is open
     */
    public int finished(Course course) {
        int finished = 0;
        for (CourseModule module : course.modules()) {
            if (module.tasks().stream().anyMatch(task -> state(task.taskId()) == State.OPEN)) {
                break;
            }
            finished = module.number();
        }
        return finished;
    }

    /**
     * Notes how a task stands.
     *
     * @param task the task
     * @param state its new state; passing a skipped task's checks leaves it skipped
     */
    public void state(TaskId task, State state) {
        if (state == State.OPEN) {
            saved.tasks().remove(task.toString());
        } else if (!(state == State.PASSED && state(task) == State.SKIPPED)) {
            saved.tasks().put(task.toString(), state.name());
        }
    }

    /**
     * How many hints of a task were shown.
     *
     * @param task the task
     * @return 0 if none
     */
    public int hints(TaskId task) {
        return saved.hints().getOrDefault(task.toString(), 0);
    }

    /**
     * Notes that hints were shown.
     *
     * @param task the task
     * @param shown how many
     */
    public void hints(TaskId task, int shown) {
        saved.hints().put(task.toString(), shown);
    }

    /** Writes the file. */
    public void save() {
        try {
            Path ignore = file.resolveSibling(".gitignore");
            if (!Files.exists(ignore)) {
                FileTrees.write(ignore, "*\n");
            }
            Path fresh = file.resolveSibling("progress.json.new");
            FileTrees.write(fresh, JSON.writeValueAsString(saved) + "\n");
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CourseException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
