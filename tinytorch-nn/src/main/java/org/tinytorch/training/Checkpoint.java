package org.tinytorch.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.tinytorch.nn.Layer;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;

/**
 * Everything a training run needs to go on later as if nothing had happened, in one safetensors file: the tensors of each part under the part's name
 * ({@code model.0.weight}, {@code optimizer.group.0.lr}), and texts such as the states of random generators, which are 64-bit integers, in the
 * metadata.
 *
 * <p>Built from the live things themselves, then saved and loaded as often as wanted:
 *
 * <pre>{@code
 * Checkpoint checkpoint = new Checkpoint().model(model).optimizer(optimizer).generator("shuffle", generator);
 * checkpoint.save(path);
 * checkpoint.load(path);
 * }</pre>
 *
 * <p>Saving leaves the old file or the new one, never a part; loading changes everything or, if something does not fit, nothing.
 */
public final class Checkpoint {
    private static final String FORMAT = "format";
    private static final String FORMAT_NAME = "tinytorch-checkpoint-1";
    private static final String PARTS = "parts";
    private static final String GENERATOR = "generator.";

    private final Map<String, Stateful> parts = new LinkedHashMap<>();
    private final Map<String, Text> texts = new LinkedHashMap<>();

    private record Text(Supplier<String> save, Consumer<String> load) {}

    /** With nothing in it. */
    public Checkpoint() {}

    /** Adds a model, as {@code model}. */
    public Checkpoint model(Layer model) {
        return part("model", Stateful.of(model));
    }

    /** Adds an optimiser, as {@code optimizer}. */
    public Checkpoint optimizer(Optimizer optimizer) {
        return part("optimizer", Stateful.of(optimizer));
    }

    /**
     * Adds anything whose state is tensors.
     *
     * @param name comes before the names of its tensors, with a dot between
     * @throws IllegalArgumentException if the name is taken, empty or has a dot or comma
     */
    public Checkpoint part(String name, Stateful part) {
        if (!name.matches("[^.,]+") || parts.putIfAbsent(name, part) != null) {
            throw new IllegalArgumentException(
                    "checkpoint: '" + name + "' cannot name another part; use a new name without dots and commas");
        }
        return this;
    }

    /** Adds a random generator; saved is where it stands. */
    public Checkpoint generator(String name, Generator generator) {
        return text(
                GENERATOR + name,
                () -> Long.toString(generator.state()),
                state -> generator.state(Long.parseLong(state)));
    }

    /**
     * Adds a text.
     *
     * @param load may throw an {@link IllegalArgumentException} if the text is not what it should be
     * @throws IllegalArgumentException if the name is taken
     */
    public Checkpoint text(String name, Supplier<String> save, Consumer<String> load) {
        if (name.equals(FORMAT) || name.equals(PARTS) || texts.putIfAbsent(name, new Text(save, load)) != null) {
            throw new IllegalArgumentException("checkpoint: '" + name + "' cannot name another text; use a new name");
        }
        return this;
    }

    /**
     * Saves everything: to a temporary file first, which then takes the place of the old one.
     *
     * @throws IOException if writing fails; an older checkpoint of that name is still whole
     */
    public void save(Path file) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FORMAT, FORMAT_NAME);
        metadata.put(PARTS, String.join(",", parts.keySet())); // a part may have no tensors yet
        parts.forEach((name, part) -> part.stateDict().forEach((key, tensor) -> tensors.put(name + "." + key, tensor)));
        texts.forEach((name, text) -> metadata.put(name, text.save().get()));
        new SafeTensors(tensors, metadata).write(file);
    }

    /**
     * Loads everything, or nothing: if the model's weights fit but the optimiser's state does not, the model has its old weights again. What the file holds is read by
     * {@code contents(file, SafeTensors.read(file))}; what everything holds now, by {@code contents()}.
     *
     * @throws IOException if there is no such file or it is damaged
     * @throws IllegalArgumentException if it does not fit what is here, whatever {@code RuntimeException} a part threw, which is the cause; the message is
     *     {@code checkpoint: FILE does not fit: } and what the part said, and nothing has changed
     */
    public void load(Path file) throws IOException {
        // region Task 8.8: load everything or nothing
        Contents loaded = contents(file, SafeTensors.read(file));
        Contents before = contents();
        try {
            apply(loaded);
        } catch (RuntimeException misfit) {
            apply(before);
            throw new IllegalArgumentException("checkpoint: " + file + " does not fit: " + misfit.getMessage(), misfit);
        }
        // endregion
    }

    /** What the parts and texts hold, by their names. */
    private record Contents(Map<String, Map<String, Tensor>> parts, Map<String, String> texts) {}

    /** A copy of what everything holds now. */
    private Contents contents() {
        Contents now = new Contents(new LinkedHashMap<>(), new LinkedHashMap<>());
        parts.forEach((name, part) -> {
            Map<String, Tensor> copy = new LinkedHashMap<>();
            part.stateDict().forEach((key, tensor) -> copy.put(key, tensor.copy()));
            now.parts.put(name, copy);
        });
        texts.forEach((name, text) -> now.texts.put(name, text.save().get()));
        return now;
    }

    /** What a file holds; it must have these parts and texts and no others. */
    private Contents contents(Path file, SafeTensors contents) {
        if (!FORMAT_NAME.equals(contents.metadata().get(FORMAT))) {
            throw new IllegalArgumentException("checkpoint: " + file
                    + " is a safetensors file but not a checkpoint of a training run; to load weights only, "
                    + "use model.loadStateDict(SafeTensors.read(file).tensors())");
        }
        Contents found = new Contents(new LinkedHashMap<>(), new LinkedHashMap<>(contents.metadata()));
        found.texts.remove(FORMAT);
        String names = Optional.ofNullable(found.texts.remove(PARTS)).orElse("");
        Stream.of(names.split(","))
                .filter(name -> !name.isEmpty())
                .forEach(name -> found.parts.put(name, new LinkedHashMap<>()));
        contents.tensors().forEach((name, tensor) -> {
            int dot = name.indexOf('.');
            found.parts
                    .computeIfAbsent(name.substring(0, Math.max(0, dot)), part -> new LinkedHashMap<>())
                    .put(name.substring(dot + 1), tensor);
        });
        List<String> problems = new ArrayList<>();
        compare("parts", parts.keySet(), found.parts.keySet(), problems);
        compare("texts", texts.keySet(), found.texts.keySet(), problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("checkpoint: " + file + " does not fit: " + String.join("; ", problems)
                    + "; set up the same run as saved it");
        }
        return found;
    }

    private static void compare(String kind, Set<String> here, Set<String> there, List<String> problems) {
        TreeSet<String> missing = new TreeSet<>(here);
        missing.removeAll(there);
        TreeSet<String> unexpected = new TreeSet<>(there);
        unexpected.removeAll(here);
        if (!missing.isEmpty()) {
            problems.add("it lacks the " + kind + " " + String.join(", ", missing));
        }
        if (!unexpected.isEmpty()) {
            problems.add("it has the " + kind + " " + String.join(", ", unexpected) + ", unknown here");
        }
    }

    /** Gives every part and text what it is to hold, one after the other, up to the first that does not fit. */
    private void apply(Contents contents) {
        parts.forEach((name, part) -> {
            try {
                part.loadStateDict(contents.parts.get(name));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
            }
        });
        texts.forEach((name, text) -> {
            try {
                text.load().accept(contents.texts.get(name));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
            }
        });
    }
}
