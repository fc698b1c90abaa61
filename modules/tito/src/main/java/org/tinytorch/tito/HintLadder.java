package org.tinytorch.tito;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.SourceText;
import org.tinytorch.tito.course.TaskId;

/** Reads {@code hints.md}: a heading {@code ## 2.3 …} for each task, and below it a numbered list, one item for each rung. */
public final class HintLadder {

    private static final Pattern HEADING = Pattern.compile("## (?:Task )?(\\d{1,2}\\.\\d{1,2})\\b.*");
    private static final Pattern RUNG = Pattern.compile("(\\d)\\. (.*)");

    private HintLadder() {}

    /**
     * The hints of a module.
     *
     * @param course the course
     * @param module the module
     * @return the rungs of each task in their order, empty if the module has no {@code hints.md}
     */
    public static Map<TaskId, List<String>> read(Course course, CourseModule module) {
        Path file = module.directory().resolve("hints.md");
        Map<TaskId, List<String>> ladders = new TreeMap<>();
        if (!Files.exists(file)) {
            return ladders;
        }
        Optional<List<String>> ladder = Optional.empty();
        for (String line : SourceText.read(course.root(), file).lines()) {
            Matcher heading = HEADING.matcher(line);
            Matcher rung = RUNG.matcher(line);
            if (heading.matches()) {
                List<String> fresh = new ArrayList<>();
                ladders.put(TaskId.parse(heading.group(1)), fresh);
                ladder = Optional.of(fresh);
            } else if (rung.matches() && ladder.isPresent()) {
                ladder.get().add(rung.group(2));
            } else if (ladder.isPresent() && !ladder.get().isEmpty()) {
                List<String> rungs = ladder.get();
                int last = rungs.size() - 1;
                String text = line.startsWith("   ") ? line.substring(3) : line;
                rungs.set(last, (rungs.get(last) + "\n" + text).stripTrailing());
            }
        }
        return ladders;
    }
}
