package org.tinytorch.tito.course;

/**
 * A task's marked place in a source file: from {@code // region Task 2.3: broadcast two shapes} to {@code // endregion}.
 *
 * @param id the task's number
 * @param title the task's title
 * @param firstLine the line of the opening mark, counted from 1
 * @param lastLine the line of the closing mark, counted from 1
 * @param indent the white space before the opening mark
 */
public record Region(TaskId id, String title, int firstLine, int lastLine, String indent) {

    /**
     * The task as checks, messages and skeletons name it.
     *
     * @return for example {@code Task 2.3: broadcast two shapes}
     */
    public String label() {
        return "Task " + id + ": " + title;
    }

    /**
     * Whether a line lies in this region, its marks included.
     *
     * @param line a line, counted from 1
     * @return true from the opening to the closing mark
     */
    public boolean contains(long line) {
        return firstLine <= line && line <= lastLine;
    }
}
