package org.tinytorch.tito.check;

import java.nio.file.Path;
import java.util.Optional;
import org.tinytorch.tito.course.TaskId;

/**
 * One of the compiler's complaints.
 *
 * @param file the source file
 * @param line the line, counted from 1
 * @param code the text of that line
 * @param message what the compiler says
 * @param task the task in whose region the line lies, if it lies in one
 */
public record CompileError(Path file, long line, String code, String message, Optional<TaskId> task) {}
