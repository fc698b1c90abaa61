package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.TaskId;

/**
 * A mistake that a student might make, from a module's {@code wrong-answers.yaml}.
 *
 * @param task the task's number
 * @param from what stands in the solution, once
 * @param to what stands there instead
 * @param says words that the check's message must contain
 */
record WrongAnswer(String task, String from, String to, String says) {

    static List<WrongAnswer> of(CourseModule module) throws IOException {
        Path file = module.directory().resolve("wrong-answers.yaml");
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        return List.of(yaml.readValue(Files.readString(file), WrongAnswer[].class));
    }

    TaskId id() {
        return TaskId.parse(task);
    }

    /** The solution with the mistake in it. The formatter may have broken the lines elsewhere. */
    List<String> plant(List<String> solution) {
        String anySpace = Stream.of(from.split(" ", -1)).map(Pattern::quote).collect(Collectors.joining("\\s+"));
        String body = String.join("\n", solution);
        Matcher matcher = Pattern.compile(anySpace).matcher(body);
        assertThat(matcher.results().count())
                .as("places of \"%s\" in the solution of task %s", from, task)
                .isEqualTo(1);
        return matcher.replaceFirst(Matcher.quoteReplacement(to)).lines().toList();
    }

    @Override
    public String toString() {
        return "Task " + task + " with \"" + to + "\"";
    }
}
