package org.tinytorch.capstone;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tinytorch.benchmarking.Cell;
import org.tinytorch.benchmarking.Interval;
import org.tinytorch.benchmarking.Table;
import org.tinytorch.benchmarking.Units;

/** The tables of a report card. */
final class ReportCardTables {
    private ReportCardTables() {}

    /** Goals, limits if there are any, steps, and what steps are worth if any was kept. */
    static List<Table> of(ReportCard card) {
        return Stream.of(goals(card), limits(card), steps(card), worths(card))
                .filter(table -> !table.rows().isEmpty())
                .toList();
    }

    private static Table goals(ReportCard card) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Goal goal : card.rules().goals()) {
            String metric = goal.metric();
            double earned = card.rules().earned(goal, card.last());
            double aim = goal.aim(card.rules().baseline().get(metric));
            rows.add(List.of(
                    Cell.text(goal.toString()),
                    number(card.rules().baseline(), metric),
                    Cell.of(aim, Figures.text(metric, aim)),
                    number(card.last(), metric),
                    Cell.of(earned, Goal.points(earned)),
                    Cell.of(goal.points(), Goal.points(goal.points()))));
        }
        return new Table("Goals", List.of("goal", "baseline", "aim", "in the end", "points", "of"), rows);
    }

    private static Table limits(ReportCard card) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Limit limit : card.rules().limits()) {
            rows.add(List.of(
                    Cell.text(limit.toString()),
                    number(card.rules().baseline(), limit.metric()),
                    number(card.last(), limit.metric())));
        }
        return new Table("Limits", List.of("limit", "baseline", "in the end"), rows);
    }

    private static Table steps(ReportCard card) {
        List<String> metrics = card.rules().baseline().metrics();
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(row("baseline", metrics, Trial.measured(card.rules().baseline()), "the start"));
        card.journal().forEach(decision -> rows.add(row(decision.step(), metrics, decision.trial(), decision.why())));
        List<String> columns = new ArrayList<>(List.of("step"));
        columns.addAll(metrics);
        columns.addAll(List.of("time, 95 %", "verdict"));
        return new Table("Steps, each on top of those that were kept before it", columns, rows);
    }

    private static List<Cell> row(String step, List<String> metrics, Trial trial, String verdict) {
        List<Cell> row = new ArrayList<>(List.of(Cell.text(step)));
        metrics.forEach(metric ->
                row.add(trial.figures().map(figures -> number(figures, metric)).orElse(Cell.text(""))));
        row.add(Cell.text(trial.figures().map(ReportCardTables::interval).orElse("")));
        row.add(Cell.text(verdict));
        return row;
    }

    private static String interval(Figures figures) {
        Interval interval = figures.itemTime().interval();
        return Units.time(interval.low()) + " … " + Units.time(interval.high());
    }

    private static Table worths(ReportCard card) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Worth worth : card.worths()) {
            rows.add(List.of(
                    Cell.text(worth.step()),
                    worth.points()
                            .map(points -> Cell.of(points, Goal.points(points)))
                            .orElse(Cell.text(
                                    "all: without it, " + worth.without().failure()))));
        }
        return new Table(
                "What each step is worth in the end: the points that are lost without it",
                List.of("step", "points"),
                rows);
    }

    private static Cell number(Figures figures, String metric) {
        return Cell.of(figures.get(metric), figures.text(metric));
    }
}
