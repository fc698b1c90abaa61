package org.tinytorch.tito.check;

import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.tinytorch.tito.course.TaskId;

/**
 * Lets the checks of some tasks through, all if none are named.
 *
 * @param tasks the tasks wanted
 */
record TaskFilter(Set<TaskId> tasks) implements PostDiscoveryFilter {

    TaskFilter {
        tasks = Set.copyOf(tasks);
    }

    @Override
    public FilterResult apply(TestDescriptor descriptor) {
        if (tasks.isEmpty()) {
            return FilterResult.included("all tasks");
        }
        for (Optional<TestDescriptor> next = Optional.of(descriptor);
                next.isPresent();
                next = next.get().getParent()) {
            Optional<TaskId> task = TaskId.firstIn(next.get().getDisplayName());
            if (task.isPresent()) {
                return FilterResult.includedIf(tasks.contains(task.get()));
            }
        }
        return FilterResult.includedIf(!descriptor.isTest());
    }
}
