package org.tinytorch.training;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tinytorch.tensor.Shape;

/**
 * The JSON at the head of a safetensors file: what each tensor is and where its bytes lie. Everything is checked here, before a number is read.
 *
 * @param entries the tensors, as listed
 * @param metadata free text beside them
 */
record SafeTensorsHeader(List<Entry> entries, Map<String, String> metadata) {
    private static final String METADATA = "__metadata__";

    /** Jackson's own limits are lower than those of the format: what can be written must be readable. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxStringLength(SafeTensorsFile.HEADER_LIMIT)
            .maxNameLength(SafeTensorsFile.HEADER_LIMIT)
            .build();

    private static final JsonMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * One tensor.
     *
     * @param begin its first byte, counted from the end of the header
     * @param end the byte after its last one
     */
    record Entry(String name, DataType type, Shape shape, long begin, long end) {
        private String range() {
            return "[" + begin + ", " + end + "]";
        }
    }

    /** Lays tensors out one after the other, as they are listed. */
    static <T> SafeTensorsHeader describe(
            Iterable<Map.Entry<String, T>> tensors,
            Function<T, DataType> types,
            Function<T, Shape> shapes,
            Map<String, String> metadata) {
        List<Entry> entries = new ArrayList<>();
        long position = 0;
        for (Map.Entry<String, T> tensor : tensors) {
            DataType type = types.apply(tensor.getValue());
            Shape shape = shapes.apply(tensor.getValue());
            long end = position + type.bytes(shape.size());
            entries.add(new Entry(tensor.getKey(), type, shape, position, end));
            position = end;
        }
        return new SafeTensorsHeader(entries, metadata);
    }

    /** The JSON text, filled up with spaces so that the numbers begin at a multiple of 8 bytes. */
    byte[] encode() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = root.putObject(METADATA);
            new TreeMap<>(metadata).forEach(texts::put);
        }
        for (Entry entry : entries) {
            ObjectNode node = root.putObject(entry.name());
            node.put("dtype", entry.type().name());
            ArrayNode dims = node.putArray("shape");
            Arrays.stream(entry.shape().dims()).forEach(dims::add);
            node.putArray("data_offsets").add(entry.begin()).add(entry.end());
        }
        byte[] json = JSON.writeValueAsBytes(root);
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    /**
     * Reads and checks a header.
     *
     * @param dataBytes how many bytes follow the header
     * @throws IOException if it is not a header, or does not describe exactly these bytes
     */
    static SafeTensorsHeader parse(byte[] bytes, long dataBytes) throws IOException {
        ObjectNode root = object(bytes);
        Map<String, String> metadata = metadata(root.remove(METADATA));
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            entries.add(entry(field.getKey(), field.getValue()));
        }
        SafeTensorsHeader header = new SafeTensorsHeader(List.copyOf(entries), metadata);
        checkLayout(header.byPosition(), dataBytes);
        return header;
    }

    /** @throws IllegalArgumentException if a tensor has the name that the format keeps for itself */
    static void checkNames(Set<String> names) {
        if (names.contains(METADATA)) {
            throw new IllegalArgumentException(
                    "safetensors: a tensor cannot be called " + METADATA + "; give it another name");
        }
    }

    /** The tensors in the order of their bytes. */
    List<Entry> byPosition() {
        return entries.stream()
                .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
                .toList();
    }

    private static ObjectNode object(byte[] bytes) throws IOException {
        if (bytes.length == 0 || bytes[0] != '{') {
            throw new IOException("the header does not begin with '{'; this is not a safetensors file");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return (ObjectNode) JSON.readTree(text); // what begins with a brace is an object
        } catch (CharacterCodingException e) {
            throw new IOException("the header is not UTF-8 text; the file is corrupt, get it anew", e);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "the header is not valid JSON: " + e.getOriginalMessage() + "; the file is corrupt, get it anew",
                    e);
        }
    }

    private static Map<String, String> metadata(JsonNode node) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (node == null) {
            return metadata;
        }
        if (!node.isObject()) {
            throw new IOException(METADATA + " is " + node.getNodeType() + ", not an object of strings");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isTextual()) {
                throw new IOException(METADATA + ": \"" + field.getKey() + "\" is "
                        + field.getValue().getNodeType() + ", not a string");
            }
            metadata.put(field.getKey(), field.getValue().textValue());
        }
        return metadata;
    }

    private static Entry entry(String name, JsonNode node) throws IOException {
        DataType type = type(name, node.path("dtype"));
        long[] dims = integers(name, "shape", node.path("shape"));
        long[] offsets = integers(name, "data_offsets", node.path("data_offsets"));
        if (offsets.length != 2 || offsets[0] < 0 || offsets[1] < offsets[0]) {
            throw broken(
                    name,
                    "data_offsets " + Arrays.toString(offsets) + " are not a [begin, end] with 0 <= begin <= end");
        }
        Shape shape = shape(name, dims);
        long needed = type.bytes(shape.size());
        if (offsets[1] - offsets[0] != needed) {
            throw broken(
                    name,
                    type + " of shape " + shape + " takes " + needed + " bytes, but data_offsets "
                            + Arrays.toString(offsets) + " hold " + (offsets[1] - offsets[0]));
        }
        return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    private static DataType type(String name, JsonNode node) throws IOException {
        for (DataType type : DataType.values()) {
            if (type.name().equals(node.textValue())) {
                return type;
            }
        }
        String known = Stream.of(DataType.values()).map(DataType::name).collect(Collectors.joining(", "));
        throw new IOException("tensor \"" + name + "\": dtype "
                + (node.isMissingNode() ? "is missing" : node + " is unknown") + "; this reader knows " + known);
    }

    private static long[] integers(String name, String field, JsonNode node) throws IOException {
        if (!node.isArray()) {
            throw broken(name, field + (node.isMissingNode() ? " is missing" : " is not an array"));
        }
        long[] values = new long[node.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode item = node.get(i);
            if (!item.isIntegralNumber() || !item.canConvertToLong()) {
                throw broken(name, field + " holds " + item + ", which is not an integer of 64 bits");
            }
            values[i] = item.longValue();
        }
        return values;
    }

    private static Shape shape(String name, long[] dims) throws IOException {
        for (long dim : dims) {
            if (dim < 0 || dim > Integer.MAX_VALUE) {
                throw broken(
                        name,
                        "shape " + Arrays.toString(dims) + " has the dimension " + dim
                                + ", which is not in 0 .. 2^31 - 1");
            }
        }
        try {
            return Shape.of(Arrays.stream(dims).mapToInt(Math::toIntExact).toArray());
        } catch (IllegalArgumentException e) {
            throw new IOException("tensor \"" + name + "\": " + e.getMessage(), e);
        }
    }

    /** The tensors must fill the data exactly: no hole, no overlap, nothing behind the last one. In which order they are listed does not matter. */
    private static void checkLayout(List<Entry> entries, long dataBytes) throws IOException {
        long position = 0;
        String before = "the header";
        for (Entry entry : entries) {
            if (entry.end() > dataBytes) {
                throw broken(
                        entry.name(),
                        "data_offsets " + entry.range() + " reach beyond the " + dataBytes
                                + " bytes of data; the file is cut short");
            }
            if (entry.begin() < position) {
                throw broken(
                        entry.name(),
                        "data_offsets " + entry.range() + " overlap with " + before + ", which ends at " + position);
            }
            if (entry.begin() > position) {
                throw broken(
                        entry.name(),
                        "data_offsets " + entry.range() + " leave a hole after " + before + ", which ends at "
                                + position);
            }
            position = entry.end();
            before = "tensor \"" + entry.name() + "\"";
        }
        if (position != dataBytes) {
            throw new IOException("the tensors end at byte " + position + " of the data, but there are " + dataBytes
                    + " bytes; something was appended to the file, get it anew");
        }
    }

    private static IOException broken(String name, String what) {
        return new IOException("tensor \"" + name + "\": " + what + "; the file is corrupt, get it anew");
    }
}
