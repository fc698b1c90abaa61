package org.tinytorch.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.tinytorch.transformer.GeneratedText;

/**
 * A text that is done.
 *
 * @param seconds it took to write it
 */
record WrittenText(GeneratedText text, double seconds) {
    /** How it went, without the text. */
    ObjectNode summary(ObjectNode to) {
        return to.put("tokens", text.tokens())
                .put("finish_reason", text.end() == GeneratedText.End.LENGTH ? "length" : "stop")
                .put("seconds", rounded(seconds, 1000))
                .put("tokens_per_second", rounded(text.tokens() / Math.max(seconds, 1e-6), 10));
    }

    /** The whole, in one object. */
    ObjectNode whole() {
        return summary(StrictJson.object().put("text", text.text()));
    }

    private static double rounded(double value, int parts) {
        return Math.round(value * parts) / (double) parts;
    }
}
