package org.tinytorch.interop;

import static java.util.Map.entry;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Map;
import org.tinytorch.training.DataType;

/**
 * What NumPy calls a dtype, as far as it is one number: a type and the order of its bytes. NumPy writes it as a character for the order ({@code <} little-endian, {@code >} big-endian, {@code |} none, for single
 * bytes), one for the kind ({@code f}, {@code i}, {@code u}, {@code b}) and the number of bytes: {@code <f8}.
 */
record NpyType(DataType type, ByteOrder order) {
    private static final Map<String, DataType> NUMBERS = Map.ofEntries(
            entry("f8", DataType.F64),
            entry("f4", DataType.F32),
            entry("f2", DataType.F16),
            entry("i8", DataType.I64),
            entry("i4", DataType.I32),
            entry("i2", DataType.I16),
            entry("i1", DataType.I8),
            entry("u8", DataType.U64),
            entry("u4", DataType.U32),
            entry("u2", DataType.U16),
            entry("u1", DataType.U8),
            entry("b1", DataType.BOOL));

    /** The beginning of what all refusals of a dtype advise. */
    private static final String SAVE = "; in Python, save ";

    /** @throws IOException if it is no type of a number that fits a double; the message says what to do in Python */
    static NpyType parse(String descr) throws IOException {
        char first = descr.isEmpty() ? ' ' : descr.charAt(0);
        DataType type = descr.isEmpty() ? null : NUMBERS.get(descr.substring(1));
        if (type == null || "<>|".indexOf(first) < 0 || (first == '|' && type.bytes() > 1)) {
            throw new IOException("dtype " + NpyDict.quoted(descr) + " " + refusal(descr));
        }
        return new NpyType(type, first == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    /** Why an array with fields is not read, whatever the fields are. */
    static IOException structured() {
        return new IOException("the dtype is structured: each element has fields, or is itself an array" + SAVE
                + "each field as an array of its own: array['field'].astype('float64')");
    }

    private static String refusal(String descr) {
        char kind = descr.length() < 2 ? ' ' : descr.charAt(1);
        return switch (kind) {
            case 'O' ->
                "stands for Python objects in a pickle, which would run code from the file" + SAVE
                        + "array.astype('float64') instead";
            case 'U', 'S', 'a' ->
                "stands for strings" + SAVE + "array.astype('float64') if they are numerals, or numbers made of them";
            case 'c' ->
                "stands for complex numbers" + SAVE + "array.real.astype('float64') and array.imag.astype('float64')";
            case 'M', 'm' -> "stands for dates or spans of time" + SAVE + "array.astype('int64').astype('float64')";
            case 'V' ->
                "stands for bytes without a meaning, as which bfloat16 is written too" + SAVE
                        + "array.astype('float64'), before it is written";
            default ->
                "is unknown; this reader knows f8, f4, f2, i8 to i1, u8 to u1 and b1 after '<' or '>' (single bytes also after '|')"
                        + SAVE + "array.astype('float64')";
        };
    }

    /**
     * What is written for a type, little-endian.
     *
     * @throws IllegalArgumentException if it is neither F64 nor F32
     */
    static String descr(DataType type) {
        return switch (type) {
            case F64 -> "<f8";
            case F32 -> "<f4";
            default ->
                throw new IllegalArgumentException("npy: " + type + " can be read but not written; use F64 or F32");
        };
    }
}
