package org.tinytorch.tito;

import java.io.PrintWriter;
import java.util.List;
import org.tinytorch.tito.course.CourseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The main class: {@code tito COMMAND}. Exit codes: 0 all is well, 1 something is not, 2 the command line makes no sense. */
@Command(
        name = "tito",
        mixinStandardHelpOptions = true,
        versionProvider = TitoVersion.class,
        description = "Build your own deep-learning framework, one module at a time.",
        footer = {
            "",
            "New here? ./tito milestone xor trains a first network with the finished library;",
            "./tito status shows the course and what to do next."
        },
        subcommands = {
            DoctorCommand.class,
            StatusCommand.class,
            StartCommand.class,
            CheckCommand.class,
            WatchCommand.class,
            HintCommand.class,
            SolutionCommand.class,
            SkipCommand.class,
            ResetCommand.class,
            ShellCommand.class,
            ExperimentCommand.class,
            MilestoneCommand.class,
            DownloadCommand.class,
            PackageCommand.class,
            ServeCommand.class,
            LoadCommand.class,
            BenchCommand.class,
            GradeCommand.class,
            EditionCommand.class,
            SyncCommand.class
        })
public final class Tito implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Made by picocli. */
    public Tito() {}

    /**
     * Runs a command and exits with its code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /**
     * Runs a command.
     *
     * @param args the command and its options
     * @return the exit code
     */
    public static int run(String... args) {
        CommandLine line = new CommandLine(new Tito()).setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((exception, command, parsed) -> {
            if (exception instanceof CourseException) {
                command.getErr().println("tito: " + exception.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw exception;
        });
        for (String program :
                List.of("milestone", "download", "package", "serve", "load")) { // its options are not tito's
            line.getSubcommands().get(program).setStopAtPositional(true).setUnmatchedOptionsArePositionalParams(true);
        }
        return line.execute(args);
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().usage(out);
        out.flush();
    }
}
