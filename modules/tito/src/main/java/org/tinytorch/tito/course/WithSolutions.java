package org.tinytorch.tito.course;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Originals whose solutions come from an instructor's archive. */
record WithSolutions(Originals files, Map<TaskId, List<String>> all) implements Originals {

    @Override
    public Map<Path, String> skeletons(CourseModule module) {
        return files.skeletons(module);
    }

    @Override
    public Map<Path, String> given(CourseModule module) {
        return files.given(module);
    }

    @Override
    public Map<TaskId, List<String>> solutions(CourseModule module) {
        Map<TaskId, List<String>> solutions = new TreeMap<>(all);
        solutions.keySet().removeIf(task -> task.module() != module.number());
        return solutions;
    }
}
