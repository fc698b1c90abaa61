// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/History.java. Read it, don't edit it.
package org.tinytorch.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was measured, epoch by epoch: the curves of a training run. Immutable. Kept as CSV (a column for each value, for a spreadsheet) or JSON (a list
 * of objects), and read back bit for bit.
 *
 * @param epochs one entry for each epoch, in order
 */
public record History(List<EpochResult> epochs) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String EPOCH = "epoch";

    /** Keeps a copy of the list. */
    public History {
        epochs = List.copyOf(epochs);
    }

    /** No epoch yet. */
    public History() {
        this(List.of());
    }

    /** This history and one epoch more. */
    public History plus(EpochResult result) {
        List<EpochResult> longer = new ArrayList<>(epochs);
        longer.add(result);
        return new History(longer);
    }

    /** The number of epochs. */
    public int size() {
        return epochs.size();
    }

    /**
     * The last epoch.
     *
     * @throws IllegalStateException if there is none
     */
    public EpochResult last() {
        if (epochs.isEmpty()) {
            throw new IllegalStateException("history: there is no epoch yet");
        }
        return epochs.get(epochs.size() - 1);
    }

    /** The names of all values, in the order of their first appearance. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        epochs.forEach(result -> names.addAll(result.values().keySet()));
        return names;
    }

    /** One value over the epochs in which it was measured. */
    public double[] series(String name) {
        return epochs.stream()
                .filter(result -> result.has(name))
                .mapToDouble(result -> result.get(name))
                .toArray();
    }

    // ---- CSV

    /** A line of names and a line for each epoch; a value that was not measured is left empty. */
    public String toCsv() {
        StringBuilder text = new StringBuilder(EPOCH);
        names().forEach(name -> text.append(',').append(name));
        for (EpochResult result : epochs) {
            text.append('\n').append(result.epoch());
            names().forEach(name -> text.append(',').append(result.has(name) ? Double.toString(result.get(name)) : ""));
        }
        return text.append('\n').toString();
    }

    /**
     * Reads what {@link #toCsv()} wrote.
     *
     * @throws IllegalArgumentException if it is something else; the message names the line
     */
    public static History fromCsv(String csv) {
        List<String> lines = csv.lines().toList();
        String[] names = lines.isEmpty() ? new String[0] : lines.get(0).split(",", -1);
        if (names.length == 0 || !names[0].equals(EPOCH)) {
            throw new IllegalArgumentException(
                    "history: the first line does not begin with 'epoch'; this is not a history in CSV");
        }
        History history = new History();
        for (int line = 1; line < lines.size(); line++) {
            history = history.plus(csvLine(names, lines.get(line).split(",", -1), line + 1));
        }
        return history;
    }

    private static EpochResult csvLine(String[] names, String[] cells, int line) {
        if (cells.length != names.length) {
            throw new IllegalArgumentException("history: line " + line + " has " + cells.length
                    + " cells, but there are " + names.length + " columns");
        }
        try {
            Map<String, Double> values = new LinkedHashMap<>();
            for (int c = 1; c < cells.length; c++) {
                if (!cells[c].isEmpty()) {
                    values.put(names[c], Double.valueOf(cells[c]));
                }
            }
            return new EpochResult(Integer.parseInt(cells[0]), values);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "history: line " + line + " holds something that is not a number: " + e.getMessage(), e);
        }
    }

    // ---- JSON

    /** A list of objects, one for each epoch. Numbers that JSON does not have are text: {@code "NaN"}, {@code "Infinity"}. */
    public String toJson() {
        ArrayNode list = JSON.createArrayNode();
        for (EpochResult result : epochs) {
            ObjectNode object = list.addObject().put(EPOCH, result.epoch());
            result.values().forEach((name, value) -> {
                if (Double.isFinite(value)) {
                    object.put(name, value);
                } else {
                    object.put(name, Double.toString(value));
                }
            });
        }
        return list.toString();
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static History fromJson(String json) {
        try {
            JsonNode list = JSON.readTree(json);
            if (!list.isArray()) {
                throw new IllegalArgumentException("history: the JSON is not a list of epochs");
            }
            History history = new History();
            for (JsonNode object : list) {
                history = history.plus(jsonObject(object));
            }
            return history;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("history: not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static EpochResult jsonObject(JsonNode object) {
        if (!object.isObject() || !object.path(EPOCH).isInt()) {
            throw new IllegalArgumentException("history: " + object + " is not an epoch; it needs a number 'epoch'");
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!field.getKey().equals(EPOCH)) {
                values.put(field.getKey(), number(field.getKey(), field.getValue()));
            }
        }
        return new EpochResult(object.get(EPOCH).intValue(), values);
    }

    private static double number(String name, JsonNode node) {
        try {
            return node.isNumber() ? node.doubleValue() : Double.parseDouble(node.asText());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("history: '" + name + "' is " + node + ", not a number", e);
        }
    }

    // ---- files

    /**
     * Writes {@link #toCsv()} to a file, as a whole or not at all.
     *
     * @throws IOException if writing fails
     */
    public void writeCsv(Path file) throws IOException {
        AtomicFile.writeText(file, toCsv());
    }

    /**
     * Writes {@link #toJson()} to a file, as a whole or not at all.
     *
     * @throws IOException if writing fails
     */
    public void writeJson(Path file) throws IOException {
        AtomicFile.writeText(file, toJson());
    }
}
