// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/SpecialTokens.java. Read it, don't edit it.
package org.tinytorch.tokenization;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds special tokens in text. Where two could start at the same place, the longer one is meant. */
final class SpecialTokens {
    /** Matches nothing if there are no special tokens. */
    private final Pattern pattern;

    SpecialTokens(Collection<String> texts) {
        String anyOf = texts.stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        this.pattern = Pattern.compile(anyOf.isEmpty() ? "(?!)" : anyOf);
    }

    /** A stretch of a text: a special token, or what stands between two of them. */
    record Part(String text, boolean special) {}

    /** The parts of a text in order, none of them empty. */
    List<Part> split(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        while (matcher.find()) {
            if (matcher.start() > from) {
                parts.add(new Part(text.substring(from, matcher.start()), false));
            }
            parts.add(new Part(matcher.group(), true));
            from = matcher.end();
        }
        if (from < text.length()) {
            parts.add(new Part(text.substring(from), false));
        }
        return parts;
    }
}
