// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/Report.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tinytorch.setup.EnvironmentReport;
import org.tinytorch.training.AtomicFile;

/**
 * What a run measured, with the machine it ran on, for a file: Markdown for people, JSON for programs. The machine and the date are looked up; neither can be given.
 *
 * <pre>{@code
 * Report.of("CNN, forward").with(measurement).with(profile).with(roof, profile).writeMarkdown(Path.of("report.md"));
 * }</pre>
 *
 * <p>Immutable: each addition gives a new report.
 */
public final class Report {
    private static final int TOP_OPERATIONS = 20;

    private final String title;
    private final Instant created;
    private final EnvironmentReport environment;
    private final List<Measurement> measurements;
    private final List<AbResult> comparisons;
    private final List<Table> tables;
    private final List<String> notes;

    private Report(
            String title,
            Instant created,
            EnvironmentReport environment,
            List<Measurement> measurements,
            List<AbResult> comparisons,
            List<Table> tables,
            List<String> notes) {
        this.title = title;
        this.created = created;
        this.environment = environment;
        this.measurements = measurements;
        this.comparisons = comparisons;
        this.tables = tables;
        this.notes = notes;
    }

    /** Begins a report of this run, on this machine. */
    public static Report of(String title) {
        return new Report(
                title,
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                EnvironmentReport.collect(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** With one more measurement. */
    public Report with(Measurement measurement) {
        return new Report(title, created, environment, plus(measurements, measurement), comparisons, tables, notes);
    }

    /** With one more table. */
    public Report with(Table table) {
        return new Report(title, created, environment, measurements, comparisons, plus(tables, table), notes);
    }

    /** With one more sentence. */
    public Report note(String sentence) {
        return new Report(title, created, environment, measurements, comparisons, tables, plus(notes, sentence));
    }

    /** With the tables of layers and of operations, and what the profiler itself took. */
    public Report with(Profile profile) {
        return with(profile.layerTable())
                .with(profile.operationTable(TOP_OPERATIONS))
                .note("Profile: " + profile.summary() + ".");
    }

    /** With the operations of each layer. */
    public Report with(FlopCount count) {
        return with(count.table());
    }

    /** With the layers of a profile under the roof of this machine. */
    public Report with(Roofline roof, Profile profile) {
        return with(roof.table(roof.place(profile)));
    }

    /** With the result of a comparison: as a sentence, and in full in the JSON. */
    public Report with(AbResult result) {
        return new Report(title, created, environment, measurements, plus(comparisons, result), tables, notes)
                .note(result + ".");
    }

    private static <T> List<T> plus(List<T> some, T one) {
        return Stream.concat(some.stream(), Stream.of(one)).toList();
    }

    /** What it is about. */
    public String title() {
        return title;
    }

    /** When it was begun, to the second. */
    public Instant created() {
        return created;
    }

    /** The machine and the JVM. */
    public EnvironmentReport environment() {
        return environment;
    }

    /** All measurements. */
    public List<Measurement> measurements() {
        return measurements;
    }

    /** All comparisons. */
    public List<AbResult> comparisons() {
        return comparisons;
    }

    /** All sentences. */
    public List<String> notes() {
        return notes;
    }

    /** All tables; first, if there are measurements, one of them. */
    public List<Table> tables() {
        return measurements.isEmpty()
                ? tables
                : Stream.concat(Stream.of(measurementTable()), tables.stream()).toList();
    }

    private Table measurementTable() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Measurement measured : measurements) {
            Interval interval = measured.interval();
            rows.add(List.of(
                    Cell.text(measured.name()),
                    time(measured.median()),
                    time(interval.low()),
                    time(interval.high()),
                    time(measured.quantile(0)),
                    time(measured.quantile(1)),
                    Cell.number(measured.runs()),
                    Cell.text(measured.warmUp().runs() + (measured.warmUp().settled() ? "" : ", not settled"))));
        }
        return new Table(
                "Times (the median lies from low to high with a confidence of "
                        + Interval.percent(Measurement.CONFIDENCE) + ")",
                List.of("work", "median", "low", "high", "fastest", "slowest", "runs", "warm-up runs"),
                rows);
    }

    private static Cell time(double nanos) {
        return Cell.of(nanos, Units.time(nanos));
    }

    /** As Markdown. */
    public String toMarkdown() {
        StringBuilder text = new StringBuilder(
                "# " + Table.escaped(title) + "\n\n" + created + "\n\n```\n" + environment + "\n```\n");
        notes.forEach(note -> text.append('\n').append(Table.escaped(note)).append('\n'));
        tables().forEach(table -> text.append('\n').append(table.toMarkdown()));
        return text.toString();
    }

    /**
     * As JSON: {@code title}, {@code created}, {@code environment}, {@code notes}, {@code measurements} with the nanoseconds of every run, {@code comparisons} with both lists of them, and {@code tables} with
     * {@code caption}, {@code columns} and {@code rows}. A number in a table is in its unit without a prefix: nanoseconds, bytes, FLOPs, FLOPs a second, and shares of 1.
     */
    public String toJson() {
        return ReportJson.of(this);
    }

    /**
     * Writes Markdown.
     *
     * @throws IOException if the file cannot be written; then an old one is untouched
     */
    public void writeMarkdown(Path file) throws IOException {
        AtomicFile.writeText(file, toMarkdown());
    }

    /**
     * Writes JSON.
     *
     * @throws IOException if the file cannot be written; then an old one is untouched
     */
    public void writeJson(Path file) throws IOException {
        AtomicFile.writeText(file, toJson());
    }
}
