package org.tinytorch.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tinytorch.data.DataLoader;
import org.tinytorch.data.TensorDataset;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Scores;
import org.tinytorch.training.Trainer;

/**
 * The closing experiment of module 10: sentences in front of a network that takes numbers. Letters that are counted lose their order; words that are looked up
 * meet a word that is not in the table.
 */
public final class SameLetters {
    /** Who bites and is bitten. */
    public static final List<String> NAMES = List.of("dog", "man", "cat", "fox", "hen", "cow");

    private static final int LETTERS = 26;
    private static final int HIDDEN = 32;
    private static final int ROUNDS = 300;

    /** The text that the table of words is made of. */
    public static final String FIRST = "The baker gets up at a quarter past three, when the town is still asleep. He lights the oven, weighs the flour, and"
            + " kneads the dough with both hands until it is smooth. Then it has to rest. While it rests he sweeps the floor and looks out of the window"
            + " at the empty street. At five the first loaves go into the oven, and soon the whole house smells of bread. At six the shop opens. The"
            + " first customer is always the driver of the early bus, who buys two rolls and a coffee. After him come the children on their way to"
            + " school, and then the old man with the dog, who has all the time in the world.";

    /** A text of the same street, by the same pen. */
    public static final String SECOND = "On Sundays the bakery is closed, and the baker sleeps until nine. Then he walks along the river with his daughter,"
            + " who asks him why dough rises. He tells her about yeast, about the tiny bubbles in the warm dough, and how his grandmother baked in a"
            + " wooden trough. In the afternoon they bake together, for nobody but themselves: a small round loaf with raisins. The daughter is kneading"
            + " it, her hands white with flour. It never smells as good as on that day, she says. In the evening he goes to bed early. The oven is cold,"
            + " the street is quiet, and tomorrow the driver of the bus will want his rolls and his coffee.";

    private SameLetters() {}

    /**
     * A sentence and what is to be learnt about it.
     *
     * @param text five words
     * @param biter who bites, a place in {@link #NAMES}
     */
    public record Sentence(String text, int biter) {}

    /** Every name bites every other: 30 sentences. */
    public static List<Sentence> sentences() {
        List<Sentence> all = new ArrayList<>();
        for (String biter : NAMES) {
            for (String bitten : NAMES) {
                if (!biter.equals(bitten)) {
                    all.add(new Sentence("the " + biter + " bit the " + bitten, NAMES.indexOf(biter)));
                }
            }
        }
        return all;
    }

    // ---- two ways to make numbers of a sentence

    /** How often each letter is in it: {@code (26,)}. */
    public static double[] letters(String text) {
        double[] counts = new double[LETTERS];
        text.chars().filter(c -> c >= 'a' && c <= 'z').forEach(c -> counts[c - 'a']++);
        return counts;
    }

    /**
     * A number for each word.
     *
     * @param places the words that are known, each with its number, 0, 1, 2, …
     */
    public record WordTable(Map<String, Integer> places) {
        /** All words of a text, in the order in which they are met. */
        public static WordTable of(String text) {
            Map<String, Integer> places = new LinkedHashMap<>();
            words(text).forEach(word -> places.putIfAbsent(word, places.size()));
            return new WordTable(places);
        }

        /** How many words are known. */
        public int size() {
            return places.size();
        }

        /** For each word of a sentence a row of numbers, 1 at the word's place and 0 elsewhere; of an unknown word nothing but 0. One row behind the other. */
        public double[] encode(String sentence) {
            List<String> words = words(sentence);
            double[] rows = new double[words.size() * size()];
            for (int i = 0; i < words.size(); i++) {
                Integer place = places.get(words.get(i));
                if (place != null) {
                    rows[i * size() + place] = 1;
                }
            }
            return rows;
        }

        /** The words of a text that are not in the table, as often as they come. */
        public List<String> unknown(String text) {
            return words(text).stream().filter(word -> !places.containsKey(word)).toList();
        }
    }

    /** The words of a text in small letters, without what stands between them. */
    public static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The table of the 30 sentences: the, bit and six names. */
    public static WordTable sentenceTable() {
        return WordTable.of(String.join(" ", sentences().stream().map(Sentence::text).toList()));
    }

    // ---- learning

    /**
     * What a network makes of the sentences.
     *
     * @param inputs how many numbers a sentence is
     * @param loss the mean cross-entropy at the end, over all 30
     * @param right the part of them that is right
     */
    public record Run(int inputs, double loss, double right) {}

    /** Learns who bites from counted letters. */
    public static Run fromLetters() {
        return learn(sentences().stream().map(s -> letters(s.text())).toArray(double[][]::new));
    }

    /** Learns who bites from words. */
    public static Run fromWords() {
        WordTable table = sentenceTable();
        return learn(sentences().stream().map(s -> table.encode(s.text())).toArray(double[][]::new));
    }

    private static Run learn(double[][] rows) {
        Tensor inputs = Tensors.of(rows);
        Tensor targets = Tensors.of(sentences().stream().mapToDouble(Sentence::biter).toArray());
        TensorDataset data = new TensorDataset(inputs, targets);
        Generator generator = new Generator(1);
        Sequential model = new Sequential(
                new Linear(inputs.dim(1), HIDDEN, generator), new ReLU(), new Linear(HIDDEN, NAMES.size(), generator));
        Trainer trainer = Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.01))
                .metrics(new Accuracy())
                .build();
        trainer.fit(DataLoader.of(data, 30), ROUNDS);
        Scores scores = trainer.evaluate(DataLoader.of(data, 30));
        return new Run(inputs.dim(1), scores.get("loss"), scores.get("accuracy"));
    }

    // ---- a longer text

    /**
     * What a table of the words of {@link #FIRST} knows of {@link #SECOND}.
     *
     * @param words how many words the first text has
     * @param different how many different ones
     * @param next how many words the second text has
     * @param unknown those of them that are not in the table, as often as they come
     * @param newLetters how many letters the second text has that the first has not
     */
    public record Reading(int words, int different, int next, List<String> unknown, int newLetters) {
        /** The part of the second text that is unknown. */
        public double unknownPart() {
            return (double) unknown.size() / next;
        }
    }

    /** Reads the first text, and then the second. */
    public static Reading read() {
        WordTable table = WordTable.of(FIRST);
        double[] before = letters(String.join("", words(FIRST)));
        double[] after = letters(String.join("", words(SECOND)));
        int newLetters = 0;
        for (int i = 0; i < LETTERS; i++) {
            newLetters += after[i] > 0 && before[i] == 0 ? 1 : 0;
        }
        return new Reading(
                words(FIRST).size(),
                table.size(),
                words(SECOND).size(),
                table.unknown(SECOND),
                newLetters);
    }

    // ---- the story

    /**
     * Tells the story.
     *
     * @param args none
     */
    public static void main(String[] args) {
        say("Who bites? Thirty sentences, each name with each other: %s.", String.join(", ", NAMES));
        say("");
        say("1. Count the letters, a to z:");
        show("the dog bit the man");
        show("the man bit the dog");
        show(fromLetters());
        say("   Every sentence has a twin with the same 26 numbers: log 2 = %.4f is the best there is.", Math.log(2));
        say("");
        WordTable table = sentenceTable();
        say("2. Look whole words up, in a table of %d: %s", table.size(), String.join(", ", table.places().keySet()));
        show(fromWords());
        say("");
        String dogs = "the dogs bit the foxes";
        String foxes = "the foxes bit the dogs";
        boolean twins = Arrays.equals(table.encode(dogs), table.encode(foxes));
        say("3. Then somebody writes of more than one dog:");
        say("   %s     not in the table: %s", dogs, String.join(", ", table.unknown(dogs)));
        say("   %s     not in the table: %s", foxes, String.join(", ", table.unknown(foxes)));
        say("   The same %d numbers? %s. One letter more, and the dog is a stranger.", 5 * table.size(), twins ? "Yes" : "No");
        say("");
        Reading reading = read();
        say("4. A larger table? That of a text about a baker: %d words, %d different.", reading.words(), reading.different());
        say("   He goes on. Of the next %d words %.0f %% are not in it:", reading.next(), 100 * reading.unknownPart());
        say("   %s …", String.join(", ", reading.unknown().subList(0, 10)));
        say("   Letters that were not in the first text: %d.", reading.newLetters());
    }

    private static void show(String text) {
        StringBuilder counts = new StringBuilder();
        for (double count : letters(text)) {
            counts.append(' ').append((int) count);
        }
        say("   %s  %s", text, counts);
    }

    private static void show(Run run) {
        say(
                "   %d-%d-%d, %d rounds: loss %.4f, right %.0f %%",
                run.inputs(), HIDDEN, NAMES.size(), ROUNDS, run.loss(), 100 * run.right());
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
