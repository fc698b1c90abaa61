package org.tinytorch.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server-sent event. */
record Event(String name, JsonNode data) {
    /** All events of a stream that has ended. */
    static List<Event> all(String stream) {
        return Stream.of(stream.split("\n\n")).map(Event::of).toList();
    }

    private static Event of(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() != 2
                || !lines.get(0).startsWith("event: ")
                || !lines.get(1).startsWith("data: ")) {
            throw new AssertionError("no event: " + text);
        }
        return new Event(lines.get(0).substring(7), Client.json(lines.get(1).substring(6)));
    }

    static List<Event> tokens(List<Event> events) {
        return events.stream().filter(event -> event.name.equals("token")).toList();
    }

    /** What was written. */
    static String text(List<Event> events) {
        return tokens(events).stream()
                .map(event -> event.data.path("text").asText())
                .collect(Collectors.joining());
    }

    static Event last(List<Event> events) {
        return events.get(events.size() - 1);
    }
}
