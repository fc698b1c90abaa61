package org.tinytorch.checks;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Small grey images of ten signs, the figures 0 to 9, drawn by this code: strokes one pixel wide, always at the same place, with random ink, gaps, specks and
 * noise. The same seed gives the same images everywhere, as {@link Random} promises. Data for the experiments of modules 08 to 10.
 *
 * @param pixels one image a row, {@code SIDE * SIDE} numbers from 0 (paper) to 1 (ink), row by row from the top left
 * @param labels which figure each image shows, 0 to 9; the figures come in turn
 */
public record Glyphs(double[][] pixels, int[] labels) {
    /** The height and the width of an image, in pixels. */
    public static final int SIDE = 12;

    /** How many figures there are. */
    public static final int CLASSES = 10;

    private static final int TOP = 1;
    private static final int LEFT = 2;
    private static final double GAP = 0.1;
    private static final double SPECK = 0.03;
    private static final double NOISE = 0.1;

    private static final List<List<String>> SHAPES = List.of(
            List.of(".#####.", "#.....#", "#.....#", "#.....#", "#.....#", "#.....#", "#.....#", "#.....#", ".#####."),
            List.of("...#...", "..##...", ".#.#...", "...#...", "...#...", "...#...", "...#...", "...#...", "...#..."),
            List.of(".#####.", "#.....#", "......#", ".....#.", "....#..", "...#...", "..#....", ".#.....", "#######"),
            List.of(".#####.", "#.....#", "......#", "......#", "..####.", "......#", "......#", "#.....#", ".#####."),
            List.of("....#..", "...##..", "..#.#..", ".#..#..", "#...#..", "#######", "....#..", "....#..", "....#.."),
            List.of("#######", "#......", "#......", "#......", "######.", "......#", "......#", "#.....#", ".#####."),
            List.of("..####.", ".#.....", "#......", "#......", "######.", "#.....#", "#.....#", "#.....#", ".#####."),
            List.of("#######", "......#", ".....#.", ".....#.", "....#..", "....#..", "...#...", "...#...", "...#..."),
            List.of(".#####.", "#.....#", "#.....#", "#.....#", ".#####.", "#.....#", "#.....#", "#.....#", ".#####."),
            List.of(".#####.", "#.....#", "#.....#", "#.....#", ".######", "......#", "......#", ".....#.", ".####.."));

    /**
     * Draws images.
     *
     * @param samples how many; ten of them show each figure once
     * @param seed where the chance begins
     * @return the images
     */
    public static Glyphs of(int samples, long seed) {
        Random random = new Random(seed);
        int[] labels = IntStream.range(0, samples).map(i -> i % CLASSES).toArray();
        double[][] pixels = new double[samples][];
        for (int i = 0; i < samples; i++) {
            pixels[i] = draw(SHAPES.get(labels[i]), random);
        }
        return new Glyphs(pixels, labels);
    }

    private static double[] draw(List<String> shape, Random random) {
        double ink = 0.6 + 0.4 * random.nextDouble();
        double[] image = new double[SIDE * SIDE];
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                boolean stroke = isStroke(shape, row - TOP, column - LEFT);
                boolean flipped = random.nextDouble() < (stroke ? GAP : SPECK);
                double grey = (stroke != flipped ? ink : 0) + NOISE * random.nextGaussian();
                image[row * SIDE + column] = Math.max(0, Math.min(1, grey));
            }
        }
        return image;
    }

    private static boolean isStroke(List<String> shape, int row, int column) {
        return row >= 0
                && row < shape.size()
                && column >= 0
                && column < shape.get(row).length()
                && shape.get(row).charAt(column) == '#';
    }

    /**
     * The same images moved; what leaves the frame is lost, and paper comes in.
     *
     * @param right by how many pixels; to the left if negative
     * @param down by how many pixels; up if negative
     * @return new images with the same labels
     */
    public Glyphs shifted(int right, int down) {
        double[][] moved = new double[pixels.length][SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            for (int row = Math.max(0, down); row < Math.min(SIDE, SIDE + down); row++) {
                for (int column = Math.max(0, right); column < Math.min(SIDE, SIDE + right); column++) {
                    moved[i][row * SIDE + column] = pixels[i][(row - down) * SIDE + column - right];
                }
            }
        }
        return new Glyphs(moved, labels.clone());
    }

    /**
     * The same images with their pixels in another order: one random order, the same for all images.
     *
     * @param seed decides the order; use the same one for the images to learn from and those to test with
     * @return new images with the same labels
     */
    public Glyphs permuted(long seed) {
        int[] order = IntStream.range(0, SIDE * SIDE).toArray();
        Random random = new Random(seed);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        double[][] mixed = new double[pixels.length][SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            for (int p = 0; p < order.length; p++) {
                mixed[i][p] = pixels[i][order[p]];
            }
        }
        return new Glyphs(mixed, labels.clone());
    }

    /**
     * One image as text, a line for each row of pixels.
     *
     * @param index which image
     * @return {@code SIDE} lines; the darker a pixel, the heavier the sign, two characters wide so that the image looks square
     */
    public String text(int index) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                char sign = ".:+#".charAt((int) Math.min(3, 4 * pixels[index][row * SIDE + column]));
                text.append(sign).append(sign);
            }
            text.append('\n');
        }
        return text.toString();
    }
}
