package org.tinytorch.tito;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.FileTrees;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tito grade [DIR…]}: for instructors. */
@Command(
        name = "grade",
        description = {
            "For instructors: check all modules in each directory and give points, as JSON or CSV.",
            "Only files with tasks are taken from a directory; given code and checks are this repository's. What tito skip filled in earns nothing.",
            "It runs what students wrote: do it where that can do no harm."
        })
final class GradeCommand extends CourseCommand {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** How to write points down. */
    enum Format {
        /** One list of students, each with a list of tasks. */
        JSON,
        /** A line for each task of each student. */
        CSV
    }

    @Parameters(
            arity = "0..*",
            paramLabel = "DIR",
            description = "Repositories or student editions with work in them. Default: this one.")
    private List<Path> directories = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "JSON",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(names = "--out", paramLabel = "FILE", description = "Write to a file instead of the terminal.")
    private Optional<Path> out = Optional.empty();

    @Override
    int run(Course course, Progress progress, Terminal terminal) throws IOException {
        List<Path> all = directories.isEmpty() ? List.of(course.root()) : directories;
        Grading grading = new Grading(course, System.err::println);
        List<Grading.Report> reports = new ArrayList<>();
        for (Path directory : all) {
            Path scratch = Files.createTempDirectory("tito-grade");
            try {
                reports.add(grading.grade(directory.toAbsolutePath().normalize(), scratch));
            } finally {
                FileTrees.delete(scratch);
            }
        }
        String text = format == Format.CSV ? csv(reports) : JSON.writeValueAsString(reports) + "\n";
        if (out.isEmpty()) {
            terminal.block("", text);
            return 0;
        }
        Path file = out.get().toAbsolutePath();
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        reports.forEach(
                report -> terminal.line("%s: %d of %d points", report.directory(), report.points(), report.of()));
        terminal.line("next: %s has the points of every task", out.get());
        return 0;
    }

    private static String csv(List<Grading.Report> reports) throws IOException {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord("directory", "module", "task", "title", "state", "points", "of");
            for (Grading.Report report : reports) {
                for (Grading.Grade grade : report.tasks()) {
                    csv.writeRecord(
                            report.directory(),
                            grade.module(),
                            grade.task(),
                            grade.title(),
                            grade.state().toString(),
                            Integer.toString(grade.points()),
                            Integer.toString(grade.of()));
                }
            }
        }
        return text.toString();
    }
}
