package org.tinytorch.milestones;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of a text, to see how many of another text's words are among them. A word is made of letters, and may have an apostrophe inside; capitals do not matter. */
final class KnownWords {
    private static final Pattern WORD = Pattern.compile("\\p{L}+(?:['’]\\p{L}+)*");

    private final Set<String> known;

    /** Knows the words of a text. */
    KnownWords(String text) {
        known = words(text).map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Stream<MatchResult> words(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT)).results();
    }

    /** The share of a text's words that are known, NaN if it has none. The words that the text begins or ends with do not count: they may be cut off. */
    double share(String text) {
        List<String> whole = words(text)
                .filter(word -> word.start() > 0 && word.end() < text.length())
                .map(MatchResult::group)
                .toList();
        return (double) whole.stream().filter(known::contains).count() / whole.size();
    }
}
