package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Each parameter is moved a little, all its numbers at once in a random direction: the loss must change as the gradient foretells. */
class GptGradientTest {
    private static final double STEP = 1e-6;

    private static final Tensor IDS = SmallGpts.ids(2, 4);
    private static final Tensor TARGETS = Tensors.randint(new Generator(3), SmallGpts.VOCABULARY, 2, 4);

    private static Tensor loss(Gpt model) {
        return new LanguageModelLoss().forward(model.forward(IDS), TARGETS);
    }

    private static double lossAt(Gpt model, Tensor parameter, Tensor place) {
        parameter.copyFrom(place);
        try (NoGrad scope = NoGrad.enter()) {
            return loss(model).item();
        }
    }

    @ParameterizedTest
    @MethodSource("org.tinytorch.transformer.SmallGpts#all")
    void agreesWithDifferences(GptConfig config) {
        Gpt model = SmallGpts.shaken(config);
        Generator generator = new Generator(4);

        loss(model).backward();

        model.namedParameters().forEach((name, parameter) -> {
            Tensor before = parameter.copy();
            Tensor direction = Tensors.randn(generator, parameter.shape().dims());
            double above = lossAt(model, parameter, before.add(direction.mul(STEP)));
            double below = lossAt(model, parameter, before.sub(direction.mul(STEP)));
            parameter.copyFrom(before);

            assertThat(parameter.grad().orElseThrow().mul(direction).sum().item())
                    .as("slope of the loss along a direction of " + name)
                    .isCloseTo((above - below) / (2 * STEP), within(1e-7));
        });
    }
}
