package org.tinytorch.acceleration;

import java.util.Arrays;

/**
 * Copies a block of a matrix into panels, in the order in which the innermost loop reads it: for the left side bands of some rows, each column after column,
 * for the right side bands of some columns, each row after row. What is missing in the last panel is filled with zeros (Goto and van de Geijn, 2008).
 */
final class Packing {
    private Packing() {}

    /** Bands of {@code height} rows: element {@code (i, p)} of a band is at {@code p · height + i}. */
    static void rows(Matrix a, int rows, int columns, int height, double[] panels, int start) {
        bands(a, rows, columns, height, a.rowStride(), a.columnStride(), panels, start);
    }

    /** Bands of {@code width} columns: element {@code (p, j)} of a band is at {@code p · width + j}. */
    static void columns(Matrix b, int rows, int columns, int width, double[] panels, int start) {
        bands(b, columns, rows, width, b.columnStride(), b.rowStride(), panels, start);
    }

    private static void bands(
            Matrix from, int lanes, int steps, int band, int laneStride, int stepStride, double[] panels, int start) {
        for (int lane = 0; lane < lanes; lane += band) {
            int width = Math.min(band, lanes - lane);
            int source = from.start() + lane * laneStride;
            int target = start + lane * steps;
            if (width < band) {
                Arrays.fill(panels, target, target + band * steps, 0);
            }
            if (laneStride == 1) {
                neighbours(from.data(), source, stepStride, panels, target, band, width, steps);
            } else {
                for (int i = 0; i < width; i++) {
                    strided(from.data(), source + i * laneStride, stepStride, panels, target + i, band, steps);
                }
            }
        }
    }

    /** The lanes of a band lie next to each other. */
    private static void neighbours(
            double[] from, int source, int stepStride, double[] panels, int target, int band, int width, int steps) {
        for (int p = 0; p < steps; p++) {
            System.arraycopy(from, source + p * stepStride, panels, target + p * band, width);
        }
    }

    /** One lane of a band, step by step. */
    private static void strided(
            double[] from, int source, int stepStride, double[] panels, int target, int band, int steps) {
        for (int p = 0; p < steps; p++) {
            panels[target + p * band] = from[source + p * stepStride];
        }
    }
}
