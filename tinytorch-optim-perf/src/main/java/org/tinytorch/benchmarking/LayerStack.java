package org.tinytorch.benchmarking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The layers that are at work, each within the one before, with something noted for each. A layer that fails never says that it is done; since none can be inside itself, it is known to have failed when
 * it begins again, or when one outside of it is done.
 */
final class LayerStack<T> {
    private final List<String> paths = new ArrayList<>();
    private final List<T> notes = new ArrayList<>();

    /** A layer begins. */
    void enter(String path, T note) {
        cut(paths.indexOf(path));
        paths.add(path);
        notes.add(note);
    }

    /** A layer is done; gives its note, or nothing if it had begun before anyone looked. */
    Optional<T> leave(String path) {
        int place = paths.lastIndexOf(path);
        if (place < 0) {
            return Optional.empty();
        }
        T note = notes.get(place);
        cut(place);
        return Optional.of(note);
    }

    private void cut(int place) {
        if (place >= 0) {
            paths.subList(place, paths.size()).clear();
            notes.subList(place, notes.size()).clear();
        }
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
