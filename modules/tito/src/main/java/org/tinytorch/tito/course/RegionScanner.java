package org.tinytorch.tito.course;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the marks of tasks, line by line. What lies between them is not looked at; {@link TailRule} does that. */
public final class RegionScanner {

    private static final Pattern OPEN = Pattern.compile("(\\s*)// region\\b(.*)");
    private static final Pattern CLOSE = Pattern.compile("\\s*// endregion\\s*");
    private static final Pattern MARK = Pattern.compile("//\\s*(end)?region\\b");
    private static final Pattern TITLE = Pattern.compile(" Task (\\d{1,2}\\.\\d{1,2}): (\\S[^\"\\\\]*\\S)");

    private final SourceText source;
    private final List<Region> found = new ArrayList<>();

    private RegionScanner(SourceText source) {
        this.source = source;
    }

    /**
     * The regions of a file, in the file's order.
     *
     * @param source the file
     * @return its regions, empty if nothing is marked
     * @throws CourseException if a mark is malformed, unclosed, nested or doubled; the message starts with {@code file:line:}
     */
    public static List<Region> scan(SourceText source) {
        return new RegionScanner(source).scanLines();
    }

    private List<Region> scanLines() {
        List<String> lines = source.lines();
        Optional<Region> open = Optional.empty();
        for (int i = 0; i < lines.size(); i++) {
            int number = i + 1;
            Matcher opening = OPEN.matcher(lines.get(i));
            if (opening.matches()) {
                if (open.isPresent()) {
                    throw source.error(
                            number,
                            "a region opens inside " + open.get().label() + " of line "
                                    + open.get().firstLine() + ": close that one first with \"// endregion\"");
                }
                open = Optional.of(opened(opening, number));
            } else if (CLOSE.matcher(lines.get(i)).matches()) {
                Region region = open.orElseThrow(() ->
                        source.error(number, "\"// endregion\" without a \"// region Task N.M: title\" before it"));
                found.add(new Region(region.id(), region.title(), region.firstLine(), number, region.indent()));
                open = Optional.empty();
            } else if (MARK.matcher(lines.get(i)).find()) {
                throw source.error(
                        number,
                        "malformed mark \"" + lines.get(i).strip()
                                + "\": it must stand alone on its line, after \"// \"");
            }
        }
        open.ifPresent(region -> {
            throw source.error(
                    region.firstLine(),
                    region.label() + " is never closed: add \"// endregion\" after its last statement");
        });
        return List.copyOf(found);
    }

    private Region opened(Matcher opening, int line) {
        Matcher title = TITLE.matcher(opening.group(2));
        if (!title.matches()) {
            throw source.error(
                    line,
                    "malformed mark \"" + opening.group().strip()
                            + "\": write \"// region Task 2.3: broadcast two shapes\", the title without quotes or backslashes");
        }
        Region region = new Region(TaskId.parse(title.group(1)), title.group(2), line, line, opening.group(1));
        for (Region earlier : found) {
            if (earlier.id().equals(region.id())) {
                throw source.error(
                        line, "Task " + region.id() + " is marked twice, first on line " + earlier.firstLine());
            }
        }
        return region;
    }
}
