package org.tinytorch.tokenization;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytorch.training.AtomicFile;

/**
 * The file of a saved tokenizer, in JSON:
 *
 * <pre>{@code
 * {"format": "tinytorch-tokenizer", "version": 1, "kind": "characters", "vocabulary": "ehlo"}
 * {"format": "tinytorch-tokenizer", "version": 1, "kind": "bpe",
 *  "bytes": [0, 1, …, 255], "merges": [[104, 101, 256], …], "specialTokens": {"<|endoftext|>": 257}}
 * }</pre>
 *
 * <p>{@code bytes} holds the id of each byte, {@code merges} the left id, the right id and the new id of each merge in order.
 */
final class TokenizerFile {
    private static final String FORMAT = "tinytorch-tokenizer";
    private static final int VERSION = 1;
    private static final String CHARACTERS = "characters";
    private static final String BPE = "bpe";

    private static final ObjectReader JSON = new ObjectMapper()
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private TokenizerFile() {}

    private interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    static void write(Path file, CharTokenizer tokenizer) throws IOException {
        write(file, CHARACTERS, json -> json.writeStringField("vocabulary", tokenizer.vocabulary()));
    }

    static void write(Path file, BpeRules rules) throws IOException {
        write(file, BPE, json -> {
            json.writeFieldName("bytes");
            json.writeArray(rules.byteIds(), 0, BpeRules.BYTES);
            json.writeArrayFieldStart("merges");
            for (Merge merge : rules.merges()) {
                json.writeArray(new int[] {merge.pair().left(), merge.pair().right(), merge.id()}, 0, 3);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("specialTokens");
            for (Map.Entry<String, Integer> token : rules.specialTokens().entrySet()) {
                json.writeNumberField(token.getKey(), token.getValue());
            }
            json.writeEndObject();
        });
    }

    private static void write(Path file, String kind, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeStringField("kind", kind);
            content.writeTo(json);
            json.writeEndObject();
        }
        AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(bytes.toByteArray())));
    }

    /** Reads a tokenizer that must be of a type. */
    static <T extends Tokenizer> T read(Path file, Class<T> type) throws IOException {
        Tokenizer tokenizer;
        try {
            tokenizer = parse(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new IOException("tokenizer file: " + file + " does not exist; save a tokenizer there first", e);
        } catch (IllegalArgumentException e) {
            throw new IOException("tokenizer file: " + file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException("tokenizer file: " + file + " cannot be read: " + e, e);
        }
        if (!type.isInstance(tokenizer)) {
            throw new IOException("tokenizer file: " + file + " holds a "
                    + tokenizer.getClass().getSimpleName() + ", not a " + type.getSimpleName()
                    + "; read it with Tokenizers.load");
        }
        return type.cast(tokenizer);
    }

    /**
     * Reads a tokenizer from memory.
     *
     * @throws IllegalArgumentException if the bytes are none
     */
    static Tokenizer parse(byte[] json) {
        JsonNode root = tree(json);
        if (!root.path("format").asText().equals(FORMAT)) {
            throw new IllegalArgumentException("this is not a saved tokenizer: \"format\" is not \"" + FORMAT
                    + "\"; use a file that a tokenizer's save wrote, and Gpt2Files for those of GPT-2");
        }
        if (number(root, "version") != VERSION) {
            throw new IllegalArgumentException("the file is of version " + number(root, "version")
                    + ", this library reads version " + VERSION + "; use the library that wrote it, or save it anew");
        }
        String kind = text(root, "kind");
        return switch (kind) {
            case CHARACTERS -> CharTokenizer.ofVocabulary(text(root, "vocabulary"));
            case BPE -> new BpeTokenizer(new BpeRules(bytes(root), merges(root), specialTokens(root)));
            default ->
                throw new IllegalArgumentException(
                        "the kind \"" + kind + "\" is unknown; it can be \"" + CHARACTERS + "\" or \"" + BPE + "\"");
        };
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the text is not JSON, or cut short: " + e.getOriginalMessage()
                            + "; use a file that a tokenizer's save wrote",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("tokenizer: bytes in memory cannot be read; this is a bug", e);
        }
    }

    private static int[] bytes(JsonNode root) {
        return ints(root.path("bytes"), "bytes");
    }

    private static List<Merge> merges(JsonNode root) {
        List<Merge> merges = new ArrayList<>();
        require(root.path("merges").isArray(), "merges", "a list");
        for (JsonNode node : root.path("merges")) {
            int[] ids = ints(node, "merges");
            require(ids.length == 3, "merges", "a list of three ids each");
            merges.add(new Merge(new Pair(ids[0], ids[1]), ids[2]));
        }
        return merges;
    }

    private static Map<String, Integer> specialTokens(JsonNode root) {
        JsonNode node = root.path("specialTokens");
        require(node.isObject(), "specialTokens", "an object");
        Map<String, Integer> tokens = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> tokens.put(name, number(node, name)));
        return tokens;
    }

    private static int[] ints(JsonNode list, String name) {
        require(list.isArray(), name, "a list of ids");
        int[] values = new int[list.size()];
        for (int i = 0; i < values.length; i++) {
            require(list.get(i).isInt(), name, "a list of ids");
            values[i] = list.get(i).intValue();
        }
        return values;
    }

    private static int number(JsonNode node, String name) {
        require(node.path(name).isInt(), name, "a whole number");
        return node.path(name).intValue();
    }

    private static String text(JsonNode node, String name) {
        require(node.path(name).isTextual(), name, "a text");
        return node.path(name).textValue();
    }

    private static void require(boolean condition, String name, String what) {
        if (!condition) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is missing, or is not " + what + "; save the tokenizer anew");
        }
    }
}
