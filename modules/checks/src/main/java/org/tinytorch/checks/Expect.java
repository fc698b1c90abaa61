package org.tinytorch.checks;

import java.util.Arrays;
import java.util.Locale;

/**
 * Assertions that show a student four things: the input as it could be typed in, what was expected, what came out, and the rule that decides.
 *
 * <pre>{@code
 * Expect.that("Shape.of(2, 3).strides()").rule("neighbours along the last axis lie side by side")
 *         .ints(Shape.of(2, 3).strides(), 3, 1);
 * }</pre>
 */
public final class Expect {

    private static final double TOLERANCE = 1e-9;
    private static final int MOST_SHOWN = 40;

    private final String input;
    private String rule = "";

    private Expect(String input) {
        this.input = input;
    }

    /** Code that may throw. */
    @FunctionalInterface
    public interface Code {
        /**
         * Runs it.
         *
         * @throws Exception whatever it throws
         */
        void run() throws Exception;
    }

    /**
     * Code that gives an answer and may throw.
     *
     * @param <T> the answer's type
     */
    @FunctionalInterface
    public interface Answer<T> {
        /**
         * Works the answer out.
         *
         * @return the answer
         * @throws Exception whatever it throws
         */
        T get() throws Exception;
    }

    /**
     * Begins an expectation.
     *
     * @param input what is computed, as a literal
     * @return the expectation, to go on with
     */
    public static Expect that(String input) {
        return new Expect(input);
    }

    /**
     * Adds the rule to the message.
     *
     * @param text one sentence
     * @return this
     */
    public Expect rule(String text) {
        rule = text;
        return this;
    }

    /**
     * Expects one value.
     *
     * @param got what came out
     * @param expected what should have
     */
    public void value(Object got, Object expected) {
        if (!expected.equals(got)) {
            throw failure(expected.toString(), String.valueOf(got), "");
        }
    }

    /**
     * Expects one value from code that might throw by mistake; the message then shows the exception as what came out.
     *
     * @param got works out what comes out
     * @param expected what should
     */
    public void value(Answer<?> got, Object expected) {
        value(answer(got, expected.toString()), expected);
    }

    /**
     * Expects numbers from code that might throw by mistake; the message then shows the exception as what came out.
     *
     * @param got works out what comes out
     * @param expected what should
     */
    public void numbers(Answer<double[]> got, double... expected) {
        numbers(answer(got, show(expected)), expected);
    }

    /**
     * Expects one number, to within a billionth.
     *
     * @param got what came out
     * @param expected what should have
     */
    public void number(double got, double expected) {
        numbers(new double[] {got}, expected);
    }

    /**
     * Expects integers.
     *
     * @param got what came out
     * @param expected what should have
     */
    public void ints(int[] got, int... expected) {
        numbers(Arrays.stream(got).asDoubleStream().toArray(), Arrays.stream(expected).asDoubleStream().toArray());
    }

    /**
     * Expects numbers in their order, each to within a billionth of its size.
     *
     * @param got what came out
     * @param expected what should have
     */
    public void numbers(double[] got, double... expected) {
        if (got.length != expected.length) {
            throw failure(show(expected), show(got), expected.length + " numbers expected, got " + got.length);
        }
        for (int i = 0; i < got.length; i++) {
            if (!close(got[i], expected[i])) {
                String first = got.length == 1 ? "" : "first difference at position " + i + ": expected " + show(expected[i]) + ", got " + show(got[i]);
                throw failure(show(expected), show(got), first);
            }
        }
    }

    /**
     * Expects an exception.
     *
     * @param type its class
     * @param text words that its message must contain
     * @param code what should throw it
     */
    public void error(Class<? extends Throwable> type, String text, Code code) {
        String wanted = type.getSimpleName() + " with \"" + text + "\" in its message";
        try {
            code.run();
        } catch (Exception thrown) {
            String message = String.valueOf(thrown.getMessage());
            if (!type.isInstance(thrown) || !message.contains(text)) {
                AssertionError failure = failure(wanted, thrown.getClass().getSimpleName() + ": " + message, "");
                failure.initCause(thrown);
                throw failure;
            }
            return;
        }
        throw failure(wanted, "no exception", "");
    }

    private <T> T answer(Answer<T> code, String expected) {
        try {
            return code.get();
        } catch (Exception thrown) {
            AssertionError failure = failure(expected, thrown.getClass().getSimpleName() + ": " + thrown.getMessage(), "");
            failure.initCause(thrown);
            throw failure;
        }
    }

    private AssertionError failure(String expected, String got, String detail) {
        StringBuilder message = new StringBuilder();
        message.append("input     ").append(input);
        message.append("\nexpected  ").append(expected);
        message.append("\ngot       ").append(got);
        if (!detail.isEmpty()) {
            message.append("\n          ").append(detail);
        }
        if (!rule.isEmpty()) {
            message.append("\nrule      ").append(rule);
        }
        return new AssertionError(message.toString());
    }

    private static boolean close(double a, double b) {
        return Double.compare(a, b) == 0 || Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(b));
    }

    /** All numbers, or the first of very many: where the difference is, is said beside them. */
    private static String show(double[] values) {
        String shown = Arrays.toString(Arrays.stream(values).limit(MOST_SHOWN).mapToObj(Expect::show).toArray());
        return values.length <= MOST_SHOWN ? shown : shown.replace("]", ", ...] (" + values.length + " numbers)");
    }

    private static String show(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.format(Locale.ROOT, "%d", (long) value);
        }
        return String.valueOf(value);
    }
}
