package org.tinytorch.serving.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Programs of this machine, found as a shell finds them. */
final class Programs {
    private static final String REMEDY =
            "; install Chromium and its driver (Debian: apt-get install chromium chromium-driver), or leave the profile out";

    private Programs() {}

    /**
     * The first of these names that is on the path.
     *
     * @throws IllegalStateException if none is; the message says what to install
     */
    static File find(String... names) {
        List<Path> folders = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .toList();
        for (String name : names) {
            for (Path folder : folders) {
                Path program = folder.resolve(name);
                if (Files.isExecutable(program)) {
                    return program.toFile();
                }
            }
        }
        throw new IllegalStateException(
                "profile browser: there is no " + String.join(" or ", names) + " on the path" + REMEDY);
    }
}
