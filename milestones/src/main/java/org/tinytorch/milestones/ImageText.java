package org.tinytorch.milestones;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytorch.tensor.Tensor;

/** Grey images as text: the darker the sign, the brighter the pixel. */
final class ImageText {
    private static final String SHADES = " .:-=+*#%@";

    private ImageText() {}

    /**
     * The rows of an image, two signs a pixel, so that it looks square on a terminal.
     *
     * @param image {@code (rows, columns)}, values from 0 to 1
     */
    static List<String> rows(Tensor image) {
        return IntStream.range(0, image.dim(0))
                .mapToObj(row -> IntStream.range(0, image.dim(1))
                        .mapToObj(column -> shade(image.get(row, column)).repeat(2))
                        .collect(Collectors.joining()))
                .toList();
    }

    private static String shade(double value) {
        int shade = (int) Math.round(Math.max(0, Math.min(1, value)) * (SHADES.length() - 1));
        return SHADES.substring(shade, shade + 1);
    }

    /** Blocks of text, each with a caption above it, next to each other. All blocks have the same number of rows. */
    static String sideBySide(List<String> captions, List<List<String>> blocks) {
        int width = blocks.stream()
                .flatMap(List::stream)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        width = Math.max(width, captions.stream().mapToInt(String::length).max().orElse(0)) + 3;
        String[] lines = new String[blocks.get(0).size() + 1];
        Arrays.fill(lines, "");
        for (int block = 0; block < blocks.size(); block++) {
            lines[0] += padded(captions.get(block), width);
            for (int row = 0; row + 1 < lines.length; row++) {
                lines[row + 1] += padded(blocks.get(block).get(row), width);
            }
        }
        return Arrays.stream(lines).map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
