// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/LayerStack.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The layers that are at work, each within the one before, with something noted for each. */
final class LayerStack<T> {
    private final List<String> paths = new ArrayList<>();
    private final List<T> notes = new ArrayList<>();

    /** A layer begins. */
    void enter(String path, T note) {
        paths.add(path);
        notes.add(note);
    }

    /** The innermost layer is done, or has failed; gives its note, or nothing if it is not the one of this path, which then is not at work. */
    Optional<T> leave(String path) {
        int last = paths.size() - 1;
        if (last < 0 || !paths.get(last).equals(path)) {
            return Optional.empty();
        }
        paths.remove(last);
        return Optional.of(notes.remove(last));
    }

    /** The note of the innermost layer. */
    Optional<T> top() {
        return notes.isEmpty() ? Optional.empty() : Optional.of(notes.get(notes.size() - 1));
    }

    /** The notes from the outermost layer to the innermost; a view. */
    List<T> notes() {
        return Collections.unmodifiableList(notes);
    }

    boolean holds(String path) {
        return paths.contains(path);
    }
}
