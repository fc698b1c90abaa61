package org.tinytorch.milestones;

import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The list of milestones, in the order of history: {@code ./tito milestone NAME}. */
@Command(
        name = "milestone",
        description =
                "The history of neural networks, rerun. Each milestone trains, checks its target and ends with a RESULT line.",
        mixinStandardHelpOptions = true,
        versionProvider = Milestone.Version.class,
        synopsisSubcommandLabel = "NAME",
        commandListHeading = "%nMilestones:%n",
        footer = {"", "milestone NAME --help says more about one of them."})
public final class Milestones implements Runnable {
    private static final Map<String, Supplier<Milestone>> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("perceptron", () -> new PerceptronMilestone());
        BY_NAME.put("xor", () -> new XorMilestone());
        BY_NAME.put("digits", () -> new DigitsMilestone());
        BY_NAME.put("cifar10", () -> new Cifar10Milestone());
        BY_NAME.put("gpt", () -> new GptMilestone());
        BY_NAME.put("speedup", () -> new SpeedupMilestone());
        BY_NAME.put("compress", () -> new CompressMilestone());
        BY_NAME.put("capstone", () -> new CapstoneMilestone());
    }

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    /** Without a name there is nothing to run: shows the list. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which milestone?");
    }

    /** Runs a command line to its exit code; running out of memory is a result like any other. */
    static int execute(CommandLine command, String... arguments) {
        try {
            return command.execute(arguments);
        } catch (OutOfMemoryError e) {
            command.getErr()
                    .println("milestone: out of memory (" + Runtime.getRuntime().maxMemory() / (1 << 20)
                            + " MiB); give Java more with -Xmx, or the milestone less to do: --classroom");
            return 1;
        }
    }

    /**
     * All milestones, or the one that is named, alone: on the classes of a student who has come as far as XOR, what the later milestones need is not there.
     *
     * @param arguments a command line
     */
    static CommandLine forArguments(String... arguments) {
        CommandLine line = new CommandLine(new Milestones());
        Predicate<String> wanted =
                arguments.length > 0 && BY_NAME.containsKey(arguments[0]) ? arguments[0]::equals : name -> true;
        BY_NAME.forEach((name, milestone) -> {
            if (wanted.test(name)) {
                line.addSubcommand(name, milestone.get());
            }
        });
        return ready(line);
    }

    static CommandLine commandLine(Object command) {
        return ready(new CommandLine(command));
    }

    private static CommandLine ready(CommandLine line) {
        return line.setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler(Milestones::explain);
    }

    /** One clear line for what went wrong; the stack trace goes to the log at debug level. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        Throwable shown = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        LoggerFactory.getLogger(Milestones.class).debug("{} failed", command.getCommandName(), failure);
        String prefix = command.getCommandName() + ": ";
        String message = String.valueOf(shown.getMessage());
        command.getErr()
                .println(command.getColorScheme().errorText(message.startsWith(prefix) ? message : prefix + message));
        return 1;
    }

    /** Runs one of them. */
    public static void main(String... args) {
        exit(execute(forArguments(args), args));
    }

    /** Ends Java, unless a signal is doing so already: then the exit code is the signal's. */
    static void exit(int code) {
        if (code != Milestone.INTERRUPTED) {
            System.exit(code);
        }
    }
}
