package org.tinytorch.milestones;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What all milestones share: the common options, the {@code RESULT} line, and an exit code of 0 for the target reached, 1 for missed, 2 for bad usage, 130 for
 * interrupted.
 */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Milestone.Version.class,
        usageHelpAutoWidth = true,
        showDefaultValues = true)
abstract class Milestone implements Callable<Integer> {
    /** What shells say of a program that Ctrl-C ended. */
    static final int INTERRUPTED = 130;

    @Option(
            names = "--classroom",
            description =
                    "the smaller preset: what a student's educational loops reach in a few minutes, with a target of its own")
    boolean classroom;

    @Option(
            names = "--seed",
            description = "start of the random numbers; the same seed gives the same run",
            defaultValue = "1")
    long seed;

    @Spec
    CommandSpec spec;

    /** Does the work, printing as it goes. */
    abstract Result run() throws Exception;

    @Override
    public final Integer call() throws Exception {
        long start = System.nanoTime();
        Result result;
        try {
            result = run();
        } catch (Interruption.Interrupted e) {
            return INTERRUPTED; // the milestone has said what there is to say
        }
        if (!result.passed()) {
            say("");
            say("%s", result.shortfall());
        }
        say("");
        say("%s", result.line((System.nanoTime() - start) / 1e9));
        return result.passed() ? 0 : 1;
    }

    final void say(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }

    /** Bad usage: says what is wrong and how to get help, and exits with 2. */
    final ParameterException misuse(String format, Object... arguments) {
        return new ParameterException(spec.commandLine(), String.format(Locale.ROOT, format, arguments));
    }

    /** Checks an option that counts something. */
    final int atLeastOne(String option, int value) {
        if (value < 1) {
            throw misuse("%s is %d, but must be 1 or more", option, value);
        }
        return value;
    }

    /** Checks a learning rate. */
    final double positive(String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw misuse("%s is %s, but must be positive and finite", option, value);
        }
        return value;
    }

    /** Runs a milestone from its own {@code main}. */
    static void launch(Milestone milestone, String... args) {
        Milestones.exit(Milestones.execute(Milestones.commandLine(milestone), args));
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Milestone.class.getPackage().getImplementationVersion();
            return new String[] {"TinyTorch milestones " + (version == null ? "(built from source)" : version)};
        }
    }
}
