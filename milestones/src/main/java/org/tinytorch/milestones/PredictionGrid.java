package org.tinytorch.milestones;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.tinytorch.data.ImageDataset;
import org.tinytorch.tensor.Tensor;

/** The first images of a data set with what they are and what a model took them for, as a PNG; mistakes in red. */
final class PredictionGrid {
    private static final int COLUMNS = 8;
    private static final int ROWS = 5;
    private static final int SCALE = 3;
    private static final int MARGIN = 12;
    private static final int LINE = 15;
    private static final int FONT_SIZE = 12;
    private static final int MOST = 255;

    private PredictionGrid() {}

    /**
     * Draws the grid, replacing the file. No display is needed.
     *
     * @param images of one or three channels
     * @param said the class that the model says, for each image
     */
    static void save(Path file, ImageDataset images, int... said) throws IOException {
        System.setProperty("java.awt.headless", "true");
        int count = Math.min(COLUMNS * ROWS, images.size());
        int rows = (count + COLUMNS - 1) / COLUMNS;
        int cellWidth = SCALE * images.imageShape().dim(2) + MARGIN;
        int cellHeight = SCALE * images.imageShape().dim(1) + 2 * LINE + MARGIN;
        BufferedImage picture =
                new BufferedImage(COLUMNS * cellWidth + MARGIN, rows * cellHeight + MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE));
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        for (int i = 0; i < count; i++) {
            int x = MARGIN + i % COLUMNS * cellWidth;
            int y = MARGIN + i / COLUMNS * cellHeight;
            cell(graphics.create(x, y, cellWidth - MARGIN, cellHeight), images, i, said[i]);
        }
        graphics.dispose();
        try (OutputStream out = Files.newOutputStream(file)) {
            ImageIO.write(picture, "png", out);
        }
    }

    private static void cell(Graphics cell, ImageDataset images, int index, int said) {
        BufferedImage image = image(images.images(index, index + 1).select(0, 0));
        int width = SCALE * image.getWidth();
        int height = SCALE * image.getHeight();
        cell.drawImage(image, 0, 0, width, height, null); // without a hint that is the nearest neighbour
        boolean right = said == images.label(index);
        cell.setColor(Color.BLACK);
        centred(cell, images.classNames().get(images.label(index)), width, height + LINE - 2);
        cell.setColor(right ? Color.GRAY : Color.RED);
        centred(cell, images.classNames().get(said), width, height + 2 * LINE - 2);
        cell.dispose();
    }

    private static void centred(Graphics cell, String text, int width, int baseline) {
        FontMetrics metrics = cell.getFontMetrics();
        cell.drawString(text, Math.max(0, (width - metrics.stringWidth(text)) / 2), baseline);
    }

    /** An image {@code (channels, rows, columns)} with values from 0 to 1; of a single channel, in grey. */
    private static BufferedImage image(Tensor pixels) {
        BufferedImage image = new BufferedImage(pixels.dim(2), pixels.dim(1), BufferedImage.TYPE_INT_RGB);
        int last = pixels.dim(0) - 1;
        for (int row = 0; row < image.getHeight(); row++) {
            for (int column = 0; column < image.getWidth(); column++) {
                int rgb = 0;
                for (int channel = 0; channel < 3; channel++) {
                    double value = pixels.get(Math.min(channel, last), row, column);
                    rgb = rgb << 8 | (int) Math.round(MOST * Math.max(0, Math.min(1, value)));
                }
                image.setRGB(column, row, rgb);
            }
        }
        return image;
    }
}
