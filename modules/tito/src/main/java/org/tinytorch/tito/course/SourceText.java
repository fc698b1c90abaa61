package org.tinytorch.tito.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The text of a source file, with the name that error messages use for it. Line ends are {@code \n}, whatever the checkout's are.
 *
 * @param name the path as a person would write it, from the top of the repository
 * @param text the whole text
 */
public record SourceText(String name, String text) {

    /** Brings the line ends into one form. */
    public SourceText {
        text = text.replace("\r\n", "\n");
    }

    /**
     * Reads a file.
     *
     * @param root the top of the repository; the file's name is given from here
     * @param file the file
     * @return its text
     * @throws CourseException if it cannot be read
     */
    public static SourceText read(Path root, Path file) {
        String name = root.relativize(file).toString().replace('\\', '/');
        try {
            return new SourceText(name, Files.readString(file));
        } catch (IOException e) {
            throw new CourseException(name + ": cannot be read as UTF-8 text: " + e.getMessage(), e);
        }
    }

    /**
     * The text, line by line.
     *
     * @return the lines without their ends; {@code join("\n")} gives the text back
     */
    public List<String> lines() {
        return List.of(text.split("\n", -1));
    }

    /**
     * An error at a line of this file.
     *
     * @param line the line, counted from 1
     * @param message what is wrong and the fix
     * @return the exception to throw, its message starting with {@code file:line:}
     */
    public CourseException error(int line, String message) {
        return new CourseException(name + ":" + line + ": " + message);
    }
}
