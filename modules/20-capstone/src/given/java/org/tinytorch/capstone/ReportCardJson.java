// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/capstone/ReportCardJson.java. Read it, don't edit it.
package org.tinytorch.capstone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.tinytorch.benchmarking.Interval;

/** Writes a report card as JSON; {@link ReportCard#toJson} says what is in it. */
final class ReportCardJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final double NANO = 1e-9;

    private ReportCardJson() {}

    static String of(ReportCard card) {
        ObjectNode root = NODES.objectNode();
        root.put("project", card.project());
        root.put("created", card.created().toString());
        root.put("machine", card.machine().toString());
        root.put("score", card.score());
        root.set("baseline", figures(card.rules().baseline()));
        root.set("last", figures(card.last()));
        ArrayNode goals = root.putArray("goals");
        card.rules().goals().forEach(goal -> goals.add(goal(card, goal)));
        ArrayNode limits = root.putArray("limits");
        card.rules().limits().forEach(limit -> limits.add(limit(limit)));
        ArrayNode steps = root.putArray("steps");
        card.journal().forEach(decision -> steps.add(step(decision)));
        ArrayNode worths = root.putArray("worths");
        card.worths().forEach(worth -> worths.add(worth(worth)));
        return root.toPrettyString() + "\n";
    }

    private static ObjectNode figures(Figures figures) {
        ObjectNode node = NODES.objectNode();
        figures.metrics().forEach(metric -> node.put(metric, figures.get(metric)));
        Interval interval = figures.itemTime().interval();
        node.put("timeLow", interval.low() * NANO);
        node.put("timeHigh", interval.high() * NANO);
        node.put("runs", figures.itemTime().runs());
        node.put("settled", figures.itemTime().warmUp().settled());
        return node;
    }

    private static ObjectNode goal(ReportCard card, Goal goal) {
        ObjectNode node = NODES.objectNode();
        node.put("metric", goal.metric());
        node.put("goal", goal.toString());
        node.put("aim", goal.aim(card.rules().baseline().get(goal.metric())));
        node.put("points", card.rules().earned(goal, card.last()));
        node.put("of", goal.points());
        return node;
    }

    private static ObjectNode limit(Limit limit) {
        ObjectNode node = NODES.objectNode();
        node.put("metric", limit.metric());
        node.put("limit", limit.toString());
        node.put("most", limit.most());
        return node;
    }

    private static ObjectNode step(Decision decision) {
        ObjectNode node = NODES.objectNode();
        node.put("step", decision.step());
        node.put("kept", decision.kept());
        node.put("why", decision.why());
        node.put("gain", decision.gain());
        decision.trial().figures().ifPresent(figures -> node.set("figures", figures(figures)));
        return node;
    }

    private static ObjectNode worth(Worth worth) {
        ObjectNode node = NODES.objectNode();
        node.put("step", worth.step());
        worth.points().ifPresentOrElse(points -> node.put("points", points), () -> node.putNull("points"));
        worth.without()
                .figures()
                .ifPresentOrElse(
                        figures -> node.set("without", figures(figures)),
                        () -> node.put("failure", worth.without().failure()));
        return node;
    }
}
