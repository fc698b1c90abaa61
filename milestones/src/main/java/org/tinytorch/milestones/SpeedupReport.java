package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tinytorch.benchmarking.Report;

/**
 * What a run leaves: {@code report.md}, {@code report.json}, {@code report.html} and {@code speedup.png}.
 *
 * @param results of all models
 */
record SpeedupReport(List<SpeedupResult> results) {
    private static final String TITLE = "From the loops to everything";

    /** Copies the list. */
    SpeedupReport {
        results = List.copyOf(results);
    }

    /** As it is written; its numbers are those of the results. */
    Report report() {
        Report report = Report.of(TITLE)
                .note(
                        "Each step is added to those before it that pay. A step pays if the intervals of the times lie apart"
                                + " and it loses no more than " + Quality.ACCURACY.tolerance()
                                + " of the loops' accuracy, or adds no more than "
                                + Quality.LOSS.tolerance()
                                + " to their loss. What does not pay is left out of what follows.")
                .note(
                        "Accuracy and loss of the loops are measured with fast kernels, which compute the same but for rounding."
                                + " Memory is that of one run; its peak includes garbage.");
        for (SpeedupResult result : results) {
            report = report.note(result.model().description());
            for (String note : result.notes()) {
                report = report.note(note);
            }
            report = report.with(SpeedupTable.of(result));
            for (SpeedupRow row : result.rows()) {
                report = report.with(row.measured().time());
            }
        }
        return report;
    }

    /**
     * Writes all files, each as a whole or not at all.
     *
     * @throws IOException if that is not possible
     */
    void write(Path folder) throws IOException {
        new RunFolder(folder)
                .saveReport(
                        report(),
                        "speedup.png",
                        "How many times as fast as the loops; steps in brackets do not pay",
                        SpeedupChart.png(results));
    }
}
