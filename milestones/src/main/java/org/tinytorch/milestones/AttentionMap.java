package org.tinytorch.milestones;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.nn.ForwardHook;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.training.Modes;
import org.tinytorch.transformer.Gpt;

/**
 * Where each place of a text looks, as a PNG: a row of squares for each layer, a square for each head. In a square, a row for each token that looks, a column for each that is looked at; the darker the more.
 */
final class AttentionMap {
    private static final int CELL = 9;
    private static final int LABEL = 42;
    private static final int MARGIN = 10;
    private static final int TITLE = 30;
    private static final int FONT_SIZE = 9;
    private static final int LABEL_CHARACTERS = 6;
    private static final int MOST = 255;

    private AttentionMap() {}

    /** The weights of each layer, {@code (1, H, T, T)}. */
    static List<Tensor> weights(Gpt model, int... tokens) {
        List<Tensor> weights = new ArrayList<>();
        ForwardHook look = (path, layer, input, output) -> {
            if (layer instanceof MultiHeadAttention attention) {
                weights.add(attention.weights(input));
            }
        };
        try (Modes modes = Modes.evaluation(model);
                NoGrad scope = NoGrad.enter();
                ForwardHook.Handle hook = model.onEachForward(look)) {
            model.forward(Tensors.of(Arrays.stream(tokens).asDoubleStream().toArray(), 1, tokens.length));
        }
        return weights;
    }

    /** Draws the picture, replacing the file. No display is needed. */
    static void save(Path file, Gpt model, Tokenizer tokenizer, int... tokens) throws IOException {
        System.setProperty("java.awt.headless", "true");
        List<Tensor> weights = weights(model, tokens);
        List<String> labels = Arrays.stream(tokens)
                .mapToObj(id -> label(tokenizer.decode(id)))
                .toList();
        int side = CELL * tokens.length + LABEL + MARGIN;
        BufferedImage picture = new BufferedImage(
                model.config().heads() * side + MARGIN,
                weights.size() * (side + TITLE) + MARGIN,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        graphics.setFont(new Font(Font.MONOSPACED, Font.PLAIN, FONT_SIZE));
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        for (int layer = 0; layer < weights.size(); layer++) {
            for (int head = 0; head < model.config().heads(); head++) {
                int x = MARGIN + head * side;
                int y = MARGIN + layer * (side + TITLE);
                String title = "layer " + (layer + 1) + ", head " + (head + 1);
                square(graphics, x, y, title, weights.get(layer).select(0, 0).select(0, head), labels);
            }
        }
        graphics.dispose();
        try (OutputStream out = Files.newOutputStream(file)) {
            ImageIO.write(picture, "png", out);
        }
    }

    /** A token as it can be shown in a few characters. */
    private static String label(String token) {
        String shown = token.replace("\n", "⏎").replace(" ", "·");
        return shown.length() <= LABEL_CHARACTERS ? shown : shown.substring(0, LABEL_CHARACTERS - 1) + "…";
    }

    private static void square(Graphics2D graphics, int x, int y, String title, Tensor weights, List<String> labels) {
        int left = x + LABEL;
        int top = y + TITLE;
        graphics.setColor(Color.BLACK);
        graphics.drawString(title, left, y + FONT_SIZE);
        for (int i = 0; i < labels.size(); i++) {
            graphics.setColor(Color.DARK_GRAY);
            int width = graphics.getFontMetrics().stringWidth(labels.get(i));
            graphics.drawString(labels.get(i), left - 3 - width, top + (i + 1) * CELL - 1);
            if (labels.get(i).length() == 1) {
                graphics.drawString(labels.get(i), left + i * CELL + 1, top - 3);
            }
            for (int j = 0; j < labels.size(); j++) {
                int light = (int) Math.round(MOST * (1 - weights.get(i, j)));
                graphics.setColor(new Color(light, light, MOST));
                graphics.fillRect(left + j * CELL, top + i * CELL, CELL, CELL);
            }
        }
        graphics.setColor(Color.GRAY);
        graphics.drawRect(left - 1, top - 1, CELL * labels.size() + 1, CELL * labels.size() + 1);
    }
}
