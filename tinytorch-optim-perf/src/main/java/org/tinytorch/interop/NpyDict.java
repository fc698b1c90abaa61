package org.tinytorch.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinytorch.tensor.Shape;

/**
 * Reads the text that describes an array: a Python dict with the keys {@code descr}, {@code fortran_order} and {@code shape}, each once, in any order. It knows strings without escapes, {@code True}, {@code False} and tuples of
 * integers, and nothing else of Python; nothing is run, and nothing is nested deeper than the tuple.
 */
final class NpyDict {
    /** As many as NumPy 2 has; older versions have 32. */
    static final int MOST_AXES = 64;

    private static final int LONGEST_QUOTE = 40;
    private static final int MOST_DIGITS = 10;

    private final String text;
    private final boolean python2;
    private int position;
    private Optional<NpyType> type = Optional.empty();
    private Optional<Boolean> fortranOrder = Optional.empty();
    private Optional<Shape> shape = Optional.empty();

    private NpyDict(String text, boolean python2) {
        this.text = text;
        this.python2 = python2;
    }

    /**
     * Reads a dict.
     *
     * @param python2 whether an integer may end in {@code L}, as Python 2 wrote them
     * @throws IOException if it is another text, or describes an array that does not fit a tensor
     */
    static NpyHeader parse(String text, boolean python2) throws IOException {
        NpyDict dict = new NpyDict(text, python2);
        dict.entries();
        return new NpyHeader(
                dict.type.orElseThrow(() -> missing("descr")),
                dict.fortranOrder.orElseThrow(() -> missing("fortran_order")),
                dict.shape.orElseThrow(() -> missing("shape")));
    }

    private void entries() throws IOException {
        expect('{');
        boolean comma = true;
        while (peek() != '}') {
            if (!comma) {
                throw wrong("',' or '}'");
            }
            entry();
            comma = skip(',');
        }
        expect('}');
        if (peek() != 0 || position < text.length()) {
            throw wrong("nothing but blanks");
        }
    }

    private void entry() throws IOException {
        String key = string();
        expect(':');
        switch (key) {
            case "descr" -> type = once(key, type, type());
            case "fortran_order" -> fortranOrder = once(key, fortranOrder, bool());
            case "shape" -> shape = once(key, shape, shape());
            default ->
                throw broken("the header has the key " + quoted(key)
                        + ", but an array is described by descr, fortran_order and shape alone");
        }
    }

    private static <T> Optional<T> once(String key, Optional<T> before, T value) throws IOException {
        if (before.isPresent()) {
            throw broken("the header has the key '" + key + "' twice");
        }
        return Optional.of(value);
    }

    private NpyType type() throws IOException {
        char next = peek();
        if (next == '[' || next == '(') {
            throw NpyType.structured();
        }
        return NpyType.parse(string());
    }

    private String string() throws IOException {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw wrong("a string in quotes");
        }
        int end = text.indexOf(quote, position + 1);
        int escape = text.indexOf('\\', position + 1);
        if (end < 0 || (escape >= 0 && escape < end)) {
            throw wrong("a string that ends with its quote and has no backslash");
        }
        String string = text.substring(position + 1, end);
        position = end + 1;
        return string;
    }

    private boolean bool() throws IOException {
        peek();
        for (boolean value : new boolean[] {true, false}) {
            String word = value ? "True" : "False";
            if (text.startsWith(word, position)) {
                position += word.length();
                return value;
            }
        }
        throw wrong("True or False");
    }

    private Shape shape() throws IOException {
        expect('(');
        List<Integer> dims = new ArrayList<>();
        boolean comma = true;
        while (peek() != ')') {
            if (!comma) {
                throw wrong("',' or ')'");
            }
            dims.add(dimension());
            comma = skip(',');
        }
        if (dims.size() == 1 && !comma) {
            throw wrong("',' after the only dimension");
        }
        expect(')');
        if (dims.size() > MOST_AXES) {
            throw new IOException("the shape has " + dims.size() + " axes, but NumPy has no more than " + MOST_AXES
                    + "; the file is corrupt: fetch it again");
        }
        try {
            return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private int dimension() throws IOException {
        peek();
        int begin = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        String digits = text.substring(begin, position);
        if (digits.isEmpty() || (digits.length() > 1 && digits.charAt(0) == '0')) {
            position = begin;
            throw wrong("a dimension: an integer of at least 0");
        }
        if (digits.length() > MOST_DIGITS || Long.parseLong(digits) > Integer.MAX_VALUE) {
            throw new IOException("the shape has the dimension " + quoted(digits)
                    + ", more than the 2^31 - 1 of a tensor; save the array in parts");
        }
        if (python2 && position < text.length() && text.charAt(position) == 'L') {
            position++;
        }
        return Integer.parseInt(digits);
    }

    private void expect(char wanted) throws IOException {
        if (!skip(wanted)) {
            throw wrong("'" + wanted + "'");
        }
    }

    private boolean skip(char wanted) {
        boolean there = peek() == wanted;
        if (there) {
            position++;
        }
        return there;
    }

    /** The next character that is no blank, without taking it; 0 at the end. */
    private char peek() {
        while (position < text.length() && " \n\r\t".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        return position < text.length() ? text.charAt(position) : 0;
    }

    private IOException wrong(String expected) {
        String found = position < text.length()
                ? quoted(text.substring(position, Math.min(text.length(), position + 1)))
                : "its end";
        return broken("the header has " + found + " at character " + position + ", where " + expected + " should be");
    }

    private static IOException missing(String key) {
        return broken("the header has no key '" + key + "'");
    }

    private static IOException broken(String what) {
        return new IOException(
                what + "; the file is corrupt, or not written by NumPy: fetch it again, or save it with numpy.save");
    }

    /** A text from a file as a message can show it: short, and with nothing that a terminal would obey. */
    static String quoted(String text) {
        String shown = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
        return "'" + shown.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "?") + "'";
    }
}
