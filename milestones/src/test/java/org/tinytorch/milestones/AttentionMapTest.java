package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

class AttentionMapTest {
    @TempDir
    private Path folder;

    private final Tokenizer tokenizer = CharTokenizer.of("abc \n");
    private final int[] tokens = tokenizer.encode("a cab\n");
    private final Gpt model = new Gpt(GptConfig.gpt2(5, 8, 3, 2, 8), new Generator(1));

    @Test
    void thereIsASquareForEachLayerAndHeadAndEachRowSharesOutOneLook() {
        List<Tensor> weights = AttentionMap.weights(model, tokens);

        assertThat(weights).hasSize(3);
        for (Tensor layer : weights) {
            assertThat(layer.shape().dims()).containsExactly(1, 2, tokens.length, tokens.length);
            assertThat(layer.sum(-1).sub(1).abs().max().item()).isCloseTo(0, within(1e-12));
            assertThat(layer.get(0, 1, 0, 1)).as("a look ahead").isZero();
        }
    }

    @Test
    void theFirstTokenSeesItselfAloneAndSoItsCellIsBlue() throws IOException {
        Path file = folder.resolve("attention.png");

        AttentionMap.save(file, model, tokenizer, tokens);

        BufferedImage picture = ImageIO.read(file.toFile());
        int blue = 0xFF0000FF;
        long cells = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                cells += picture.getRGB(x, y) == blue ? 1 : 0;
            }
        }
        assertThat(cells).as("pixels of six whole cells").isEqualTo(6 * 9 * 9);
    }
}
