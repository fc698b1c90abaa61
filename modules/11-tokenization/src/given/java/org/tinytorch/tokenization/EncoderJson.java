// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/EncoderJson.java. Read it, don't edit it.
package org.tinytorch.tokenization;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parses {@code encoder.json}: one JSON object, tokens and their ids 0 … n − 1. */
final class EncoderJson {
    /** Without the table in which names are kept for the next object: there is one object, and each of its 50,000 names occurs once. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private EncoderJson() {}

    static Map<String, Integer> parse(Path file, byte[] content) throws IOException {
        Map<String, Integer> ids = new LinkedHashMap<>(content.length / 12); // some 20 bytes to a token
        try (JsonParser json = JSON.createParser(content)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw problem(file, "is not a JSON object of tokens and ids");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String token = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                    throw problem(
                            file,
                            "gives the token \"" + token + "\" the id " + json.getText()
                                    + ", which is no whole number");
                }
                if (ids.put(token, json.getIntValue()) != null) {
                    throw problem(file, "has the token \"" + token + "\" twice");
                }
            }
            if (json.nextToken() != null) {
                throw problem(file, "goes on after its end");
            }
        } catch (JsonProcessingException e) {
            throw new IOException(
                    problem(file, "is not JSON, or cut short: " + e.getOriginalMessage())
                            .getMessage(),
                    e);
        }
        checkIds(file, ids);
        return ids;
    }

    private static void checkIds(Path file, Map<String, Integer> ids) throws IOException {
        String[] tokens = new String[ids.size()];
        String outside = "";
        for (Map.Entry<String, Integer> entry : ids.entrySet()) {
            int id = entry.getValue();
            if (id < 0 || id >= tokens.length) {
                outside = "the token \"" + entry.getKey() + "\" has " + id;
            } else if (tokens[id] != null) {
                throw problem(
                        file, "gives the id " + id + " to \"" + tokens[id] + "\" and to \"" + entry.getKey() + "\"");
            } else {
                tokens[id] = entry.getKey();
            }
        }
        for (int id = 0; id < tokens.length; id++) {
            if (tokens[id] == null) { // then some token has an id outside
                throw problem(
                        file,
                        "has no token with the id " + id + ": " + tokens.length + " tokens need the ids 0 … "
                                + (tokens.length - 1) + ", but " + outside);
            }
        }
    }

    private static IOException problem(Path file, String what) {
        return new IOException("gpt2 files: " + file + " " + what + "; use the published file");
    }
}
