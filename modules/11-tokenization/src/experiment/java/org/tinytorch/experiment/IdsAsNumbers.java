package org.tinytorch.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
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
import org.tinytorch.tokenization.BpeTokenizer;
import org.tinytorch.tokenization.BpeTrainer;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Scores;
import org.tinytorch.training.Trainer;

/**
 * The closing experiment of module 11: ids in front of a network that takes them for amounts. What it can learn depends on who got which number; and a row of zeros
 * with a single 1 for each id, which depends on nothing, is as long as the vocabulary.
 */
public final class IdsAsNumbers {
    /** What the network is asked about. */
    public static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";

    /** The tokens of GPT-2. */
    public static final int GPT2_TOKENS = 50_257;

    /** The width of the smallest GPT-2: so many numbers leave its first layer for each token. */
    public static final int GPT2_WIDTH = 768;

    private static final List<String> NAMES = List.of("dog", "man", "cat", "fox", "hen", "cow");
    private static final int HIDDEN = 32;
    private static final int ROUNDS = 300;

    /** A question about letters that has the answer yes or no. */
    public enum Question {
        /** Is it a vowel? */
        VOWEL("is it a vowel?", "aeiou"),
        /** Is it tall: does it rise above an x? (The dots of i and j do not count.) */
        TALL("is it tall?", "bdfhklt");

        private final String text;
        private final String yes;

        Question(String text, String yes) {
            this.text = text;
            this.yes = yes;
        }

        /** The letters with the answer yes. */
        public String yes() {
            return yes;
        }

        /** The share of the letters for which the answer is no: so many are right for who always says no. */
        public double alwaysNo() {
            return 1 - yes.length() / (double) ALPHABET.length();
        }

        /** The alphabet with these letters in front. */
        public String numbering() {
            return yes + ALPHABET.replaceAll("[" + yes + "]", "");
        }

        private Tensor answers() {
            return Tensors.of(ALPHABET.chars().mapToDouble(c -> yes.indexOf(c) >= 0 ? 1 : 0).toArray());
        }
    }

    private IdsAsNumbers() {}

    // ---- ids

    /** The ids of the letters a to z. */
    public static int[] ids() {
        return CharTokenizer.of(ALPHABET).encode(ALPHABET);
    }

    /** The ids that six names have, each with a space in front, after byte-pair encoding has learned from thirty sentences. */
    public static int[] namesAsIds() {
        StringBuilder text = new StringBuilder();
        for (String biter : NAMES) {
            for (String bitten : NAMES) {
                if (!biter.equals(bitten)) {
                    text.append("the ").append(biter).append(" bit the ").append(bitten).append('\n');
                }
            }
        }
        BpeTokenizer tokenizer = BpeTrainer.ofMerges(100).train(text.toString());
        return NAMES.stream()
                .mapToInt(name -> {
                    int[] ids = tokenizer.encode(" " + name);
                    if (ids.length != 1) {
                        throw new IllegalStateException(name + " is " + ids.length + " tokens");
                    }
                    return ids[0];
                })
                .toArray();
    }

    /**
     * Each letter as one number: its place in the numbering, divided by 25, so that all lie from 0 to 1.
     *
     * @param numbering the letters in the order of their numbers
     * @return {@code (26, 1)}, for a, b, c and so on
     */
    public static Tensor asNumbers(String numbering) {
        int last = ALPHABET.length() - 1;
        return Tensors.of(ALPHABET.chars().mapToDouble(c -> numbering.indexOf(c) / (double) last).toArray())
                .reshape(ALPHABET.length(), 1);
    }

    /** Each letter as a row of 26: a 1 at the place of its id, otherwise 0. */
    public static Tensor asRows() {
        return Tensors.oneHot(Tensors.of(Arrays.stream(ids()).asDoubleStream().toArray()), ALPHABET.length());
    }

    // ---- learning

    /**
     * What a network makes of the letters.
     *
     * @param loss the mean cross-entropy at the end, over all 26
     * @param right the share of them that is right
     */
    public record Run(double loss, double right) {}

    /** Shows a network all letters, 300 times. */
    public static Run learn(Tensor letters, Question question) {
        TensorDataset data = new TensorDataset(letters, question.answers());
        Generator generator = new Generator(1);
        Sequential model = new Sequential(new Linear(letters.dim(1), HIDDEN, generator), new ReLU(), new Linear(HIDDEN, 2, generator));
        Trainer trainer = Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.01))
                .metrics(new Accuracy())
                .build();
        trainer.fit(DataLoader.of(data, ALPHABET.length()), ROUNDS);
        Scores scores = trainer.evaluate(DataLoader.of(data, ALPHABET.length()));
        return new Run(scores.get("loss"), scores.get("accuracy"));
    }

    // ---- what the rows cost

    /** What a layer makes of a letter's row. */
    public static double[] product(Linear layer, int id) {
        return layer.forward(Tensors.oneHot(Tensors.of(id), ALPHABET.length())).data();
    }

    /** The same without a product: the column of the weight that belongs to the id, and the bias. */
    public static double[] column(Linear layer, int id) {
        double[] weight = layer.weight().data();
        double[] bias = layer.bias().orElseThrow().data();
        int columns = ALPHABET.length();
        return IntStream.range(0, bias.length).mapToDouble(unit -> weight[unit * columns + id] + bias[unit]).toArray();
    }

    // ---- the story

    /**
     * Tells the story.
     *
     * @param args none
     */
    public static void main(String[] args) {
        int[] ids = ids();
        say("1. The letters a to z are the ids %d to %d. Taken as amounts:", ids[0], ids[25]);
        say("   a is nothing, z is %d times b, and halfway between a and c lies b.", ids[25] / ids[1]);
        say("   Byte-pair encoding numbers its tokens as it learns them. In the thirty sentences of module 10:");
        int[] names = namesAsIds();
        say("   %s", IntStream.range(0, names.length).mapToObj(i -> NAMES.get(i) + " " + names[i]).toList());
        say("");
        say("2. Two questions about letters, 300 rounds each. Right, of 26:");
        say("   %-34s %-16s %s", "", Question.VOWEL.text, Question.TALL.text);
        row("always no", Question.VOWEL.alwaysNo(), Question.TALL.alwaysNo());
        row("the id, from 0 to 1", asNumbers(ALPHABET));
        row("numbered with the vowels in front", asNumbers(Question.VOWEL.numbering()));
        row("numbered with the tall in front", asNumbers(Question.TALL.numbering()));
        row("a row of 26, with a single 1", asRows());
        say("   The letters are the same. Only who got which number is not.");
        say("");
        say("3. So rows? For the %,d tokens of GPT-2 and a layer of %d units:", GPT2_TOKENS, GPT2_WIDTH);
        say("   one token: %,d bytes, all but one number 0; a text of 1,000 tokens: %,d", 8L * GPT2_TOKENS, 8000L * GPT2_TOKENS);
        say("   one token: %,d multiplications, %d of them by 1 and the others by 0", (long) GPT2_TOKENS * GPT2_WIDTH, GPT2_WIDTH);
        Linear layer = new Linear(ALPHABET.length(), 3, new Generator(1));
        say("   And for what? A layer of 26 to 3, given the row of b:      %s", show(product(layer, 1)));
        say("   Column 1 of its weight, plus the bias, nothing multiplied: %s", show(column(layer, 1)));
    }

    private static void row(String name, Tensor letters) {
        row(name, learn(letters, Question.VOWEL).right(), learn(letters, Question.TALL).right());
    }

    private static void row(String name, double vowel, double tall) {
        say("   %-34s %-16.0f %.0f", name, ALPHABET.length() * vowel, ALPHABET.length() * tall);
    }

    private static String show(double[] values) {
        return Arrays.toString(
                Arrays.stream(values).mapToObj(value -> String.format(Locale.ROOT, "%.4f", value)).toArray());
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
