package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.History;
import org.tinytorch.training.SafeTensors;

/**
 * What a checkpoint says of the run that left it.
 *
 * @param file where it is
 * @param contents what is in it
 */
record SavedRun(Path file, SafeTensors contents) {
    private static final String SETTING = "setting.";
    private static final String MODEL = "model.";

    /**
     * Reads a checkpoint.
     *
     * @throws IOException if there is none, or it is damaged
     */
    static SavedRun read(Path file) throws IOException {
        return new SavedRun(file, SafeTensors.read(file));
    }

    /**
     * What it was started with.
     *
     * @throws IllegalArgumentException if it does not say
     */
    String setting(String name) {
        return text(SETTING + name);
    }

    /**
     * The same, of a whole number.
     *
     * @throws IllegalArgumentException if it does not say, or something else
     */
    int number(String name) {
        try {
            return Integer.parseInt(setting(name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("its '" + name + "' is '" + setting(name) + "', which is no number", e);
        }
    }

    private String text(String name) {
        return Optional.ofNullable(contents.metadata().get(name))
                .orElseThrow(() -> new IllegalArgumentException("its checkpoint does not say '" + name + "'"));
    }

    /** Where it was started with other settings: {@code width is 32 there, but 128 here}. */
    List<String> differences(Map<String, String> settings) {
        List<String> all = new ArrayList<>();
        settings.forEach((name, here) -> {
            String there = contents.metadata().getOrDefault(SETTING + name, "unknown");
            if (!there.equals(here)) {
                all.add(name + " is " + there + " there, but " + here + " here");
            }
        });
        return all;
    }

    /**
     * How many epochs or rounds were done.
     *
     * @throws IllegalArgumentException if it does not say
     */
    int done() {
        return History.fromJson(text("history")).size();
    }

    /** The weights of the model. */
    Map<String, Tensor> weights() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        contents.tensors().forEach((name, tensor) -> {
            if (name.startsWith(MODEL)) {
                all.put(name.substring(MODEL.length()), tensor);
            }
        });
        return all;
    }
}
