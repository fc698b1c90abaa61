package org.tinytorch.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.tinytorch.transformer.Sampler;

/**
 * What a client wants to be written.
 *
 * @param prompt to go on from
 * @param tokens at most
 * @param sampler chooses them
 * @param stops strings before which the text ends
 * @param seed of the random numbers
 * @param stream whether each token is sent as soon as it is drawn
 * @param attention whether it is told what each token looked at
 */
record GenerationRequest(
        String prompt,
        int tokens,
        Sampler sampler,
        List<String> stops,
        OptionalLong seed,
        boolean stream,
        boolean attention) {
    private static final int DEFAULT_TOKENS = 200;
    private static final int MOST_STOPS = 16;
    private static final int LONGEST_STOP = 200;

    /** What a request may say. */
    static final Set<String> FIELDS = new LinkedHashSet<>(List.of(
            "prompt",
            "max_tokens",
            "temperature",
            "top_k",
            "top_p",
            "repetition_penalty",
            "stop",
            "seed",
            "stream",
            "attention"));

    /** @throws HttpProblem with status 400 if it is no such request; the message names the field */
    static GenerationRequest parse(byte[] utf8, GenerationLimits limits) {
        JsonNode root = StrictJson.parse(utf8, FIELDS);
        boolean stream = flag(root, "stream", true);
        boolean attention = flag(root, "attention", false);
        if (attention && !stream) {
            throw HttpProblem.of(400, "attention is told token by token; ask for it with \"stream\": true");
        }
        return new GenerationRequest(
                prompt(root, limits),
                (int) integer(root, "max_tokens", Math.min(DEFAULT_TOKENS, limits.tokens()), 1, limits.tokens()),
                sampler(root),
                stops(root),
                root.has("seed")
                        ? OptionalLong.of(integer(root, "seed", 0, Long.MIN_VALUE, Long.MAX_VALUE))
                        : OptionalLong.empty(),
                stream,
                attention);
    }

    private static String prompt(JsonNode root, GenerationLimits limits) {
        JsonNode node = root.path("prompt");
        if (!node.isTextual()) {
            throw HttpProblem.of(400, "prompt must be a string: the text to go on from");
        }
        if (node.textValue().length() > limits.promptCharacters()) {
            throw HttpProblem.of(
                    400,
                    "prompt has " + node.textValue().length() + " characters, and at most " + limits.promptCharacters()
                            + " are taken; give its end");
        }
        return node.textValue();
    }

    private static Sampler sampler(JsonNode root) {
        try {
            return new Sampler(
                    number(root, "temperature", 1),
                    (int) integer(root, "top_k", 0, 0, Integer.MAX_VALUE),
                    number(root, "top_p", 1),
                    number(root, "repetition_penalty", 1));
        } catch (IllegalArgumentException e) {
            throw HttpProblem.of(400, e.getMessage());
        }
    }

    private static List<String> stops(JsonNode root) {
        JsonNode node = root.path("stop");
        List<String> stops = new ArrayList<>();
        for (JsonNode stop : node) {
            stops.add(stop.isTextual() ? stop.textValue() : "");
        }
        boolean wrong = stops.stream().anyMatch(stop -> stop.isEmpty() || stop.length() > LONGEST_STOP);
        if (!node.isMissingNode() && (!node.isArray() || wrong || stops.size() > MOST_STOPS)) {
            throw HttpProblem.of(
                    400,
                    "stop must be a list of up to " + MOST_STOPS + " strings of 1 to " + LONGEST_STOP + " characters");
        }
        return stops;
    }

    private static boolean flag(JsonNode root, String name, boolean otherwise) {
        JsonNode node = root.path(name);
        if (!node.isMissingNode() && !node.isBoolean()) {
            throw HttpProblem.of(400, name + " must be true or false");
        }
        return node.asBoolean(otherwise);
    }

    private static double number(JsonNode root, String name, double otherwise) {
        JsonNode node = root.path(name);
        if (!node.isMissingNode() && !(node.isNumber() && Double.isFinite(node.doubleValue()))) {
            throw HttpProblem.of(400, name + " must be a number");
        }
        return node.asDouble(otherwise);
    }

    private static long integer(JsonNode root, String name, long otherwise, long least, long most) {
        JsonNode node = root.path(name);
        if (node.isMissingNode()) {
            return otherwise;
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < least
                || node.longValue() > most) {
            throw HttpProblem.of(400, name + " must be a whole number from " + least + " to " + most);
        }
        return node.longValue();
    }
}
