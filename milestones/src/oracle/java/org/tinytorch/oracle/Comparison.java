package org.tinytorch.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.testing.Sample;

/**
 * One computation by both sides: its value, and its gradients with respect to all variables.
 *
 * @param name shown by the tests
 * @param variables leaves that want a gradient, by the names that they have in PyTorch's lines, in which dots become underscores
 * @param constants tensors that get no gradient, by their names
 * @param ours computes the result from those very tensors
 * @param lines PyTorch's statements; the last one returns the result
 */
record Comparison(
        String name,
        Map<String, Tensor> variables,
        Map<String, Tensor> constants,
        Supplier<Tensor> ours,
        List<String> lines) {
    /** Statements that give the inputs {@code x0}, {@code x1}, … names. */
    static List<String> named(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> identifier(names.get(i)) + " = x" + i)
                .toList();
    }

    /** The name in PyTorch's lines of a parameter, such as {@code blocks_0_norm1_weight}. */
    static String identifier(String path) {
        return path.replace('.', '_');
    }

    /** As a test. */
    DynamicTest test() {
        return DynamicTest.dynamicTest(name, this::check);
    }

    private void check() {
        List<String> names = new ArrayList<>(variables.keySet());
        List<Tensor> inputs = new ArrayList<>();
        variables.values().forEach(variable -> inputs.add(variable.detach()));
        names.addAll(constants.keySet());
        inputs.addAll(constants.values());
        List<String> statements = new ArrayList<>(named(names));
        statements.addAll(lines);
        TorchProgram torch = new TorchProgram(inputs.size(), statements.toArray(String[]::new));

        Tensor result = ours.get();
        Agreement.check(name + ", value", result.detach(), torch.run(inputs));

        Tensor seed = Sample.seed(result.shape());
        result.backward(seed);
        List<Integer> differentiated =
                IntStream.range(0, variables.size()).boxed().toList();
        List<Tensor> gradients = torch.gradients(inputs, differentiated, seed);
        for (int i = 0; i < gradients.size(); i++) {
            String variable = names.get(i);
            Tensor gradient = variables
                    .get(variable)
                    .grad()
                    .orElseThrow(() -> new AssertionError(name + ": " + variable + " got no gradient"));
            Agreement.check(name + ", gradient of " + variable, gradient, gradients.get(i));
        }
    }
}
