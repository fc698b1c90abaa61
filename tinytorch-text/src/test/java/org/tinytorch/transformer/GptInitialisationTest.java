package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class GptInitialisationTest {
    private static final double DEVIATION = 0.02;
    /** A mean of random numbers is practically never so many standard errors away from what is expected. */
    private static final double STANDARD_ERRORS = 5;

    static Stream<GptConfig> configs() {
        return Stream.of(GptConfig.gpt2(65, 32, 3, 4, 32), GptConfig.llama(65, 32, 3, 4, 32))
                .flatMap(config -> Stream.of(config, config.tied(false).bias(!config.bias())));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void isThatOfGpt2(GptConfig config) {
        new Gpt(config, new Generator(1)).namedParameters().forEach((name, parameter) -> {
            if (name.endsWith(".bias")) {
                assertThat(parameter.data()).as(name).containsOnly(0);
            } else if (name.matches("(.*\\.)?norm[12]?\\.weight")) {
                assertThat(parameter.data()).as(name).containsOnly(1);
            } else if (name.matches(".*\\.(output|shrink|down)\\.weight")) {
                assertNormal(name, parameter, DEVIATION / Math.sqrt(2 * config.layers()));
            } else {
                assertNormal(name, parameter, DEVIATION);
            }
        });
    }

    private static void assertNormal(String name, Parameter parameter, double deviation) {
        double n = parameter.size();
        assertThat(parameter.mean().item())
                .as("mean of " + name)
                .isCloseTo(0, within(STANDARD_ERRORS * deviation / Math.sqrt(n)));
        assertThat(parameter.std().item())
                .as("deviation of " + name)
                .isCloseTo(deviation, within(STANDARD_ERRORS * deviation / Math.sqrt(2 * n)));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void aModelThatHasLearntNothingHoldsAllTokensForAboutAsLikely(GptConfig config) {
        Generator generator = new Generator(2);
        Tensor ids = Tensors.randint(generator, config.vocabularySize(), 4, config.contextLength());
        Tensor targets = Tensors.randint(generator, config.vocabularySize(), 4, config.contextLength());
        Gpt model = new Gpt(config, generator);

        assertThat(new LanguageModelLoss().forward(model.forward(ids), targets).item())
                .as("loss")
                .isCloseTo(Math.log(config.vocabularySize()), within(0.05));
    }
}
