package org.tinytorch.acceleration;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies a band of a matrix, some rows that lie side by side, column after column: element {@code (i, p)} goes to {@code p · band + i}. That is how the
 * innermost loop of the matrix product reads its left side; the right side is the same with rows and columns exchanged.
 */
final class Packing {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Columns that are taken at a time. */
    private static final int PIECE = 32;

    /** Numbers in a line of the cache. */
    private static final int LINE = 8;

    private Packing() {}

    /**
     * Packs a block, band after band. If it is columns that lie in one piece, some of them are taken at a time for all bands: columns that lie 4096 bytes apart all want the same place in the
     * cache, and what was fetched with one band would be gone before the next needs it.
     *
     * @param from its rows or its columns lie in one piece; its first row is the first band's
     * @param rows how many there are, at least 1; what the last band lacks is zeros
     * @param band how many rows a band takes
     * @param steps columns
     * @param start where the first band goes; the next one goes {@code band · steps} further
     */
    static void bands(Matrix from, int rows, int band, int steps, double[] to, int start) {
        int piece = piece(from, steps);
        for (int p = 0; p < steps; p += piece) {
            int now = Math.min(piece, steps - p);
            Matrix part = from.from(0, p);
            to[start + p * band] = fetch(part, rows, now); // until the first number takes its place
            for (int i = 0; i < rows; i += band) {
                band(part.from(i, 0), rows - i, band, now, to, start + i * steps + p * band);
            }
        }
    }

    /** How many columns are taken at a time. */
    static int piece(Matrix from, int steps) {
        return from.rowStride() == 1 ? PIECE : steps;
    }

    /**
     * Brings a block into the cache: reads a number of each line, in the order of the memory. Reading one row after the other the processor fetches ahead; reading eight or more at a time, as packing does, it waits
     * for each of their lines, and that takes two to three times as long.
     *
     * @return their sum, so that the compiler cannot leave out the loop
     */
    static double fetch(Matrix block, int rows, int columns) {
        return block.rowStride() == 1
                ? fetch(block.data(), block.at(0, 0), block.columnStride(), columns, rows)
                : fetch(block.data(), block.at(0, 0), block.rowStride(), rows, columns);
    }

    private static double fetch(double[] data, int start, int stride, int rows, int length) {
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            int at = start + row * stride;
            for (int i = at; i < at + length; i += LINE) {
                sum += data[i];
            }
        }
        return sum;
    }

    /**
     * Packs some steps of one band.
     *
     * @param from its first row is the band's
     * @param rows how many there are; if fewer than the band takes, the rest is zeros
     * @param band how many rows the band takes
     * @param steps columns
     */
    private static void band(Matrix from, int rows, int band, int steps, double[] to, int start) {
        int row = 0;
        int present = Math.min(rows, band);
        if (present < band) {
            Arrays.fill(to, start, start + band * steps, 0);
        }
        if (from.rowStride() == 1 && present >= LANES) {
            for (; row < present; row += LANES) {
                int first = Math.min(row, present - LANES); // the last vector may overlap the one before
                neighbours(from.data(), from.at(first, 0), from.columnStride(), to, start + first, band, steps);
            }
        }
        for (; from.columnStride() == 1 && row + 8 <= present; row += 8) {
            eightContiguousRows(from, row, to, start + row, band, steps);
        }
        for (; row + 4 <= present; row += 4) {
            fourRows(from, row, to, start + row, band, steps);
        }
        for (; row < present; row++) {
            oneRow(from, row, to, start + row, band, steps);
        }
    }

    /** As many rows as a vector has lanes, which lie next to each other. */
    private static void neighbours(double[] from, int source, int stride, double[] to, int start, int band, int steps) {
        for (int p = 0; p < steps; p++) {
            DoubleVector.fromArray(SPECIES, from, source + p * stride).intoArray(to, start + p * band);
        }
    }

    /** Rows whose steps lie apart: four at a time, so that what is written together lies together. */
    private static void fourRows(Matrix from, int row, double[] to, int start, int band, int steps) {
        double[] data = from.data();
        int stride = from.columnStride();
        int row0 = from.at(row, 0);
        int row1 = from.at(row + 1, 0);
        int row2 = from.at(row + 2, 0);
        int row3 = from.at(row + 3, 0);
        for (int p = 0; p < steps; p++) {
            int at = start + p * band;
            int step = p * stride;
            to[at] = data[row0 + step];
            to[at + 1] = data[row1 + step];
            to[at + 2] = data[row2 + step];
            to[at + 3] = data[row3 + step];
        }
    }

    /** Rows that each lie in one piece: eight at a time, which fill a cache line. */
    private static void eightContiguousRows(Matrix from, int row, double[] to, int start, int band, int steps) {
        double[] data = from.data();
        int row0 = from.at(row, 0);
        int row1 = from.at(row + 1, 0);
        int row2 = from.at(row + 2, 0);
        int row3 = from.at(row + 3, 0);
        int row4 = from.at(row + 4, 0);
        int row5 = from.at(row + 5, 0);
        int row6 = from.at(row + 6, 0);
        int row7 = from.at(row + 7, 0);
        int at = start;
        for (int p = 0; p < steps; p++) {
            to[at] = data[row0 + p];
            to[at + 1] = data[row1 + p];
            to[at + 2] = data[row2 + p];
            to[at + 3] = data[row3 + p];
            to[at + 4] = data[row4 + p];
            to[at + 5] = data[row5 + p];
            to[at + 6] = data[row6 + p];
            to[at + 7] = data[row7 + p];
            at += band;
        }
    }

    private static void oneRow(Matrix from, int row, double[] to, int start, int band, int steps) {
        double[] data = from.data();
        int stride = from.columnStride();
        int source = from.at(row, 0);
        for (int p = 0; p < steps; p++) {
            to[start + p * band] = data[source + p * stride];
        }
    }
}
