package org.tinytorch.tito.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.RegionScanner;
import org.tinytorch.tito.course.Skeleton;
import org.tinytorch.tito.course.SourceText;
import org.tinytorch.tito.course.TaskId;

/**
 * What a directory of classes was compiled from.
 *
 * @param outside a digest of everything but the inside of tasks: while it stays the same, other files need not be compiled again, because what
 *     stands inside a task is the tail of a body and cannot be seen from outside
 * @param files a digest of each source file
 */
record CompiledState(String outside, Map<Path, String> files) {

    private static final String FILE = "state";

    CompiledState {
        files = Map.copyOf(files);
    }

    /** The state that compiling these sources now would give. */
    static CompiledState of(Path root, String seed, List<Path> sources) {
        Digest outside = new Digest().add(seed).add(Runtime.version().toString());
        Map<Path, String> files = new TreeMap<>();
        for (Path file : sources) {
            SourceText source = SourceText.read(root, file);
            files.put(file, new Digest().add(source.text()).hex());
            outside.add(file.toString()).add(withoutAnswers(source));
        }
        return new CompiledState(outside.hex(), files);
    }

    /** The state that was saved beside the classes; one that equals no other if there is none. */
    static CompiledState read(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return new CompiledState("", Map.of());
        }
        try {
            List<String> lines = Files.readAllLines(file);
            Map<Path, String> files = new TreeMap<>();
            for (String line : lines.subList(1, lines.size())) {
                int space = line.indexOf(' ');
                files.put(Path.of(line.substring(space + 1)), line.substring(0, space));
            }
            return new CompiledState(lines.get(0), files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path directory) {
        List<String> lines = new ArrayList<>(List.of(outside));
        new TreeMap<>(files).forEach((file, digest) -> lines.add(digest + " " + file));
        try {
            Files.write(directory.resolve(FILE), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files that differ from those of an earlier state. */
    List<Path> changedSince(CompiledState earlier) {
        return new TreeMap<>(files)
                .entrySet().stream()
                        .filter(entry ->
                                !entry.getValue().equals(earlier.files().get(entry.getKey())))
                        .map(Map.Entry::getKey)
                        .toList();
    }

    private static String withoutAnswers(SourceText source) {
        try {
            Map<TaskId, List<String>> nothing = new TreeMap<>();
            RegionScanner.scan(source).forEach(region -> nothing.put(region.id(), List.of()));
            return Skeleton.fill(source, nothing);
        } catch (CourseException malformed) {
            return source.text();
        }
    }
}
