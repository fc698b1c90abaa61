package org.tinytorch.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tinytorch.autograd.ReuseMemory;
import org.tinytorch.nn.Parameter;
import org.tinytorch.optim.AdamW;
import org.tinytorch.optim.GradientClipping;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.optim.Option;
import org.tinytorch.optim.ParameterGroup;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModelLoss;

/**
 * Ten steps of training a small GPT as nanoGPT does, from the same weights with the same batches: the ten losses are PyTorch's. Each side works out its own gradients and takes its own steps, so that a
 * difference in any step would show in the losses that follow.
 */
class GptTrainingOracle {
    private static final int STEPS = 10;
    private static final int VOCABULARY = 11;
    private static final int LENGTH = 8;
    private static final int BATCH = 3;

    private static final TorchTraining.Recipe RECIPE = new TorchTraining.Recipe(1e-2, 0.9, 0.99, 0.1, 1);

    @TestFactory
    Stream<DynamicTest> tenSteps() {
        GptConfig gpt2 = GptConfig.gpt2(VOCABULARY, LENGTH, 2, 4, 16);
        GptConfig llama = GptConfig.llama(VOCABULARY, LENGTH, 2, 4, 16).keyValueHeads(2);
        return Stream.of(
                dynamicTest("GPT-2", () -> compare(gpt2)),
                dynamicTest("GPT-2 without biases", () -> compare(gpt2.bias(false))),
                dynamicTest("Llama, grouped heads", () -> compare(llama)));
    }

    private static void compare(GptConfig config) {
        Gpt model = new Gpt(config, new Generator(1));
        TorchTraining torch = new TorchTraining(config, LENGTH, model.namedParameters(), RECIPE);
        Optimizer optimizer = optimizer(model);
        double[] ours = new double[STEPS];
        double[] theirs = new double[STEPS];
        double largest = 0;
        for (int i = 0; i < STEPS; i++) {
            Tensor text = text(i);
            Tensor ids = text.slice(1, 0, LENGTH);
            Tensor targets = text.slice(1, 1, LENGTH + 1);
            theirs[i] = torch.step(ids, targets);
            try (ReuseMemory scope = ReuseMemory.enter()) { // as the Trainer does
                optimizer.zeroGrad();
                Tensor loss = new LanguageModelLoss().forward(model.forward(ids), targets);
                loss.backward();
                largest = Math.max(largest, GradientClipping.byNorm(model.parameters(), RECIPE.clip()));
                optimizer.step();
                ours[i] = loss.item();
            }
        }
        Agreement.check("losses", Tensors.of(ours), Tensors.of(theirs));
        assertThat(largest).as("a norm to be clipped").isGreaterThan(RECIPE.clip());
        assertThat(ours[STEPS - 1]).as("the steps must lead somewhere").isLessThan(ours[0]);
    }

    /** Sequences that count on from some token, so that there is something to learn. */
    private static Tensor text(int stream) {
        int[] starts = new Generator(stream).permutation(VOCABULARY);
        int places = LENGTH + 1;
        double[] ids = IntStream.range(0, BATCH * places)
                .mapToDouble(i -> (starts[i / places] + i % places) % VOCABULARY)
                .toArray();
        return Tensors.of(ids, BATCH, places);
    }

    /** Matrices decay, norms and biases do not. */
    private static Optimizer optimizer(Gpt model) {
        Map<Boolean, List<Parameter>> matrices =
                model.parameters().stream().collect(Collectors.partitioningBy(TorchTraining::isMatrix));
        List<ParameterGroup> groups = List.of(
                new ParameterGroup(matrices.get(true)).set(Option.WEIGHT_DECAY, RECIPE.decay()),
                new ParameterGroup(matrices.get(false)).set(Option.WEIGHT_DECAY, 0));
        return new AdamW(groups, RECIPE.rate()).betas(RECIPE.beta1(), RECIPE.beta2());
    }
}
