package org.tinytorch.serving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Set;

/** JSON of requests (RFC 8259): strict UTF-8, an object, no name twice, nothing behind it, nested no deeper than {@link #DEPTH}. How long it may be, the body's limit says. */
final class StrictJson {
    /** Objects and lists within each other: an image in an object is 4 deep. */
    static final int DEPTH = 16;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** In UTF-8; half a surrogate pair, which a client may have sent as an escape, becomes a question mark. */
    static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("json: a tree in memory cannot be written; this is a bug", e);
        }
    }

    /**
     * Reads an object.
     *
     * @param known the names that it may have
     * @throws HttpProblem with status 400 if the bytes are no such object
     */
    static JsonNode parse(byte[] utf8, Set<String> known) {
        JsonNode root = parse(utf8);
        if (!root.isObject()) {
            throw HttpProblem.of(400, "the body is not a JSON object; send one in braces, {…}");
        }
        for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw HttpProblem.of(
                        400,
                        "there is no field \"" + shorten(name) + "\"; these are known: " + String.join(", ", known));
            }
        }
        return root;
    }

    private static JsonNode parse(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return JSON.readTree(text);
        } catch (CharacterCodingException e) {
            throw HttpProblem.of(400, "the body is not UTF-8; encode the JSON so");
        } catch (JsonProcessingException e) {
            throw HttpProblem.of(400, "the body is not JSON as it may be here: " + shorten(e.getOriginalMessage()));
        }
    }

    /** What a client wrote, for a message. */
    static String shorten(String text) {
        int longest = 200;
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
