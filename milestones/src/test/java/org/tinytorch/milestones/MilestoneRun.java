package org.tinytorch.milestones;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** One run of a milestone inside the test's JVM: what it printed, and its exit code. */
record MilestoneRun(int exitCode, String out, String err) {
    static MilestoneRun of(String... arguments) {
        return of(Milestones.forArguments(arguments), arguments);
    }

    static MilestoneRun of(CommandLine command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new MilestoneRun(command.execute(arguments), out.toString(), err.toString());
    }

    /** The line for scripts, which is the last one. */
    String resultLine() {
        return out.lines().reduce("", (before, line) -> line);
    }

    /** A figure of the RESULT line. */
    double figure(String name) {
        Matcher figure = Pattern.compile("\\b" + name + "=(\\S+)").matcher(resultLine());
        if (!figure.find()) {
            throw new AssertionError("no figure '" + name + "' in: " + resultLine());
        }
        return Double.parseDouble(figure.group(1));
    }
}
