package org.tinytorch.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.tinytorch.benchmarking.Benchmark;
import org.tinytorch.benchmarking.MemoryMeter;
import org.tinytorch.benchmarking.WarmUp;
import org.tinytorch.capstone.Ablation;
import org.tinytorch.capstone.Decision;
import org.tinytorch.capstone.Harness;
import org.tinytorch.capstone.Outcome;
import org.tinytorch.capstone.Pipeline;
import org.tinytorch.capstone.Project;
import org.tinytorch.capstone.ReportCard;

/** The experiment of module 20: a project from its baseline to its report card. If there is a class {@code MyProject} beside this one, it is that project; else {@link DigitsProject}. */
public final class PutTogether {
    private static final String YOURS = PutTogether.class.getPackageName() + ".MyProject";
    private static final Path FOLDER = Path.of("runs", "capstone");

    private PutTogether() {}

    /** Yours, if there is one. */
    static Project<?> project() throws ReflectiveOperationException {
        try {
            return (Project<?>) Class.forName(YOURS).getDeclaredConstructor().newInstance();
        } catch (ClassNotFoundException none) {
            return new DigitsProject();
        }
    }

    /** Half a second to warm up, two at the most, so that all takes less than 20 seconds; for a project that matters, {@code new Harness(20)} takes its time. */
    private static Harness quick() {
        WarmUp warmUp = WarmUp.untilSettled(0.05, Duration.ofMillis(500), 10_000).within(Duration.ofSeconds(2));
        return new Harness(new Benchmark().warmUp(warmUp).repeat(20), new MemoryMeter()::measure);
    }

    /**
     * From the baseline to the card, telling what it decides.
     *
     * @param project what is to be made better
     * @param harness measures
     */
    static <M> ReportCard run(Project<M> project, Harness harness) {
        say(project.name() + ": the baseline, then " + project.steps().size() + " steps");
        Outcome<M> outcome = new Pipeline(harness).run(project, PutTogether::say);
        say("leaving one out at a time\n");
        return ReportCard.of(outcome, new Ablation(harness).of(outcome));
    }

    private static void say(Decision decision) {
        say("  " + decision.step() + ": " + decision.why());
    }

    private static void say(String text) {
        System.out.println(text);
    }

    /**
     * Runs it, and leaves the card in {@code runs/capstone}.
     *
     * @param args none
     * @throws IOException if the card cannot be written
     * @throws ReflectiveOperationException if {@code MyProject} has no constructor without arguments, or that fails
     */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        ReportCard card = run(project(), quick());
        say(card.toString());
        Files.createDirectories(FOLDER);
        card.write(FOLDER);
        say("\nreport-card.html and report-card.json are in " + FOLDER.toAbsolutePath());
    }
}
