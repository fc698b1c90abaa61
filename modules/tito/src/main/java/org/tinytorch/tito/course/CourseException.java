package org.tinytorch.tito.course;

/** Something about the course or the request is wrong, and the message says what and how to mend it; no stack trace is needed. */
public final class CourseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an error for a person to read.
     *
     * @param message what is wrong, where, and the fix
     */
    public CourseException(String message) {
        super(message);
    }

    /**
     * Creates an error for a person to read, with its cause.
     *
     * @param message what is wrong, where, and the fix
     * @param cause what was caught
     */
    public CourseException(String message, Throwable cause) {
        super(message, cause);
    }
}
