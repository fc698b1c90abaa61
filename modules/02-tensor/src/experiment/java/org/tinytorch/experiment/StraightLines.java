package org.tinytorch.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The closing experiment of module 02: matrix products in a row are one matrix product, so a stack of them draws the same straight line as one, and no straight
 * line is right about all four points of XOR.
 */
public final class StraightLines {
    /** How many values the search tries for each weight and for the bias. */
    public static final int VALUES = 25;

    private static final double FURTHEST = 3;
    private static final int WIDTH = 8;
    private static final int STEPS = 10;

    private StraightLines() {}

    /**
     * A matrix product and a sum: {@code x W + b}.
     *
     * @param weight of shape (in, out)
     * @param bias of shape (out,)
     */
    public record Step(Tensor weight, Tensor bias) {
        /** The result for each row of x: (n, in) becomes (n, out). */
        public Tensor of(Tensor x) {
            return x.matmul(weight).add(bias);
        }

        /** The one step that does what this step and the next do in a row: {@code (x W + b) V + c = x (W V) + (b V + c)}. */
        public Step then(Step next) {
            return new Step(weight.matmul(next.weight), bias.matmul(next.weight).add(next.bias));
        }

        /** How many numbers it has. */
        public int numbers() {
            return weight.size() + bias.size();
        }
    }

    /**
     * A truth table, and how straight lines do on it.
     *
     * @param name of the table
     * @param wanted 0 or 1 for each of the four points
     * @param lines how many lines of the search get 0, 1, 2, 3 and 4 points right
     */
    public record Search(String name, List<Integer> wanted, List<Integer> lines) {
        /** How many points the best line gets right. */
        public int best() {
            return IntStream.rangeClosed(0, 4)
                    .filter(right -> lines.get(right) > 0)
                    .max()
                    .orElseThrow();
        }
    }

    /** The points (0, 0), (0, 1), (1, 0) and (1, 1), one a row. */
    public static Tensor points() {
        return Tensors.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    }

    /** Six weights: from two numbers to three. */
    public static Tensor first() {
        return Tensors.of(new double[][] {{1, -2, 0}, {3, 1, 1}});
    }

    /** Three weights: from three numbers to one. */
    public static Tensor second() {
        return Tensors.of(new double[][] {{2}, {-1}, {4}});
    }

    /** Steps with random numbers, from 8 inputs to 8 outputs each. */
    public static List<Step> randomSteps() {
        Generator generator = new Generator(1);
        return IntStream.range(0, STEPS)
                .mapToObj(i -> new Step(
                        Tensors.randn(generator, WIDTH, WIDTH).div(Math.sqrt(WIDTH)), Tensors.randn(generator, WIDTH)))
                .toList();
    }

    /** The largest difference, over 100 random rows, between all steps in a row and the one step that they come down to. */
    public static double largestDifference(List<Step> steps) {
        Tensor x = Tensors.randn(new Generator(2), 100, WIDTH);
        Tensor inARow = x;
        for (Step step : steps) {
            inARow = step.of(inARow);
        }
        return inARow.sub(oneStep(steps).of(x)).abs().max().item();
    }

    /** All steps in one. */
    public static Step oneStep(List<Step> steps) {
        return steps.stream().reduce(Step::then).orElseThrow();
    }

    /**
     * Tries all lines {@code p u + q v + c} with p, q and c from -3 to 3 in steps of a quarter. A line says 1 where it is above 0.
     *
     * @param name of a truth table
     * @param wanted what is right at each of the four points
     * @return how many lines got how many points right
     */
    public static Search search(String name, int... wanted) {
        Tensor right = Tensors.of(Arrays.stream(wanted).asDoubleStream().toArray()).reshape(4, 1, 1, 1);
        Tensor pointsRight = values().gt(0).eq(right).sum(0);
        int[] lines = new int[5];
        for (double count : pointsRight.data()) {
            lines[(int) count]++;
        }
        return new Search(name, boxed(wanted), boxed(lines));
    }

    /** The value of every line at every point: axis 0 is the point, axes 1, 2 and 3 are p, q and c. No loop: the axes broadcast. */
    static Tensor values() {
        Tensor u = points().select(1, 0).reshape(4, 1, 1, 1);
        Tensor v = points().select(1, 1).reshape(4, 1, 1, 1);
        Tensor c = Tensors.linspace(-FURTHEST, FURTHEST, VALUES);
        Tensor p = c.reshape(VALUES, 1, 1);
        Tensor q = c.reshape(VALUES, 1);
        return u.mul(p).add(v.mul(q)).add(c);
    }

    private static List<Integer> boxed(int... numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    /**
     * Tells the story.
     *
     * @param args none
     */
    public static void main(String[] args) {
        twoProducts();
        tenSteps();
        noLine();
    }

    private static void twoProducts() {
        Tensor both = first().matmul(second());
        say("x has the four points (0, 0), (0, 1), (1, 0), (1, 1) as rows, A is (2, 3), B is (3, 1).");
        say("");
        say("  (x A) B        = %s", row(points().matmul(first()).matmul(second())));
        say("  x (A B)        = %s", row(points().matmul(both)));
        say("  A B            = %s", row(both));
        say("");
        say("%d weights did what these %d do alone.", first().size() + second().size(), both.size());
    }

    private static void tenSteps() {
        List<Step> steps = randomSteps();
        int numbers = steps.stream().mapToInt(Step::numbers).sum();
        say("");
        say("Ten steps x W + b in a row, %d numbers in to %d out each, against one step made of them:", WIDTH, WIDTH);
        say("");
        say("  numbers            %4d   against %3d", numbers, oneStep(steps).numbers());
        say("  products per row   %4d   against %3d", STEPS * WIDTH * WIDTH, WIDTH * WIDTH);
        say("  largest difference of the results: %.0e", largestDifference(steps));
    }

    private static void noLine() {
        say("");
        say("What can one step say? Every line p u + q v + c with p, q, c from -3 to 3 by quarters,");
        say("%,d lines, each asked whether it is above 0 at the four points:", VALUES * VALUES * VALUES);
        say("");
        say("            wanted    lines that get 0, 1, 2, 3, 4 points right");
        Search xor = search("XOR", 0, 1, 1, 0);
        for (Search table : List.of(search("AND", 0, 0, 0, 1), search("OR", 0, 1, 1, 1), xor)) {
            String wanted = words(table.wanted(), "%2d");
            String lines = words(table.lines(), "%6d");
            say("  %-4s     %s  %s   best: %d of 4", table.name(), wanted, lines, table.best());
        }
        say("");
        say("For AND and OR there are lines enough. For XOR the best gets %d of 4,", xor.best());
        say("and a stack of steps is only a line again.");
    }

    private static String row(Tensor column) {
        return Arrays.stream(column.data())
                .mapToObj(value -> String.format(Locale.ROOT, "%.0f", value))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String words(List<Integer> numbers, String format) {
        return numbers.stream()
                .map(number -> String.format(Locale.ROOT, format, number))
                .collect(Collectors.joining(" "));
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
