package org.tinytorch.capstone;

import java.util.Locale;
import org.tinytorch.benchmarking.Html;

/** A report card as one HTML page: no script, no picture, nothing loaded from anywhere. A bar is an empty element as wide as a share. */
final class ReportCardHtml {
    private static final double ALL = 100;

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>$title</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60em; margin: 1.5em auto; padding: 0 1em; color: #222; }
            .score { font-size: 3em; font-weight: bold; line-height: 1; margin: .2em 0; }
            .bar { background: #e4e4e4; height: .8em; border-radius: .4em; overflow: hidden; margin: .2em 0 1em; }
            .bar i { display: block; height: 100%; background: #2a7f62; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; margin: 1em 0; }
            caption { text-align: left; font-weight: bold; padding: .3em 0; }
            th, td { border-bottom: 1px solid #ccc; padding: .2em .7em .2em 0; text-align: left; }
            .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            pre { background: #f4f4f4; padding: 1em; overflow-x: auto; font-size: 13px; }
            </style>
            </head>
            <body>
            """;

    private ReportCardHtml() {}

    static String of(ReportCard card) {
        String title = Html.escaped(card.project());
        StringBuilder page = new StringBuilder(HEAD.replace("$title", title));
        page.append("<h1>").append(title).append("</h1>\n");
        page.append("<p class=\"score\">").append(Goal.points(card.score())).append(" of 100</p>\n");
        page.append(bar(card.score() / ALL));
        for (Goal goal : card.rules().goals()) {
            double earned = card.rules().earned(goal, card.last());
            page.append("<div>")
                    .append(Html.escaped(goal + ", " + Goal.points(earned) + " of " + Goal.points(goal.points())));
            page.append("</div>\n").append(bar(earned / goal.points()));
        }
        ReportCardTables.of(card).forEach(table -> page.append("<div class=\"wide\">")
                .append(Html.table(table))
                .append("</div>\n"));
        page.append("<p>").append(card.created()).append("</p>\n");
        page.append("<pre>").append(Html.escaped(card.machine().toString())).append("</pre>\n");
        return page.append("</body>\n</html>\n").toString();
    }

    private static String bar(double share) {
        return String.format(Locale.ROOT, "<div class=\"bar\"><i style=\"width:%.1f%%\"></i></div>\n", ALL * share);
    }
}
