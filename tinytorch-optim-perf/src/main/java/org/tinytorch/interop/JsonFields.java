package org.tinytorch.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The fields of a JSON object, read strictly: each must be there and of its type, and {@link #end} refuses those that nobody asked for, because one that is not understood could change the meaning of the others.
 * All methods throw {@link IllegalArgumentException} with the place, the field and what it should be.
 */
final class JsonFields {
    private static final int SHOWN = 40;

    private final String where;
    private final JsonNode node;
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * The fields of an object.
     *
     * @param where what the object is, for messages
     */
    JsonFields(String where, JsonNode node) {
        this.where = where;
        this.node = node;
        if (!node.isObject()) {
            throw new IllegalArgumentException(where + ": " + shorten(node.toString()) + " is not a JSON object {…}");
        }
    }

    /** A whole number from 1 on. */
    int size(String name) {
        return integer(name, 1, "a whole number from 1 to 2^31 - 1");
    }

    /** A whole number from 0 on. */
    int count(String name) {
        return integer(name, 0, "a whole number from 0 to 2^31 - 1");
    }

    /** Any whole number of 32 bits. */
    int integer(String name) {
        return integer(name, Integer.MIN_VALUE, "a whole number of 32 bits");
    }

    private int integer(String name, int least, String what) {
        JsonNode value = field(name);
        require(value.isInt() && value.intValue() >= least, name, what);
        return value.intValue();
    }

    /** A whole number of bytes, from 0 on. */
    long bytes(String name) {
        JsonNode value = field(name);
        require(
                value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0,
                name,
                "a number of bytes");
        return value.longValue();
    }

    double number(String name) {
        return finite(name, field(name));
    }

    boolean flag(String name) {
        JsonNode value = field(name);
        require(value.isBoolean(), name, "true or false");
        return value.booleanValue();
    }

    String text(String name) {
        JsonNode value = field(name);
        require(value.isTextual(), name, "a text");
        return value.textValue();
    }

    /** A text that can have one value only. */
    void constant(String name, String expected) {
        String found = text(name);
        require(found.equals(expected), name, "\"" + expected + "\"");
    }

    /** One of the constants of an enum, by its name. */
    <E extends Enum<E>> E oneOf(String name, Class<E> type) {
        String text = text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw wrong(name, "one of " + List.of(type.getEnumConstants()));
    }

    List<JsonNode> list(String name) {
        JsonNode value = field(name);
        require(value.isArray(), name, "a list");
        List<JsonNode> items = new ArrayList<>(value.size());
        value.forEach(items::add);
        return items;
    }

    /** A list of whole numbers from 0 on. */
    int[] counts(String name) {
        List<JsonNode> items = list(name);
        for (JsonNode item : items) {
            require(item.isInt() && item.intValue() >= 0, name, "a list of whole numbers from 0 to 2^31 - 1");
        }
        return items.stream().mapToInt(JsonNode::intValue).toArray();
    }

    List<Double> numbers(String name) {
        return list(name).stream().map(item -> finite(name, item)).toList();
    }

    private double finite(String name, JsonNode value) {
        require(value.isNumber() && Double.isFinite(value.doubleValue()), name, "a finite number");
        return value.doubleValue();
    }

    JsonFields object(String name) {
        JsonNode value = field(name);
        require(value.isObject(), name, "an object");
        return new JsonFields(where + ": \"" + shorten(name) + "\"", value);
    }

    /** All names, in the order of the text. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Says that everything has been asked for. */
    void end() {
        for (String name : names()) {
            if (!asked.contains(name)) {
                throw new IllegalArgumentException(where + ": the field \"" + shorten(name)
                        + "\" is unknown; those that can be here are " + asked
                        + ". Take it out, or read the file with the version of the library that wrote it");
            }
        }
    }

    private JsonNode field(String name) {
        asked.add(name);
        return node.path(name);
    }

    private void require(boolean condition, String name, String what) {
        if (!condition) {
            throw wrong(name, what);
        }
    }

    private IllegalArgumentException wrong(String name, String what) {
        JsonNode value = node.path(name);
        return new IllegalArgumentException(where + ": \"" + shorten(name) + "\" is "
                + (value.isMissingNode() ? "missing" : shorten(value.toString())) + "; it must be " + what);
    }

    /** A text that may come from a hostile file, as long as a message should be. */
    static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
