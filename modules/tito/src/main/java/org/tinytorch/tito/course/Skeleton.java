package org.tinytorch.tito.course;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cuts solutions out of a source, and puts them back in. */
public final class Skeleton {

    private static final String NOT_WRITTEN = " is not written yet";
    private static final int LINE_LENGTH = 120;

    private Skeleton() {}

    /**
     * Replaces the body of every region by a {@code throw} that names the task. The marks stay: they are the student's too.
     *
     * @param source the library's source
     * @param regions its regions
     * @return the text with nothing left between the marks but the comment and the {@code throw}
     */
    public static String cut(SourceText source, List<Region> regions) {
        Map<TaskId, List<String>> stubs = new HashMap<>();
        regions.forEach(region -> stubs.put(region.id(), stub(region)));
        return replace(source, regions, stubs);
    }

    /**
     * Puts given bodies into the regions of a (student's) source; regions that are not asked for stay as they are.
     *
     * @param source the source to change
     * @param bodies the lines to put in, by task
     * @return the changed text
     */
    public static String fill(SourceText source, Map<TaskId, List<String>> bodies) {
        return replace(source, RegionScanner.scan(source), bodies);
    }

    /**
     * What stands between the marks.
     *
     * @param source a source, the library's or a student's
     * @return the lines of each region, by task
     */
    public static Map<TaskId, List<String>> bodies(SourceText source) {
        Map<TaskId, List<String>> bodies = new TreeMap<>();
        List<String> lines = source.lines();
        for (Region region : RegionScanner.scan(source)) {
            bodies.put(region.id(), lines.subList(region.firstLine(), region.lastLine() - 1));
        }
        return bodies;
    }

    /**
     * Whether a region's body is still what {@link #cut} wrote.
     *
     * @param body the lines between the marks
     * @return true if the student has not written anything there
     */
    public static boolean isUnwritten(Collection<String> body) {
        String text = String.join(" ", body);
        return text.contains("throw new UnsupportedOperationException(") && text.contains(NOT_WRITTEN);
    }

    /**
     * Whether the message of an exception says that a task is not written.
     *
     * @param message an exception's message
     * @return true for the messages of the exceptions that {@link #cut} writes
     */
    public static boolean saysUnwritten(String message) {
        return message.contains(NOT_WRITTEN) && TaskId.firstIn(message).isPresent();
    }

    private static List<String> stub(Region region) {
        String indent = region.indent();
        String comment = indent + "// YOUR CODE HERE, in place of the throw. Stuck? ./tito hint " + region.id();
        String open = indent + "throw new UnsupportedOperationException(";
        String message = "\"" + region.label() + NOT_WRITTEN + ": ./tito hint " + region.id() + "\");";
        if (open.length() + message.length() <= LINE_LENGTH) {
            return List.of(comment, open + message);
        }
        return List.of(comment, open, indent + "        " + message);
    }

    private static String replace(SourceText source, List<Region> regions, Map<TaskId, List<String>> bodies) {
        List<String> lines = source.lines();
        List<String> out = new ArrayList<>();
        int next = 0;
        for (Region region : regions) {
            List<String> body = bodies.get(region.id());
            if (body != null) {
                out.addAll(lines.subList(next, region.firstLine()));
                out.addAll(body);
                next = region.lastLine() - 1;
            }
        }
        out.addAll(lines.subList(next, lines.size()));
        return String.join("\n", out);
    }
}
