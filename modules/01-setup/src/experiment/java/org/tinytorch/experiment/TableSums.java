package org.tinytorch.experiment;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.tinytorch.setup.AllocationMeter;
import org.tinytorch.setup.Stopwatch;
import org.tinytorch.setup.Timing;

/**
 * The closing experiment of module 01: the same addition, over one axis of an array. Each axis needs a loop of its own, the order of the loops changes
 * the time, and nothing knows the shape.
 */
public final class TableSums {

    private static final int SIDE = 2000;

    private TableSums() {}

    /**
     * Tells the story.
     *
     * @param args none
     */
    public static void main(String[] args) {
        twoAxes();
        threeAxes();
        noShape();
    }

    private static void twoAxes() {
        double[][] table = table(SIDE, SIDE);
        say("A table of %,d x %,d numbers, summed in three ways. Each way adds up the same %,d numbers.", SIDE, SIDE, SIDE * SIDE);
        say("");
        say("                                     enters a row     median time");
        way("each row, along the row", false, () -> sumEachRow(table));
        way("each column, down the column", true, () -> sumEachColumn(table));
        way("each column, along the rows", false, () -> sumEachColumnAlongRows(table));
        say("");
        boolean equal = Arrays.equals(sumEachColumn(table), sumEachColumnAlongRows(table));
        say("The last two give the same %,d sums: %b. Only the order of the two loops differs.", SIDE, equal);
    }

    private static void way(String name, boolean downColumns, Runnable sums) {
        Timing timing = new Stopwatch().measure(sums);
        say("  %-30s %,14d times   %s", name, rowEntries(SIDE, SIDE, downColumns), timing);
    }

    private static void threeAxes() {
        double[][][] stack = stack();
        say("");
        say("Now a stack of 2 tables of 3 x 2, %s.", Arrays.deepToString(stack));
        say("None of the loops above takes it, and it has three axes, so three new loops:");
        say("");
        say("  over axis 0: %s", Arrays.deepToString(sumOverAxis0(stack)));
        say("  over axis 1: %s", Arrays.deepToString(sumOverAxis1(stack)));
        say("  over axis 2: %s", Arrays.deepToString(sumOverAxis2(stack)));
        say("");
        say("1 for a list, 2 for a table, 3 for a stack, 4 for a batch of colour images: %d loops, and all they do is add.", loopsUpTo(4));
    }

    private static void noShape() {
        double[][] ragged = {{1, 2}, {3, 4, 5}};
        double[] rows = sumEachRow(ragged);
        double[] columns = sumEachColumn(ragged);
        say("");
        say("And nobody keeps the shape. Of {{1, 2}, {3, 4, 5}}");
        say("");
        say("  the rows give    %-12s together %.0f", Arrays.toString(rows), Arrays.stream(rows).sum());
        say("  the columns give %-12s together %.0f", Arrays.toString(columns), Arrays.stream(columns).sum());
        say("");
        say("The 5 is lost, and no error says so.");
        say("");
        say("12 numbers in one array take %d bytes, as 3 rows of 4 they take %d.", bytesOfList(12), bytesOfTable(3, 4));
    }

    /**
     * A table whose numbers are all different.
     *
     * @param rows how many
     * @param columns how many numbers each row has
     * @return the numbers 0, 1, 2, … row by row
     */
    public static double[][] table(int rows, int columns) {
        double[][] table = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                table[i][j] = i * columns + j;
            }
        }
        return table;
    }

    /**
     * Two tables of three rows and two columns.
     *
     * @return the numbers from 1 to 6, and ten times as much
     */
    public static double[][][] stack() {
        return new double[][][] {{{1, 2}, {3, 4}, {5, 6}}, {{10, 20}, {30, 40}, {50, 60}}};
    }

    /**
     * One sum for each row.
     *
     * @param table rows of numbers
     * @return as many sums as the table has rows
     */
    public static double[] sumEachRow(double[][] table) {
        double[] sums = new double[table.length];
        for (int i = 0; i < table.length; i++) {
            double sum = 0;
            for (int j = 0; j < table[i].length; j++) {
                sum += table[i][j];
            }
            sums[i] = sum;
        }
        return sums;
    }

    /**
     * One sum for each column, one column after the other.
     *
     * @param table rows of numbers, all as long as the first
     * @return as many sums as the first row has numbers
     */
    public static double[] sumEachColumn(double[][] table) {
        double[] sums = new double[table[0].length];
        for (int j = 0; j < sums.length; j++) {
            for (int i = 0; i < table.length; i++) {
                sums[j] += table[i][j];
            }
        }
        return sums;
    }

    /**
     * One sum for each column, all columns at once: the two loops of {@link #sumEachColumn}, the other way round.
     *
     * @param table rows of numbers, all as long as the first
     * @return as many sums as the first row has numbers
     */
    public static double[] sumEachColumnAlongRows(double[][] table) {
        double[] sums = new double[table[0].length];
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += table[i][j];
            }
        }
        return sums;
    }

    /**
     * The tables of a stack, added up.
     *
     * @param stack tables of one shape
     * @return one table of that shape
     */
    public static double[][] sumOverAxis0(double[][][] stack) {
        double[][] sums = new double[stack[0].length][stack[0][0].length];
        for (int i = 0; i < sums.length; i++) {
            for (int j = 0; j < sums[0].length; j++) {
                for (int k = 0; k < stack.length; k++) {
                    sums[i][j] += stack[k][i][j];
                }
            }
        }
        return sums;
    }

    /**
     * The rows of each table of a stack, added up.
     *
     * @param stack tables of one shape
     * @return one row for each table
     */
    public static double[][] sumOverAxis1(double[][][] stack) {
        double[][] sums = new double[stack.length][stack[0][0].length];
        for (int k = 0; k < stack.length; k++) {
            for (int j = 0; j < sums[0].length; j++) {
                for (int i = 0; i < stack[0].length; i++) {
                    sums[k][j] += stack[k][i][j];
                }
            }
        }
        return sums;
    }

    /**
     * The numbers of each row of a stack, added up.
     *
     * @param stack tables of one shape
     * @return one number for each row of each table
     */
    public static double[][] sumOverAxis2(double[][][] stack) {
        double[][] sums = new double[stack.length][stack[0].length];
        for (int k = 0; k < stack.length; k++) {
            for (int i = 0; i < sums[0].length; i++) {
                for (int j = 0; j < stack[0][0].length; j++) {
                    sums[k][i] += stack[k][i][j];
                }
            }
        }
        return sums;
    }

    /**
     * How often a walk through all numbers of a table enters a row, each of which is an array somewhere else in memory.
     *
     * @param rows of the table
     * @param columns of the table
     * @param downColumns whether the walk goes down each column, and not along each row
     * @return how often the next number lies in another row than the one before
     */
    public static int rowEntries(int rows, int columns, boolean downColumns) {
        int entries = 0;
        int before = -1;
        for (int step = 0; step < rows * columns; step++) {
            int row = downColumns ? step % rows : step / columns;
            entries += row == before ? 0 : 1;
            before = row;
        }
        return entries;
    }

    /**
     * How many loops it takes to sum arrays over any one of their axes.
     *
     * @param mostAxes of the arrays
     * @return 1 for those with one axis, 2 more for those with two, and so on
     */
    public static int loopsUpTo(int mostAxes) {
        int loops = 0;
        for (int axes = 1; axes <= mostAxes; axes++) {
            loops += axes;
        }
        return loops;
    }

    /**
     * What numbers take in one array.
     *
     * @param numbers how many
     * @return bytes, as measured
     */
    public static long bytesOfList(int numbers) {
        return bytes(() -> new double[numbers]);
    }

    /**
     * What the same numbers take in an array of rows.
     *
     * @param rows how many
     * @param columns how many numbers each has
     * @return bytes, as measured
     */
    public static long bytesOfTable(int rows, int columns) {
        return bytes(() -> new double[rows][columns]);
    }

    /** What a block allocates, in a second run: the first one may also load classes. */
    private static long bytes(Supplier<Object> block) {
        Object[] kept = new Object[1];
        AllocationMeter meter = AllocationMeter.ofCurrentThread();
        meter.measure(() -> kept[0] = block.get());
        return meter.measure(() -> kept[0] = block.get());
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
