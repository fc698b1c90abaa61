// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/capstone/ReportCard.java. Read it, don't edit it.
package org.tinytorch.capstone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.tinytorch.setup.EnvironmentReport;
import org.tinytorch.training.AtomicFile;

/**
 * What a project has come to: its score, each goal, every step, what each step that was kept is worth, and the machine.
 *
 * <pre>{@code
 * ReportCard card = ReportCard.of(outcome, new Ablation(harness).of(outcome));
 * System.out.println(card);
 * card.write(Path.of("runs/capstone"));
 * }</pre>
 *
 * @param project its name
 * @param created when, to the second
 * @param machine where
 * @param rules what counted, and the baseline
 * @param last what was measured of the model in the end
 * @param journal every decision
 * @param worths of the steps that were kept
 */
public record ReportCard(
        String project,
        Instant created,
        EnvironmentReport machine,
        Rules rules,
        Figures last,
        List<Decision> journal,
        List<Worth> worths) {
    /** The page. */
    static final String HTML = "report-card.html";

    /** The same for programs. */
    static final String JSON = "report-card.json";

    /** Copies the lists. */
    public ReportCard {
        journal = List.copyOf(journal);
        worths = List.copyOf(worths);
    }

    /** Of where a pipeline ended, now, on this machine. */
    public static ReportCard of(Outcome<?> outcome, List<Worth> worths) {
        return new ReportCard(
                outcome.kept().project().name(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                EnvironmentReport.collect(),
                outcome.rules(),
                outcome.last(),
                outcome.journal(),
                worths);
    }

    /** From 0 to 100. */
    public double score() {
        return rules.score(last);
    }

    /**
     * As JSON: {@code project}, {@code created}, {@code machine}, {@code score}, {@code baseline} and {@code last} with their figures, {@code goals}, {@code limits}, {@code steps} and {@code worths}. Times are in
     * seconds, memory and sizes in bytes.
     */
    public String toJson() {
        return ReportCardJson.of(this);
    }

    /** As a page that needs nothing else, and fits on a telephone. */
    public String toHtml() {
        return ReportCardHtml.of(this);
    }

    /**
     * Writes {@code report-card.html} and {@code report-card.json}.
     *
     * @param folder must be there
     * @throws IOException if a file cannot be written; then an old one is untouched
     */
    public void write(Path folder) throws IOException {
        AtomicFile.writeText(folder.resolve(HTML), toHtml());
        AtomicFile.writeText(folder.resolve(JSON), toJson());
    }

    /** For a terminal. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(headline());
        ReportCardTables.of(this).forEach(table -> text.append("\n\n").append(table));
        return text.toString();
    }

    /** Such as {@code digits: 71.3 of 100 points}. */
    String headline() {
        return project + ": " + Goal.points(score()) + " of 100 points";
    }
}
