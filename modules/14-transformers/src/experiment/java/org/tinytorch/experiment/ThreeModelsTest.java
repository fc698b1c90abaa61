package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.experiment.ThreeModels.Count;
import org.tinytorch.experiment.ThreeModels.Subject;

/** Holds the table that opens phase 4 to its counts. */
final class ThreeModelsTest {
    private static Subject mlp;
    private static Subject cnn;
    private static Subject gpt;

    @BeforeAll
    static void train() {
        mlp = ThreeModels.mlp();
        cnn = ThreeModels.cnn();
        gpt = ThreeModels.gpt();
    }

    @Test
    @DisplayName("the three have learnt something")
    void trained() {
        assertThat(mlp.quality().getAsDouble()).as("new digits that the MLP reads").isGreaterThan(0.85);
        assertThat(cnn.quality().getAsDouble()).as("new digits that the CNN reads").isGreaterThan(0.85);
        assertThat(gpt.quality().getAsDouble()).as("loss of a token, log 20 = 3.0 before").isLessThan(2.2);
    }

    @Test
    @DisplayName("parameters, and 8 bytes for each")
    void parameters() {
        assertThat(mlp.model().parameterCount()).as("of the MLP").isEqualTo(64 * 128 + 128 + 128 * 10 + 10);
        assertThat(cnn.model().parameterCount()).as("of the CNN").isEqualTo(16 * 9 + 16 + 32 * 16 * 9 + 32 + 128 * 128 + 128 + 128 * 10 + 10);
        assertThat(mlp.bytes()).as("bytes of the MLP").isEqualTo(8 * 9610);
    }

    @Test
    @DisplayName("multiply-adds of a prediction, as the formulas say")
    void predictions() {
        assertThat(mlp.count(mlp.prediction()).products()).as("products of the MLP").isEqualTo(64 * 128 + 128 * 10);
        Count image = cnn.count(cnn.prediction());
        assertThat(image.products()).as("products of the CNN").isEqualTo(128 * 128 + 128 * 10);
        assertThat(image.convolutions()).as("convolutions of the CNN").isEqualTo(64 * 16 * 9 + 16 * 32 * 16 * 9);
    }

    @Test
    @DisplayName("products or convolutions are most of every step, and twice the way forward again")
    void steps() {
        for (Subject subject : new Subject[] {mlp, cnn, gpt}) {
            Count step = subject.count(subject.step());
            assertThat((step.products() + step.convolutions()) / (double) step.all())
                    .as("share of products and convolutions, %s", subject.name())
                    .isGreaterThan(0.8);
        }
        Count step = cnn.count(cnn.step());
        Count forward = cnn.count(cnn.prediction());
        assertThat(step.convolutions()).as("convolutions of a step: forward, weights, and the second one's input").isEqualTo(32 * (2 * forward.convolutions() + 16 * 32 * 16 * 9));
        assertThat(step.convolutions()).as("convolutions, against products").isGreaterThan(step.products());
    }
}
