package org.tinytorch.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tinytorch.embedding.Embedding;
import org.tinytorch.embedding.LearnedPositions;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The closing experiment of module 12: "bank" has one vector, in every sentence, whatever stands around it. A network is to say which bank is meant, that of a river or that which
 * lends money. It sees a mixture of the sentence's vectors, and everything depends on who mixes.
 */
public final class OneVector {
    private static final String BANK = "bank";
    private static final int WIDTH = 16;
    private static final int HIDDEN = 16;
    private static final int ROUNDS = 200;
    private static final double RATE = 0.02;

    /** Sentences with a gap, and the two words that may stand there: one speaks of a river, the other of money. */
    private static final List<List<String>> CLAUSES = List.of(
            List.of("the bank was full of _", "reeds", "money"),
            List.of("we met the _ at the bank", "boatman", "cashier"),
            List.of("the _ reached the bank", "flood", "crisis"),
            List.of("near the bank I saw a _", "heron", "guard"),
            List.of("a _ left the bank", "duck", "clerk"),
            List.of("this is the _ bank of all", "steepest", "richest"));

    private OneVector() {}

    /** How the vectors of a sentence are mixed before the network sees them. */
    public enum Mix {
        /** The vector of the bank in question, and nothing else. */
        ALONE,
        /** The mean of all words. */
        MEAN,
        /** Half of the bank in question, half of the word that gives it away: somebody has looked for it. */
        BY_HAND
    }

    /**
     * A bank in a sentence.
     *
     * @param words the sentence
     * @param place where the bank stands
     * @param clue where the word stands that gives it away
     * @param meaning 0 for the river, 1 for the money
     */
    public record Occurrence(List<String> words, int place, int clue, int meaning) {
        /** How much of each word the network sees; together 1. */
        public double[] weights(Mix mix) {
            double[] weights = new double[words.size()];
            switch (mix) {
                case ALONE -> weights[place] = 1;
                case MEAN -> Arrays.fill(weights, 1.0 / weights.length);
                case BY_HAND -> {
                    weights[place] = 0.5;
                    weights[clue] = 0.5;
                }
            }
            return weights;
        }
    }

    // ---- the sentences

    /** Each of the six sentences with both its words: 12 banks. */
    public static List<Occurrence> shortSentences() {
        List<Occurrence> all = new ArrayList<>();
        for (int clause = 0; clause < CLAUSES.size(); clause++) {
            all.add(occurrence(clause, 0));
            all.add(occurrence(clause, 1));
        }
        return all;
    }

    /** Every two different ones with "and" between them, one of them about a river, the other about money: 60 sentences, 120 banks. */
    public static List<Occurrence> longSentences() {
        List<Occurrence> all = new ArrayList<>();
        for (int first = 0; first < CLAUSES.size(); first++) {
            for (int second = 0; second < CLAUSES.size(); second++) {
                for (int meaning = 0; meaning < 2 && first != second; meaning++) {
                    all.addAll(joined(occurrence(first, meaning), occurrence(second, 1 - meaning)));
                }
            }
        }
        return all;
    }

    private static Occurrence occurrence(int clause, int meaning) {
        List<String> parts = CLAUSES.get(clause);
        List<String> words = new ArrayList<>(List.of(parts.get(0).split(" ")));
        int clue = words.indexOf("_");
        words.set(clue, parts.get(1 + meaning));
        return new Occurrence(words, words.indexOf(BANK), clue, meaning);
    }

    private static List<Occurrence> joined(Occurrence first, Occurrence second) {
        List<String> words = new ArrayList<>(first.words());
        words.add("and");
        int shift = words.size();
        words.addAll(second.words());
        return List.of(
                new Occurrence(words, first.place(), first.clue(), first.meaning()),
                new Occurrence(words, shift + second.place(), shift + second.clue(), second.meaning()));
    }

    // ---- numbers

    private static Map<String, Integer> vocabulary() {
        Map<String, Integer> ids = new LinkedHashMap<>();
        ids.put("", 0); // what fills up short sentences
        shortSentences().forEach(each -> each.words().forEach(word -> ids.putIfAbsent(word, ids.size())));
        ids.putIfAbsent("and", ids.size());
        return ids;
    }

    /** The ids of the words, {@code (N, T)}, filled up with 0. */
    private static Tensor ids(List<Occurrence> all) {
        Map<String, Integer> vocabulary = vocabulary();
        Tensor ids = Tensors.zeros(all.size(), longest());
        for (int n = 0; n < all.size(); n++) {
            List<String> words = all.get(n).words();
            for (int t = 0; t < words.size(); t++) {
                ids.set(vocabulary.get(words.get(t)), n, t);
            }
        }
        return ids;
    }

    /** The weights of the words, {@code (N, T, 1)}, filled up with 0. */
    private static Tensor weights(List<Occurrence> all, Mix mix) {
        Tensor weights = Tensors.zeros(all.size(), longest(), 1);
        for (int n = 0; n < all.size(); n++) {
            double[] each = all.get(n).weights(mix);
            for (int t = 0; t < each.length; t++) {
                weights.set(each[t], n, t, 0);
            }
        }
        return weights;
    }

    private static int longest() {
        return longSentences().stream().mapToInt(each -> each.words().size()).max().orElseThrow();
    }

    // ---- learning

    /**
     * How well one kind of sentence was understood.
     *
     * @param loss the mean cross-entropy
     * @param right the part of the banks that is right
     */
    public record Score(double loss, double right) {}

    /** A network that has learnt from one kind of mixture. */
    public static final class Reader {
        private final Mix mix;
        private final Embedding words;
        private final LearnedPositions positions;
        private final Sequential network;

        private Reader(Mix mix) {
            Generator generator = new Generator(1);
            this.mix = mix;
            this.words = Embedding.padded(vocabulary().size(), WIDTH, 0, generator);
            this.positions = new LearnedPositions(longest(), WIDTH, generator);
            this.network = new Sequential(new Linear(WIDTH, HIDDEN, generator), new ReLU(), new Linear(HIDDEN, 2, generator));
        }

        /** Learns from all sentences, short and long. */
        public static Reader taught(Mix mix) {
            Reader reader = new Reader(mix);
            List<Occurrence> all = new ArrayList<>(shortSentences());
            all.addAll(longSentences());
            Adam adam = new Adam(
                    List.of(reader.words, reader.positions, reader.network).stream()
                            .flatMap(layer -> layer.parameters().stream())
                            .toList(),
                    RATE);
            for (int round = 0; round < ROUNDS; round++) {
                adam.zeroGrad();
                reader.loss(all).backward();
                adam.step();
            }
            return reader;
        }

        /** The vector of a word of a sentence, where it stands: {@code (C,)}. */
        public double[] vector(List<String> sentence, int place) {
            Tensor vectors = vectors(List.of(new Occurrence(sentence, place, place, 0)));
            return vectors.select(0, 0).select(0, place).data();
        }

        /** Word and position of each place: {@code (N, T, C)}. */
        private Tensor vectors(List<Occurrence> all) {
            return positions.forward(words.forward(ids(all)));
        }

        private Tensor logits(List<Occurrence> all) {
            return network.forward(vectors(all).mul(weights(all, mix)).sum(1));
        }

        private Tensor loss(List<Occurrence> all) {
            return new CrossEntropyLoss().forward(logits(all), meanings(all));
        }

        private static Tensor meanings(List<Occurrence> all) {
            return Tensors.of(all.stream().mapToDouble(Occurrence::meaning).toArray());
        }

        /** How well some banks are understood. */
        public Score score(List<Occurrence> all) {
            Tensor right = logits(all).argmax(1).eq(meanings(all));
            return new Score(loss(all).item(), right.mean().item());
        }
    }

    // ---- the story

    /**
     * Tells the story.
     *
     * @param args none
     */
    public static void main(String[] args) {
        List<Occurrence> brief = shortSentences();
        List<Occurrence> all = longSentences();
        say("Which bank, that of a river or that with the money? Twelve short sentences:");
        brief.forEach(each -> say("   %-32s %s", String.join(" ", each.words()), meaning(each)));
        say("and %d long ones, with a bank of each kind in them:", all.size() / 2);
        all.subList(0, 2).forEach(each -> say("   %s   word %d: %s", String.join(" ", each.words()), each.place(), meaning(each)));
        say("");
        Reader alone = Reader.taught(Mix.ALONE);
        say("The vector of \"bank\", after %d rounds, in the first two sentences:", ROUNDS);
        brief.subList(0, 2).forEach(each -> show(alone, each));
        say("One row of the table, one position: the same vector. What stands around it is nowhere in it.");
        say("");
        say("What the network sees            short sentences          long ones       (log 2 = %.4f)", Math.log(2));
        show("the bank alone", alone);
        show("the mean of all words", Reader.taught(Mix.MEAN));
        show("the bank and its clue", Reader.taught(Mix.BY_HAND));
        say("");
        say("The mean helps as long as there is one bank: it is one vector for the whole sentence, and two banks need two.");
        say("The last line is right everywhere. But there somebody had found for each bank the word to look at, by hand.");
    }

    private static String meaning(Occurrence each) {
        return each.meaning() == 0 ? "river" : "money";
    }

    private static void show(Reader reader, Occurrence each) {
        StringBuilder numbers = new StringBuilder();
        for (double number : Arrays.copyOf(reader.vector(each.words(), each.place()), 6)) {
            numbers.append(String.format(Locale.ROOT, "%8.4f", number));
        }
        say("   %-28s%s …", String.join(" ", each.words()), numbers);
    }

    private static void show(String what, Reader reader) {
        Score brief = reader.score(shortSentences());
        Score all = reader.score(longSentences());
        say("   %-24s loss %.4f, right %3.0f %%   loss %.4f, right %3.0f %%", what, brief.loss(), 100 * brief.right(), all.loss(), 100 * all.right());
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
