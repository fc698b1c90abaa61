package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the closing experiment of module 01 to its claims; how long the loops take is shown and not claimed. */
final class TableSumsTest {

    private static double[][] random(int rows, int columns) {
        Random random = new Random(1);
        double[][] table = new double[rows][];
        Arrays.setAll(table, i -> random.doubles(columns, -1, 1).toArray());
        return table;
    }

    private static double total(double[][] table) {
        return Arrays.stream(table).flatMapToDouble(Arrays::stream).sum();
    }

    @Test
    void bothOrdersOfTheLoopsGiveTheSameColumnSums() {
        double[][] table = random(60, 70);
        assertThat(TableSums.sumEachColumn(table))
                .as("summing each column down the column or along the rows gives the same sums")
                .containsExactly(TableSums.sumEachColumnAlongRows(table));
        assertThat(Arrays.stream(TableSums.sumEachRow(table)).sum())
                .as("each way adds up the same numbers: the rows together give what the columns give together")
                .isCloseTo(Arrays.stream(TableSums.sumEachColumn(table)).sum(), within(1e-9));
        assertThat(TableSums.sumEachColumn(new double[][] {{1, 2, 3}, {10, 20, 30}}))
                .as("the sums of the columns of {{1, 2, 3}, {10, 20, 30}}")
                .containsExactly(11, 22, 33);
        assertThat(TableSums.sumEachRow(new double[][] {{1, 2, 3}, {10, 20, 30}}))
                .as("the sums of the rows of {{1, 2, 3}, {10, 20, 30}}")
                .containsExactly(6, 60);
    }

    @Test
    void downTheColumnsEveryNumberIsInAnotherRow() {
        assertThat(TableSums.rowEntries(2000, 2000, false))
                .as("along the rows, a table of 2,000 x 2,000 has 2,000 rows to enter")
                .isEqualTo(2_000);
        assertThat(TableSums.rowEntries(2000, 2000, true))
                .as("down the columns, each of the 4,000,000 numbers is in another row than the one before")
                .isEqualTo(4_000_000);
    }

    @Test
    void aThirdAxisTakesThreeNewLoops() {
        double[][][] stack = TableSums.stack();
        assertThat(TableSums.sumOverAxis0(stack))
                .as("over axis 0 the two tables are added")
                .isDeepEqualTo(new double[][] {{11, 22}, {33, 44}, {55, 66}});
        assertThat(TableSums.sumOverAxis1(stack))
                .as("over axis 1 the three rows of each table are added")
                .isDeepEqualTo(new double[][] {{9, 12}, {90, 120}});
        assertThat(TableSums.sumOverAxis2(stack))
                .as("over axis 2 the two numbers of each row are added")
                .isDeepEqualTo(new double[][] {{3, 7, 11}, {30, 70, 110}});
        assertThat(Stream.of(TableSums.sumOverAxis0(stack), TableSums.sumOverAxis1(stack), TableSums.sumOverAxis2(stack))
                        .mapToDouble(TableSumsTest::total))
                .as("whatever the axis, all of the numbers are in the sums")
                .containsOnly(231.0);
    }

    @Test
    void aLoopForEveryAxisOfEveryShape() {
        assertThat(TableSums.loopsUpTo(4)).as("1 + 2 + 3 + 4 loops for up to four axes").isEqualTo(10);
        assertThat(sumsThatTake(double[][][].class)).as("this program sums a stack with a loop for each of its axes").isEqualTo(3);
        assertThat(sumsThatTake(double[][].class)).as("and a table with one for the rows and two for the columns").isEqualTo(3);
    }

    private static long sumsThatTake(Class<?> type) {
        return Arrays.stream(TableSums.class.getMethods())
                .filter(method -> method.getName().startsWith("sum"))
                .map(Method::getParameterTypes)
                .filter(parameters -> parameters[0] == type)
                .count();
    }

    @Test
    void aRaggedTableLosesANumberWithoutAnError() {
        double[][] ragged = {{1, 2}, {3, 4, 5}};
        assertThat(TableSums.sumEachRow(ragged)).as("the rows of {{1, 2}, {3, 4, 5}} give 15 together").containsExactly(3, 12);
        assertThat(TableSums.sumEachColumn(ragged)).as("its columns give 10: the 5 is lost").containsExactly(4, 6);
    }

    @Test
    void rowsOfTheirOwnTakeMoreMemory() {
        assertThat(TableSums.bytesOfList(12)).as("12 numbers of 8 bytes, and a header").isBetween(96L, 128L);
        assertThat(TableSums.bytesOfTable(3, 4))
                .as("the same 12 numbers in 3 rows: three more headers, and an array that points to the rows")
                .isGreaterThan(TableSums.bytesOfList(12));
    }
}
