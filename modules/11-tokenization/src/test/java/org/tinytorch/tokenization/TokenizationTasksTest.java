package org.tinytorch.tokenization;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.tinytorch.checks.Expect;

/** The checks of module 11, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class TokenizationTasksTest {

    private static final String WAVE = "\uD83D\uDC4B"; // a waving hand: one character, two chars, four bytes
    private static final String REPLACED = "\uFFFD";

    private static double[] numbers(int... values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }

    private static String text(Pair pair) {
        return "(" + pair.left() + ", " + pair.right() + ")";
    }

    /** Pairs and counts in the order of the pairs. */
    private static String text(Map<Pair, Long> counts) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(entry -> text(entry.getKey()) + ": " + entry.getValue())
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String text(List<Merge> merges) {
        return merges.stream()
                .map(merge -> text(merge.pair()) + " -> " + merge.id())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static Merge merge(int left, int right, int id) {
        return new Merge(new Pair(left, right), id);
    }

    /** A word as bytes, which comes so many times. */
    private static Word word(String text, long count) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] ids = new int[bytes.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = bytes[i] & 0xff;
        }
        return new Word(ids, count);
    }

    private static int[] random(Random random, int length, int tokens) {
        return random.ints(length, 0, tokens).toArray();
    }

    // ---- the naive way, which the checks compare with

    private static Map<Pair, Long> naiveCounts(List<Word> words) {
        Map<Pair, Long> counts = new HashMap<>();
        for (Word word : words) {
            for (int k = 1; k < word.ids().length; k++) {
                Pair pair = new Pair(word.ids()[k - 1], word.ids()[k]);
                counts.put(pair, counts.getOrDefault(pair, 0L) + word.count());
            }
        }
        return counts;
    }

    private static int[] naiveMerge(int[] ids, Pair pair, int newId) {
        List<Integer> list = new ArrayList<>(Arrays.stream(ids).boxed().toList());
        for (int k = 0; k + 1 < list.size(); k++) {
            if (list.get(k) == pair.left() && list.get(k + 1) == pair.right()) {
                list.remove(k + 1);
                list.set(k, newId);
            }
        }
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Merge> naiveMerges(List<Word> words, int merges) {
        List<Word> state = words;
        List<Merge> learned = new ArrayList<>();
        while (learned.size() < merges) {
            Map<Pair, Long> counts = naiveCounts(state);
            if (counts.isEmpty()) {
                break;
            }
            long most = Collections.max(counts.values());
            Pair best = counts.keySet().stream().filter(pair -> counts.get(pair) == most).sorted().findFirst().orElseThrow();
            int id = 256 + learned.size();
            learned.add(new Merge(best, id));
            state = state.stream().map(word -> new Word(naiveMerge(word.ids(), best, id), word.count())).toList();
        }
        return learned;
    }

    @Nested
    @Order(1)
    @DisplayName("Task 11.1: a number for each character")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Characters {

        private double[] encoded(String vocabulary, String text) {
            return numbers(CharTokenizer.of(vocabulary).encode(text));
        }

        @Test
        @Order(1)
        @DisplayName("hole, with the characters of hello")
        void byHand() {
            Expect.that("CharTokenizer.of(\"hello\").encode(\"hole\")")
                    .rule("the vocabulary in its order is e h l o: the id of a character is its place in it, from 0")
                    .numbers(() -> encoded("hello", "hole"), 1, 3, 2, 0);
        }

        @Test
        @Order(2)
        @DisplayName("the same character again, and no character")
        void edges() {
            Expect.that("CharTokenizer.of(\"hello\").encode(\"lolo\")")
                    .rule("the same character has the same id wherever it stands")
                    .numbers(() -> encoded("hello", "lolo"), 2, 3, 2, 3);
            Expect.that("CharTokenizer.of(\"hello\").encode(\"\")")
                    .rule("no characters, no ids")
                    .numbers(() -> encoded("hello", ""));
        }

        @Test
        @Order(3)
        @DisplayName("a character that is two chars in Java")
        void beyondSixteenBits() {
            Expect.that("CharTokenizer.of(\"a" + WAVE + "b\").encode(\"" + WAVE + "ab" + WAVE + "\")")
                    .rule(WAVE + " is one character, but two chars in Java: go through codePoints() and not through chars()")
                    .numbers(() -> encoded("a" + WAVE + "b", WAVE + "ab" + WAVE), 2, 0, 1, 2);
        }

        @Test
        @Order(4)
        @DisplayName("a character that is not in the vocabulary")
        void unknown() {
            Expect.that("CharTokenizer.of(\"hello\").encode(\"help\")")
                    .rule("p has no id. Arrays.binarySearch says so by any negative number, not only -1; throw what unknown(text, position) gives")
                    .error(IllegalArgumentException.class, "'p' (U+0070) at position 3", () -> encoded("hello", "help"));
            Expect.that("CharTokenizer.of(\"hello\").encode(\"a hole\")")
                    .rule("the first character that is unknown is named, here at position 0")
                    .error(IllegalArgumentException.class, "'a' (U+0061) at position 0", () -> encoded("hello", "a hole"));
            Expect.that("CharTokenizer.of(\"a" + WAVE + "\").encode(\"" + WAVE + WAVE + "z\")")
                    .rule("positions count characters, as ids do: z is character 2, though it is char 4 of the String")
                    .error(IllegalArgumentException.class, "'z' (U+007A) at position 2", () -> encoded("a" + WAVE, WAVE + WAVE + "z"));
        }

        @Test
        @Order(5)
        @DisplayName("as a search through the vocabulary would")
        void property() {
            String vocabulary = "\n !,.aegnorstßä";
            Random random = new Random(111);
            for (int n = 1; n < 20; n++) {
                String text = random.ints(n, 0, vocabulary.length())
                        .mapToObj(i -> vocabulary.substring(i, i + 1))
                        .collect(Collectors.joining());
                Expect.that("the ids of \"" + text.replace("\n", "\\n") + "\" in the vocabulary \"\\n !,.aegnorstßä\"")
                        .rule("an id is a place in the vocabulary")
                        .numbers(() -> encoded(vocabulary, text), text.chars().map(vocabulary::indexOf).asDoubleStream().toArray());
            }
        }

        @Test
        @Order(6)
        @DisplayName("who bites?")
        void order() {
            String text = "the dog bit the man";
            int[] dog = CharTokenizer.of(text).encode(text);
            int[] man = CharTokenizer.of(text).encode("the man bit the dog");
            Expect.that("is \"the dog bit the man\" the same numbers as \"the man bit the dog\"?")
                    .rule("one id for each character, in the order of the text: no counting, no sorting")
                    .value(Arrays.equals(dog, man), false);
            Expect.that("how many numbers \"the man bit the dog\" is")
                    .rule("one for each of its 19 characters")
                    .value(man.length, 19);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 11.2: from numbers back to characters")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class BackToCharacters {

        @Test
        @Order(1)
        @DisplayName("1 3 2 0, with the characters of hello")
        void byHand() {
            Expect.that("CharTokenizer.of(\"hello\").decode(1, 3, 2, 0)")
                    .rule("codePoints holds the character of each id: e h l o")
                    .value(() -> CharTokenizer.of("hello").decode(1, 3, 2, 0), "hole");
        }

        @Test
        @Order(2)
        @DisplayName("a character that is two chars in Java")
        void beyondSixteenBits() {
            Expect.that("CharTokenizer.of(\"a" + WAVE + "b\").decode(2, 0, 2)")
                    .rule("(char) keeps 16 bits, and append(int) writes digits: appendCodePoint writes any character")
                    .value(() -> CharTokenizer.of("a" + WAVE + "b").decode(2, 0, 2), WAVE + "a" + WAVE);
        }

        @Test
        @Order(3)
        @DisplayName("no ids")
        void none() {
            Expect.that("CharTokenizer.of(\"hello\").decode()")
                    .rule("no ids, no characters")
                    .value(() -> CharTokenizer.of("hello").decode(), "");
        }

        @Test
        @Order(4)
        @DisplayName("there and back")
        void roundTrip() {
            for (String text : List.of("To be, or not to be", "two\nlines\tand a tab", "Grüße aus Köln", WAVE + " 漢字 " + WAVE)) {
                CharTokenizer tokenizer = CharTokenizer.of(text);
                Expect.that("decode(encode(text)) of \"" + text.replace("\n", "\\n").replace("\t", "\\t") + "\"")
                        .rule("decoding gives the text back, every character of it, in its order")
                        .value(() -> tokenizer.decode(tokenizer.encode(text)), text);
            }
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 11.3: count the pairs")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Counting {

        private String counted(Word... words) {
            return text(BytePairs.count(List.of(words)));
        }

        @Test
        @Order(1)
        @DisplayName("aaabdaaabac")
        void byHand() {
            Expect.that("the pairs of a a a b d a a a b a c, with a = 0, b = 1, c = 2, d = 3")
                    .rule("each token with the one after it: (ids[i], ids[i + 1]), from the first two to the last two")
                    .value(
                            () -> text(BytePairs.count(0, 0, 0, 1, 3, 0, 0, 0, 1, 0, 2)),
                            "{(0, 0): 4, (0, 1): 2, (0, 2): 1, (1, 0): 1, (1, 3): 1, (3, 0): 1}");
        }

        @Test
        @Order(2)
        @DisplayName("three equal tokens")
        void overlapping() {
            Expect.that("the pairs of 7 7 7")
                    .rule("two pairs: the token in the middle belongs to both")
                    .value(() -> text(BytePairs.count(7, 7, 7)), "{(7, 7): 2}");
        }

        @Test
        @Order(3)
        @DisplayName("words that come several times")
        void words() {
            Expect.that("the pairs of the words [1, 2], five times, and [1, 2, 1], twice")
                    .rule("a word that comes five times counts five times, word.count(), and adds to what is counted already: 5 + 2 = 7")
                    .value(() -> counted(new Word(new int[] {1, 2}, 5), new Word(new int[] {1, 2, 1}, 2)), "{(1, 2): 7, (2, 1): 2}");
            Expect.that("the pairs of the words [1, 2], once, and [3, 4], once")
                    .rule("no pair reaches from one word into the next: there is no (2, 3)")
                    .value(() -> counted(new Word(new int[] {1, 2}, 1), new Word(new int[] {3, 4}, 1)), "{(1, 2): 1, (3, 4): 1}");
        }

        @Test
        @Order(4)
        @DisplayName("words without a pair")
        void edges() {
            Expect.that("the pairs of no token")
                    .rule("nothing to count")
                    .value(() -> text(BytePairs.count()), "{}");
            Expect.that("the pairs of the single token 7")
                    .rule("a single token has no neighbour")
                    .value(() -> text(BytePairs.count(7)), "{}");
        }

        @Test
        @Order(5)
        @DisplayName("a very long text")
        void large() {
            Expect.that("the pairs of the word [1, 2, 1, 2], 2000000000 times")
                    .rule("4 thousand million do not fit into an int: counts are long")
                    .value(() -> counted(new Word(new int[] {1, 2, 1, 2}, 2_000_000_000)), "{(1, 2): 4000000000, (2, 1): 2000000000}");
        }

        @Test
        @Order(6)
        @DisplayName("as one would with a pencil")
        void property() {
            Random random = new Random(113);
            for (int n = 0; n < 20; n++) {
                Word one = new Word(random(random, n, 3), 1 + random.nextInt(4));
                Word two = new Word(random(random, n / 2, 3), 1 + random.nextInt(4));
                Expect.that("the pairs of " + Arrays.toString(one.ids()) + ", " + one.count() + " times, and "
                                + Arrays.toString(two.ids()) + ", " + two.count() + " times")
                        .value(() -> counted(one, two), text(naiveCounts(List.of(one, two))));
            }
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 11.4: which pair comes first")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class MostFrequent {

        private String first(Map<Pair, Long> counts) {
            return BytePairs.mostFrequent(counts).map(TokenizationTasksTest::text).orElse("none");
        }

        private int sign(int left, int right, long count, int otherLeft, int otherRight, long otherCount) {
            BytePairs.Candidate one = new BytePairs.Candidate(new Pair(left, right), count);
            return Integer.signum(one.compareTo(new BytePairs.Candidate(new Pair(otherLeft, otherRight), otherCount)));
        }

        @Test
        @Order(1)
        @DisplayName("the most frequent pair of aaabdaaabac")
        void byHand() {
            Expect.that("the most frequent pair of a a a b d a a a b a c, with a = 0, b = 1, c = 2, d = 3")
                    .rule("(0, 0) comes 4 times. The most frequent pair comes first: compareTo is negative if this one has the higher count")
                    .value(() -> first(BytePairs.count(0, 0, 0, 1, 3, 0, 0, 0, 1, 0, 2)), "(0, 0)");
            Expect.that("the sign of Candidate((5, 5), 9).compareTo(Candidate((1, 1), 3))")
                    .rule("9 times comes before 3 times, whatever the ids are")
                    .value(() -> sign(5, 5, 9, 1, 1, 3), -1);
            Expect.that("the sign of Candidate((1, 1), 3).compareTo(Candidate((5, 5), 9))")
                    .rule("and 3 times after 9 times")
                    .value(() -> sign(1, 1, 3, 5, 5, 9), 1);
        }

        @Test
        @Order(2)
        @DisplayName("equally frequent pairs")
        void ties() {
            String rule = "of equally frequent ones the lowest pair comes first, or the same text could give another tokenizer tomorrow";
            Expect.that("the sign of Candidate((1, 8), 3).compareTo(Candidate((2, 0), 3))")
                    .rule(rule)
                    .value(() -> sign(1, 8, 3, 2, 0, 3), -1);
            Expect.that("the sign of Candidate((1, 9), 3).compareTo(Candidate((1, 8), 3))")
                    .rule(rule)
                    .value(() -> sign(1, 9, 3, 1, 8, 3), 1);
            Expect.that("the first of {(2, 0): 3, (1, 9): 3, (1, 8): 3, (0, 0): 2}")
                    .rule(rule)
                    .value(
                            () -> first(Map.of(new Pair(2, 0), 3L, new Pair(1, 9), 3L, new Pair(1, 8), 3L, new Pair(0, 0), 2L)),
                            "(1, 8)");
            Expect.that("the sign of Candidate((1, 8), 3).compareTo(Candidate((1, 8), 3))")
                    .rule("what is equal in both compares as 0")
                    .value(() -> sign(1, 8, 3, 1, 8, 3), 0);
        }

        @Test
        @Order(3)
        @DisplayName("very large counts")
        void large() {
            Expect.that("the first of {(1, 1): 3000000000, (2, 2): 1}")
                    .rule("counts are long: their difference, as an int, can have the wrong sign; Long.compare has no such trap")
                    .value(() -> first(Map.of(new Pair(1, 1), 3_000_000_000L, new Pair(2, 2), 1L)), "(1, 1)");
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 11.5: merge a pair")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Merging {

        private double[] merged(int left, int right, int newId, int... ids) {
            return numbers(BytePairs.merge(ids, new Pair(left, right), newId));
        }

        @Test
        @Order(1)
        @DisplayName("aa in aaabdaaabac")
        void byHand() {
            Expect.that("0 0 0 1 3 0 0 0 1 0 2 with the token 4 for the pair (0, 0)")
                    .rule("4 takes the place of two tokens; both are used up, and the rest moves up: 11 tokens become 9")
                    .numbers(() -> merged(0, 0, 4, 0, 0, 0, 1, 3, 0, 0, 0, 1, 0, 2), 4, 0, 1, 3, 4, 0, 1, 0, 2);
        }

        @Test
        @Order(2)
        @DisplayName("five equal tokens")
        void overlapping() {
            Expect.that("5 5 5 5 5 with the token 6 for the pair (5, 5)")
                    .rule("from left to right; what is merged is used up, and one is left over")
                    .numbers(() -> merged(5, 5, 6, 5, 5, 5, 5, 5), 6, 6, 5);
        }

        @Test
        @Order(3)
        @DisplayName("nothing to merge")
        void nothing() {
            String rule = "both must stand there, in this order; if the pair is not there, nothing changes";
            Expect.that("1 2 3 with the token 9 for the pair (2, 1)").rule(rule).numbers(() -> merged(2, 1, 9, 1, 2, 3), 1, 2, 3);
            Expect.that("1 3 2 3 with the token 9 for the pair (1, 2)").rule(rule).numbers(() -> merged(1, 2, 9, 1, 3, 2, 3), 1, 3, 2, 3);
            Expect.that("1 2 1 with the token 9 for the pair (1, 1)")
                    .rule("the last token has no right neighbour")
                    .numbers(() -> merged(1, 1, 9, 1, 2, 1), 1, 2, 1);
            Expect.that("no token, with the token 9 for the pair (1, 1)").rule(rule).numbers(() -> merged(1, 1, 9));
        }

        @Test
        @Order(4)
        @DisplayName("at the end, and the word that was given")
        void end() {
            int[] given = {3, 1, 2};
            Expect.that("3 1 2 with the token 9 for the pair (1, 2)")
                    .rule("the last two tokens are a pair as well")
                    .numbers(() -> merged(1, 2, 9, given), 3, 9);
            Expect.that("the array 3 1 2 after it was merged")
                    .rule("write into a new array: the word that was given stays as it is")
                    .ints(given, 3, 1, 2);
        }

        @Test
        @Order(5)
        @DisplayName("as one would with a pencil")
        void property() {
            Random random = new Random(115);
            for (int n = 0; n < 40; n++) {
                int[] ids = random(random, n / 2, 2);
                Pair pair = new Pair(random.nextInt(2), random.nextInt(2));
                Expect.that(Arrays.toString(ids) + " with the token 9 for the pair " + text(pair))
                        .rule("from left to right; what is merged is used up")
                        .numbers(() -> merged(pair.left(), pair.right(), 9, ids), numbers(naiveMerge(ids, pair, 9)));
            }
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 11.6: learn the merges")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Learning {

        private String learned(int merges, Word... words) {
            return text(new BpeTrainer(merges, List.of()).learn(new PairIndex(List.of(words))));
        }

        @Test
        @Order(1)
        @DisplayName("three merges of aaabdaaabac")
        void byHand() {
            Expect.that("three merges learned from aaabdaaabac; the byte of a is 97, that of b 98")
                    .rule("three times: the most frequent pair gets the next id, 256 + merges so far; tell the index, index.merge, or the same pair is found again")
                    .value(() -> learned(3, word("aaabdaaabac", 1)), "[(97, 97) -> 256, (97, 98) -> 257, (256, 257) -> 258]");
        }

        @Test
        @Order(2)
        @DisplayName("as many as asked for")
        void asMany() {
            Expect.that("one merge learned from aaabdaaabac")
                    .rule("as many merges as the trainer was asked for, merges, and no more")
                    .value(() -> learned(1, word("aaabdaaabac", 1)), "[(97, 97) -> 256]");
            Expect.that("no merge learned from aaabdaaabac")
                    .rule("as many merges as the trainer was asked for, here none")
                    .value(() -> learned(0, word("aaabdaaabac", 1)), "[]");
        }

        @Test
        @Order(3)
        @DisplayName("no pair is left")
        void noPairLeft() {
            Expect.that("at most nine merges learned from the word ab, five times")
                    .rule("after one merge the word is one token: mostFrequent() is empty, and learning ends early")
                    .value(() -> learned(9, word("ab", 5)), "[(97, 98) -> 256]");
            Expect.that("at most nine merges learned from the words a and b")
                    .rule("no word has a pair: nothing is learned")
                    .value(() -> learned(9, word("a", 1), word("b", 1)), "[]");
        }

        @Test
        @Order(4)
        @DisplayName("frequent words first")
        void frequentWords() {
            Expect.that("two merges learned from the words xy, once, and cd, three times")
                    .rule("cd comes more often than xy, though it stands behind it")
                    .value(() -> learned(2, word("xy", 1), word("cd", 3)), "[(99, 100) -> 256, (120, 121) -> 257]");
        }

        @Test
        @Order(5)
        @DisplayName("as if all pairs were counted anew each time")
        void property() {
            Random random = new Random(116);
            for (int n = 2; n < 30; n++) {
                List<Word> words = new ArrayList<>();
                Map<String, Integer> shown = new LinkedHashMap<>();
                for (int k = 0; k < 3; k++) {
                    String letters = random.ints(n / 2, 'a', 'd').mapToObj(Character::toString).collect(Collectors.joining());
                    if (shown.putIfAbsent(letters, k + 1) == null) {
                        words.add(word(letters, k + 1));
                    }
                }
                Expect.that("at most ten merges learned from the words " + shown)
                        .rule("always the most frequent pair, of several the lowest")
                        .value(() -> learned(10, words.toArray(Word[]::new)), text(naiveMerges(words, 10)));
            }
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 11.7: the bytes of each token")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class BytesOfTokens {

        private String bytes(byte[] token) {
            return token == null ? "nothing" : Arrays.toString(token);
        }

        private String latin(byte[] token) {
            return token == null ? "nothing" : new String(token, StandardCharsets.ISO_8859_1);
        }

        private byte[][] tokens(Map<String, Integer> special, Merge... merges) {
            return new BpeRules(BpeRules.bytesInOrder(), List.of(merges), special).tokens();
        }

        @Test
        @Order(1)
        @DisplayName("ab, and abc made of it")
        void byHand() {
            Expect.that("token 256 after the merge of (97, 98), which are a and b")
                    .rule("the bytes of a merged token are those of its left token, then those of its right one")
                    .value(() -> latin(tokens(Map.of(), merge(97, 98, 256))[256]), "ab");
            Expect.that("token 257 after the merges (97, 98) -> 256 and (256, 99) -> 257")
                    .rule("its left token was made by the merge before, so go through the merges in their order")
                    .value(() -> latin(tokens(Map.of(), merge(97, 98, 256), merge(256, 99, 257))[257]), "abc");
        }

        @Test
        @Order(2)
        @DisplayName("each of the 256 bytes")
        void singleBytes() {
            byte[][] tokens = tokens(Map.of());
            for (int value = 0; value < 256; value++) {
                Expect.that("the bytes of token " + value + ", without merges")
                        .rule("each of the 256 bytes is a token: " + value + " as a Java byte is " + (byte) value)
                        .value(bytes(tokens[value]), "[" + (byte) value + "]");
            }
        }

        @Test
        @Order(3)
        @DisplayName("bytes with other ids, as in GPT-2")
        void otherIds() {
            int[] backwards = new int[256];
            for (int value = 0; value < 256; value++) {
                backwards[value] = 255 - value;
            }
            BpeRules rules = new BpeRules(backwards, List.of(merge(255 - 'h', 255 - 'i', 256)), Map.of());
            Expect.that("token 0, where byteIds counts down: byte 255 has the id 0")
                    .rule("the id of a byte is byteIds[value], which need not be the byte itself")
                    .value(() -> bytes(rules.tokens()[0]), "[-1]");
            Expect.that("token 256, made of h and i, where byteIds counts down")
                    .rule("a merge names ids, not bytes")
                    .value(() -> latin(rules.tokens()[256]), "hi");
        }

        @Test
        @Order(4)
        @DisplayName("ids of merges with a special token between them")
        void specialToken() {
            Expect.that("tokens 256, 257 and 258: <|end|>, then (97, 98) -> 257 and (257, 257) -> 258")
                    .rule("a merge makes the token merge.id(), which need not be 256 + its place; special tokens stay as they are")
                    .value(
                            () -> Arrays.stream(tokens(Map.of("<|end|>", 256), merge(97, 98, 257), merge(257, 257, 258)), 256, 259)
                                    .map(this::latin)
                                    .collect(Collectors.joining(" ")),
                            "<|end|> ab abab");
        }

        @Test
        @Order(5)
        @DisplayName("what was learned")
        void learned() {
            BpeTokenizer tokenizer = BpeTrainer.ofMerges(3).train("aaabdaaabac");
            Expect.that("tokens 256, 257 and 258 of BpeTrainer.ofMerges(3).train(\"aaabdaaabac\")")
                    .rule("aa, then ab, then both together")
                    .value(() -> tokenizer.decode(256) + " " + tokenizer.decode(257) + " " + tokenizer.decode(258), "aa ab aaab");
            Expect.that("decode(258, 100, 258, 97, 99) of it")
                    .rule("decoding puts the bytes of the tokens one behind the other")
                    .value(() -> tokenizer.decode(258, 100, 258, 97, 99), "aaabdaaabac");
        }

        @Test
        @Order(6)
        @DisplayName("half a character")
        void halfACharacter() {
            BpeTokenizer tokenizer = BpeTrainer.ofMerges(0).train("x");
            Expect.that("decode(0xC3, 0xA9) without merges: the two bytes of é")
                    .rule("first all bytes together, then text: each half alone is no character")
                    .value(() -> tokenizer.decode(0xC3, 0xA9), "é");
            Expect.that("decode(0xC3) without merges: the first of the two bytes of é")
                    .rule("what is no character becomes U+FFFD; bytes(0xC3) still has the byte itself")
                    .value(() -> tokenizer.decode(0xC3), REPLACED);
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 11.8: merge by rank")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class ByRank {

        private final MergeTable table = new MergeTable(List.of(merge('b', 'c', 256), merge('a', 'b', 257), merge(257, 'd', 258)));

        private double[] merged(MergeTable merges, int... ids) {
            return numbers(WordMerger.byRank(ids, merges));
        }

        @Test
        @Order(1)
        @DisplayName("abc, where bc was learned before ab")
        void byHand() {
            Expect.that("a b c with the merges bc -> 256, ab -> 257, 257 d -> 258; the byte of a is 97")
                    .rule("the merge that was learned first goes first, the lowest rank: bc has rank 0, though ab stands further left")
                    .numbers(() -> merged(table, 'a', 'b', 'c'), 97, 256);
        }

        @Test
        @Order(2)
        @DisplayName("abd, merged twice")
        void again() {
            Expect.that("a b d with the merges bc -> 256, ab -> 257, 257 d -> 258")
                    .rule("after a merge look again: 257 and d are neighbours now")
                    .numbers(() -> merged(table, 'a', 'b', 'd'), 258);
            Expect.that("b c b c x b c with the merges bc -> 256, ab -> 257, 257 d -> 258; the byte of x is 120")
                    .rule("wherever the pair stands, also at the end")
                    .numbers(() -> merged(table, 'b', 'c', 'b', 'c', 'x', 'b', 'c'), 256, 256, 120, 256);
        }

        @Test
        @Order(3)
        @DisplayName("nothing to merge")
        void nothing() {
            String rule = "no pair that a merge knows: the rank of each is NONE, and the word is finished";
            Expect.that("1 2 3 without merges").rule(rule).numbers(() -> merged(new MergeTable(List.of()), 1, 2, 3), 1, 2, 3);
            Expect.that("the single token 7").rule(rule).numbers(() -> merged(table, 7), 7);
            Expect.that("no token").rule(rule).numbers(() -> merged(table));
            int[] given = {'a', 'b'};
            WordMerger.byRank(given, table);
            Expect.that("the array 97 98 after it was merged")
                    .rule("the word that was given stays as it is")
                    .ints(given, 97, 98);
        }

        @Test
        @Order(4)
        @DisplayName("ids in no order, as in GPT-2")
        void otherIds() {
            MergeTable merges = new MergeTable(List.of(merge(1, 2, 900), merge(2, 3, 500), merge(900, 3, 700)));
            Expect.that("1 2 3 with the merges (1, 2) -> 900, (2, 3) -> 500, (900, 3) -> 700")
                    .rule("the rank decides which is first, and not the id; merges.id(rank) is the new token")
                    .numbers(() -> merged(merges, 1, 2, 3), 700);
        }

        @Test
        @Order(5)
        @DisplayName("as if each merge were done in turn")
        void property() {
            List<Word> words = List.of(word("abacabad", 3), word("cabbacab", 2), word("badcab", 4), word("abba", 1));
            List<Merge> merges = naiveMerges(words, 12);
            MergeTable learned = new MergeTable(merges);
            Random random = new Random(118);
            for (int n = 0; n < 30; n++) {
                int[] ids = random.ints(n, 'a', 'e').toArray();
                int[] expected = ids;
                for (Merge merge : merges) {
                    expected = naiveMerge(expected, merge.pair(), merge.id());
                }
                double[] wanted = numbers(expected);
                Expect.that(Arrays.toString(ids) + " with the merges " + text(merges))
                        .rule("the same as to go through all merges in the order in which they were learned")
                        .numbers(() -> merged(learned, ids), wanted);
            }
        }

        @Test
        @Order(6)
        @DisplayName("every text, and back")
        void everyText() {
            BpeTokenizer tokenizer = BpeTrainer.ofMerges(40).train("the dog bit the man, the man bit the dog, the cat bit the hen");
            for (String text : List.of(
                    "the dogs bit the foxes", "", "  two  spaces\n", "Grüße", "собака", "犬が噛んだ", WAVE + WAVE, "a".repeat(200))) {
                Expect.that("decode(encode(text)) of \"" + text.replace("\n", "\\n") + "\"")
                        .rule("no text is unknown: every byte is a token")
                        .value(() -> tokenizer.decode(tokenizer.encode(text)), text);
            }
            byte[] any = new byte[300];
            new Random(8).nextBytes(any);
            Expect.that("decodeBytes(encode(bytes)) of 300 random bytes")
                    .rule("bytes that are no text come back as well")
                    .value(() -> Arrays.toString(tokenizer.decodeBytes(tokenizer.encode(any))), Arrays.toString(any));
        }

        @Test
        @Order(7)
        @DisplayName("dogs and foxes, which no sentence had")
        void dogsAndFoxes() {
            BpeTokenizer tokenizer = BpeTrainer.ofMerges(40).train("the dog bit the fox, the fox bit the dog");
            int[] dogs = tokenizer.encode("the dogs bit the foxes");
            int[] foxes = tokenizer.encode("the foxes bit the dogs");
            Expect.that("is \"the dogs bit the foxes\" the same numbers as \"the foxes bit the dogs\"?")
                    .rule("different texts are different ids, whatever the tokenizer has learned from")
                    .value(Arrays.equals(dogs, foxes), false);
            Expect.that("the tokens of \"the dogs bit the foxes\", after learning from the dog and the fox")
                    .rule("known words are one token, the rest is letters")
                    .value(
                            () -> Arrays.stream(dogs).mapToObj(id -> tokenizer.decode(id)).collect(Collectors.joining("|")),
                            "the| dog|s| bit| the| fox|e|s");
        }
    }

    @Nested
    @Order(9)
    @DisplayName("Task 11.9: hold back half a character")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Streaming {

        private final BpeTokenizer bytes = new BpeTokenizer(new BpeRules(BpeRules.bytesInOrder(), List.of(), Map.of()));

        /** What comes out token by token, and at the end. */
        private String streamed(Tokenizer tokenizer, int... ids) {
            StreamingDecoder decoder = new StreamingDecoder(tokenizer);
            List<String> parts = new ArrayList<>();
            for (int id : ids) {
                parts.add(decoder.accept(id));
            }
            parts.add(decoder.finish());
            return String.join("|", parts);
        }

        @Test
        @Order(1)
        @DisplayName("the two bytes of é")
        void byHand() {
            Expect.that("\"a\", then the bytes 0xC3 and 0xA9 of é, then \"b\", a token each; the parts, with | between them")
                    .rule("0xC3 alone is no character: hold it back and say nothing; with 0xA9 behind it, it is é")
                    .value(() -> streamed(bytes, 'a', 0xC3, 0xA9, 'b'), "a||é|b|");
        }

        @Test
        @Order(2)
        @DisplayName("the four bytes of an emoji")
        void fourBytes() {
            Expect.that("the bytes 0xF0, 0x9F, 0x91 and 0x8B of " + WAVE + ", a token each")
                    .rule("hold back what was held back before as well: three bytes wait for the fourth")
                    .value(() -> streamed(bytes, 0xF0, 0x9F, 0x91, 0x8B), "|||" + WAVE + "|");
        }

        @Test
        @Order(3)
        @DisplayName("tokens that begin or end inside a character")
        void acrossTokens() {
            BpeTokenizer merged = new BpeTokenizer(new BpeRules(
                    BpeRules.bytesInOrder(), List.of(merge('a', 0xC3, 256), merge(0xA9, 0xC3, 257), merge(0xA9, 'b', 258)), Map.of()));
            Expect.that("a token of the bytes a 0xC3, one of 0xA9 0xC3, one of 0xA9 b: together aééb")
                    .rule("give what is complete and hold back only the rest: of a 0xC3 the a, and of 0xA9 0xC3 the first é")
                    .value(() -> streamed(merged, 256, 257, 258), "a|é|éb|");
        }

        @Test
        @Order(4)
        @DisplayName("bytes that never become a character")
        void invalid() {
            Expect.that("the bytes 0xE4 and 0xB8, then x")
                    .rule("x shows that no third byte will come: what was held back becomes U+FFFD, and nothing waits any longer")
                    .value(() -> streamed(bytes, 0xE4, 0xB8, 'x'), "||" + REPLACED + "x|");
            Expect.that("the byte 0xE4, and the end")
                    .rule("what is still held back at the end is given by finish()")
                    .value(() -> streamed(bytes, 0xE4), "|" + REPLACED);
        }

        @Test
        @Order(5)
        @DisplayName("a second text")
        void secondText() {
            StreamingDecoder decoder = new StreamingDecoder(bytes);
            decoder.accept(0xC3);
            decoder.finish();
            Expect.that("the byte 0xC3, finish(), then b of another text")
                    .rule("after finish() nothing is held back")
                    .value(() -> decoder.accept('b'), "b");
        }

        @Test
        @Order(6)
        @DisplayName("the parts are the whole")
        void property() {
            BpeTokenizer learned = BpeTrainer.ofMerges(30).train("é漢é字" + WAVE + "é漢é字" + WAVE);
            Random random = new Random(119);
            int[] hard = {0x41, 0x80, 0x9F, 0xA9, 0xBF, 0xC3, 0xE4, 0xED, 0xF0, 0xF4, 0xFF};
            for (int n = 0; n < 60; n++) {
                byte[] any = new byte[n % 12];
                for (int k = 0; k < any.length; k++) {
                    any[k] = (byte) hard[random.nextInt(hard.length)];
                }
                int[] ids = learned.encode(any);
                Expect.that("the bytes " + Arrays.toString(any) + " token by token, put together")
                        .rule("all parts and that of finish() together are what decode gives for all ids at once")
                        .value(() -> streamed(learned, ids).replace("|", ""), learned.decode(ids));
            }
        }

        @Test
        @Order(7)
        @DisplayName("with characters as tokens")
        void characters() {
            CharTokenizer tokenizer = CharTokenizer.of("né" + WAVE);
            Expect.that("n, é and " + WAVE + " of a CharTokenizer, one by one")
                    .rule("a token that is a whole character needs no waiting")
                    .value(() -> streamed(tokenizer, tokenizer.encode("né" + WAVE)), "n|é|" + WAVE + "|");
        }
    }
}
