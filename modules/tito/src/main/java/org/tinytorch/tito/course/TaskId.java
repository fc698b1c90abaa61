package org.tinytorch.tito.course;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of a task: {@code 2.3} is the third task of module 02.
 *
 * @param module the module's number, 1 or more
 * @param number the task's number within its module, 1 or more
 */
public record TaskId(int module, int number) implements Comparable<TaskId> {

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,2})\\.(\\d{1,2})");
    private static final Pattern LABEL = Pattern.compile("\\bTask (\\d{1,2})\\.(\\d{1,2})\\b");

    /** Validates the numbers. */
    public TaskId {
        if (module < 1 || number < 1) {
            throw new CourseException("task: numbers start at 1, got " + module + "." + number);
        }
    }

    /**
     * Reads {@code "2.3"}.
     *
     * @param text module and task, separated by a dot
     * @return the task's number
     * @throws CourseException if the text is anything else
     */
    public static TaskId parse(String text) {
        Matcher matcher = NUMBER.matcher(text.strip());
        if (!matcher.matches()) {
            throw new CourseException("task: \"" + text + "\" is not a task's number: write it like 2.3");
        }
        return of(matcher);
    }

    /**
     * Finds the first {@code Task 2.3} in a text such as a message or a display name.
     *
     * @param text any text
     * @return the task that it names first
     */
    public static Optional<TaskId> firstIn(String text) {
        Matcher matcher = LABEL.matcher(text);
        return matcher.find() ? Optional.of(of(matcher)) : Optional.empty();
    }

    private static TaskId of(Matcher matcher) {
        return new TaskId(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public int compareTo(TaskId other) {
        return Comparator.comparingInt(TaskId::module)
                .thenComparingInt(TaskId::number)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return module + "." + number;
    }
}
