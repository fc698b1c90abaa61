// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/StopSequences.java. Read it, don't edit it.
package org.tinytorch.transformer;

import java.util.List;

/**
 * Ends a text where one of some strings begins, while the text still arrives in parts. The beginning of a string that may yet become whole is held back.
 */
final class StopSequences {
    private final List<String> sequences;
    private String heldBack = "";
    private boolean stopped;

    StopSequences(List<String> sequences) {
        this.sequences = sequences;
    }

    /** What is certain to belong to the text, now that this part is known. With the stop {@code "END"}: {@code "the E"} gives {@code "the "}, and then {@code "gg"} gives {@code "Egg"}. */
    String accept(String part) {
        String text = heldBack + part;
        int end = firstStop(text);
        if (end >= 0) {
            stopped = true;
            heldBack = "";
            return text.substring(0, end);
        }
        int certain = text.length() - longestBeginning(text);
        heldBack = text.substring(certain);
        return text.substring(0, certain);
    }

    private int firstStop(String text) {
        return sequences.stream()
                .mapToInt(text::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
    }

    /** How many of the last characters are the beginning of a stop. */
    private int longestBeginning(String text) {
        int longest = sequences.stream().mapToInt(String::length).max().orElse(1) - 1;
        for (int length = Math.min(longest, text.length()); length > 0; length--) {
            String end = text.substring(text.length() - length);
            if (sequences.stream().anyMatch(stop -> stop.startsWith(end))) {
                return length;
            }
        }
        return 0;
    }

    /** Whether the text is over. */
    boolean stopped() {
        return stopped;
    }

    /** What was held back and did not become a stop, as no more is coming. */
    String finish() {
        String rest = heldBack;
        heldBack = "";
        return rest;
    }
}
