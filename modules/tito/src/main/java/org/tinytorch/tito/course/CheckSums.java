package org.tinytorch.tito.course;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The checksums of a module's checks and experiments, in its {@code checks.sha256}: whether a check is still what the course wrote. They are taken of the text
 * with line ends of one kind, in the form of {@code sha256sum}.
 */
public final class CheckSums {

    private static final String GAP = "  ";

    private CheckSums() {}

    /** Where a module's checksums are. */
    static Path file(CourseModule module) {
        return module.directory().resolve("checks.sha256");
    }

    /** What {@link #file} must hold. */
    static String of(Course course, CourseModule module) {
        StringBuilder text = new StringBuilder();
        for (Path file : files(course, module)) {
            String name = module.directory().relativize(file).toString().replace('\\', '/');
            text.append(hex(SourceText.read(course.root(), file).text()))
                    .append(GAP)
                    .append(name)
                    .append('\n');
        }
        return text.toString();
    }

    /**
     * The checks that are no longer what the course wrote.
     *
     * @param course the course
     * @param module the module
     * @return files that were edited or are gone; empty, too, if the module has no list of checksums
     */
    public static List<Path> changed(Course course, CourseModule module) {
        List<Path> changed = new ArrayList<>();
        if (!Files.exists(file(module))) {
            return changed;
        }
        for (String line : SourceText.read(course.root(), file(module)).lines()) {
            int gap = line.indexOf(GAP);
            if (gap > 0) {
                Path check = module.directory()
                        .resolve(line.substring(gap + GAP.length()))
                        .normalize();
                boolean same = Files.exists(check)
                        && hex(SourceText.read(course.root(), check).text()).equals(line.substring(0, gap));
                if (!same) {
                    changed.add(check);
                }
            }
        }
        return changed;
    }

    private static List<Path> files(Course course, CourseModule module) {
        List<Path> files = new ArrayList<>(FileTrees.files(module.checks(), ""));
        files.addAll(FileTrees.files(module.experiment(), ""));
        files.addAll(FileTrees.files(course.sharedChecks(), ""));
        return files;
    }

    private static String hex(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
