package org.tinytorch.tito;

import java.nio.file.Files;
import java.nio.file.Path;
import org.tinytorch.tito.course.CourseException;

/** Finds the top of the repository, from whichever of its directories tito was started in. */
public final class Repository {

    private Repository() {}

    /**
     * The top of the repository: what the start script says, else the nearest directory upwards that holds the course.
     *
     * @return a directory that holds {@code modules/pom.xml}
     * @throws CourseException if there is none
     */
    public static Path root() {
        String told = System.getProperty("tito.root", "");
        Path start = Path.of(told).toAbsolutePath().normalize();
        for (Path directory = start; directory != null; directory = directory.getParent()) {
            if (Files.exists(directory.resolve("modules/pom.xml"))) {
                return directory;
            }
        }
        throw new CourseException("no course in " + start + " or above it: run tito inside the repository");
    }
}
