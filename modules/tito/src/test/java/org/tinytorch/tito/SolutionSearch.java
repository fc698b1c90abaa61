package org.tinytorch.tito;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.Originals;
import org.tinytorch.tito.course.TaskId;

/** Looks for the course's solutions where there should be none: in every file, and in every file of every archive. */
final class SolutionSearch {

    private final Map<TaskId, String> solutions = new TreeMap<>();
    private final List<String> packages = new ArrayList<>();
    private final List<String> found = new ArrayList<>();
    private int files;

    SolutionSearch(Course whole) {
        for (CourseModule module : whole.modules()) {
            packages.add(module.metadata().packageName().replace('.', '/') + "/");
            Originals.of(whole).solutions(module).forEach((task, body) -> {
                String text = normalised(String.join("\n", body));
                if (text.isEmpty()) {
                    throw new IllegalStateException("no solution of task " + task);
                }
                solutions.put(task, text);
            });
        }
    }

    /** What was found in a directory: one line for each place. */
    List<String> in(Path directory) throws IOException {
        for (Path file : FileTrees.files(directory, "")) {
            look(directory.relativize(file).toString(), Files.readAllBytes(file));
        }
        return found;
    }

    /** How many files were looked into, those in archives counted. */
    int files() {
        return files;
    }

    int solutions() {
        return solutions.size();
    }

    private void look(String name, byte[] bytes) throws IOException {
        files++;
        if (name.endsWith(".jar") || name.endsWith(".zip")) {
            try (ZipInputStream archive = new ZipInputStream(new ByteArrayInputStream(bytes))) {
                for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                    look(name + "!" + entry.getName(), all(archive));
                }
            }
        } else if (name.endsWith(".class")) {
            String inArchive = name.substring(name.indexOf('!') + 1);
            packages.stream()
                    .filter(inArchive::startsWith)
                    .forEach(each -> found.add("a class of the library: " + name));
        } else {
            String text = normalised(new String(bytes, StandardCharsets.UTF_8));
            solutions.forEach((task, solution) -> {
                if (text.contains(solution)) {
                    found.add("the solution of task " + task + " in " + name);
                }
            });
        }
    }

    private static byte[] all(InputStream in) throws IOException {
        return in.readAllBytes();
    }

    /** Without comments and white space: neither a formatter nor an editor hides a solution. */
    private static String normalised(String code) {
        return code.replaceAll("(?s)/\\*.*?\\*/", "")
                .replaceAll("(?m)(^|\\s)//.*$", "")
                .replaceAll("\\s+", "");
    }
}
