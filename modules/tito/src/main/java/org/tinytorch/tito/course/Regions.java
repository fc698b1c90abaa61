package org.tinytorch.tito.course;

import java.util.List;

/** The tasks of a library's source file: the marks, and the rule that they keep. */
public final class Regions {

    private Regions() {}

    /**
     * Finds a file's regions and holds them to {@link TailRule}.
     *
     * @param source a source file of the library
     * @return its regions in the file's order, empty if it holds no task
     * @throws CourseException if a region is malformed; the message starts with {@code file:line:}
     */
    public static List<Region> of(SourceText source) {
        List<Region> regions = RegionScanner.scan(source);
        TailRule.check(source, regions);
        return regions;
    }
}
