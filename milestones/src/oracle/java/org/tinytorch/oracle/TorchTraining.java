package org.tinytorch.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.GptConfig;

/**
 * PyTorch's side of training a GPT as nanoGPT does: {@code clip_grad_norm_}, then AdamW, under which matrices decay, but neither norms nor biases.
 *
 * <p>All parameters are in one vector, first the matrices; so are the two averages of AdamW, and the gradients, so that the norm of one vector is the norm of all. AdamW is PyTorch's fused kernel.
 * {@code clip_grad_norm_} is Python, so its lines are written out in PyTorch's operations.
 */
final class TorchTraining {
    /** How to train. */
    record Recipe(double rate, double beta1, double beta2, double decay, double clip) {}

    private final TorchProgram loss;
    private final TorchProgram update;

    /** The weights and both averages, {@code (3, N)}. */
    private Tensor state;

    private int steps;

    /** Starts with the weights that a model of ours has now. */
    TorchTraining(GptConfig config, int length, Map<String, Parameter> parameters, Recipe recipe) {
        List<String> names = parameters.keySet().stream()
                .sorted(Comparator.comparing(name -> !isMatrix(parameters.get(name))))
                .toList();
        List<Tensor> weights =
                names.stream().map(name -> parameters.get(name).detach()).toList();
        this.loss = new TorchProgram(3, loss(config, length, names, weights));
        this.update = new TorchProgram(3, update(weights, recipe));
        Tensor vector = Tensors.concat(0, weights.stream().map(Tensor::flatten).toArray(Tensor[]::new));
        this.state = Tensors.stack(0, vector, Tensors.zeros(vector.size()), Tensors.zeros(vector.size()));
    }

    /** Whether a parameter decays. */
    static boolean isMatrix(Tensor parameter) {
        return parameter.rank() > 1;
    }

    /** Trains on one batch; the loss is that before the step. */
    double step(Tensor ids, Tensor targets) {
        List<Tensor> inputs = List.of(state.select(0, 0), ids, targets);
        Tensor value = loss.run(inputs);
        Tensor gradient = loss.gradients(inputs, List.of(0), Tensors.scalar(1)).get(0);
        steps++;
        state = update.run(List.of(state, gradient, Tensors.scalar(steps)));
        return value.item();
    }

    /** Of the vector of all parameters, the ids and the targets. */
    private static String[] loss(GptConfig config, int length, List<String> names, List<Tensor> weights) {
        List<String> lines = new ArrayList<>();
        List<Integer> sizes = weights.stream().map(Tensor::size).toList();
        lines.add("weights = torch.split_with_sizes(x0, " + sizes + ")");
        for (int i = 0; i < names.size(); i++) {
            lines.add("%s = torch.view(weights[%d], %s)"
                    .formatted(Comparison.identifier(names.get(i)), i, dims(weights.get(i))));
        }
        lines.add("ids = x1");
        lines.addAll(TorchGpt.logits(config, length));
        lines.add("return torch.cross_entropy_loss(torch.flatten(logits, 0, 1), torch.to(torch.flatten(x2), 4))");
        return lines.toArray(String[]::new);
    }

    private static String dims(Tensor tensor) {
        return Arrays.toString(tensor.shape().dims());
    }

    /** Of the state, the gradient and the number of the step. */
    private static String[] update(List<Tensor> weights, Recipe recipe) {
        int all = weights.stream().mapToInt(Tensor::size).sum();
        int matrices = weights.stream()
                .filter(TorchTraining::isMatrix)
                .mapToInt(Tensor::size)
                .sum();
        return new String[] {
            "norm = torch.linalg_vector_norm(x1)",
            "factor = torch.mul(torch.reciprocal(torch.add(norm, 1e-06)), " + recipe.clip() + ")",
            "g = torch.mul(x1, torch.clamp(factor, None, 1.0))",
            "w, m, v = torch.unbind(x0)",
            adamW("a", 0, matrices, recipe, recipe.decay()),
            adamW("b", matrices, all, recipe, 0),
            "return torch.stack([torch.cat([aw[0], bw[0]]), torch.cat([am[0], bm[0]]), torch.cat([av[0], bv[0]])])"
        };
    }

    /** Steps the parameters from one place of the vector to another. */
    private static String adamW(String group, int from, int to, Recipe recipe, double decay) {
        String part = "[torch.slice(%s, 0, " + from + ", " + to + ")]";
        return "%1$sw, %1$sg, %1$sm, %1$sv, %1$sx = torch._fused_adamw(".formatted(group)
                + String.join(", ", part.formatted("w"), part.formatted("g"), part.formatted("m"), part.formatted("v"))
                + ", annotate(List[Tensor], []), [torch.to(x2, 6)], lr=%s, beta1=%s, beta2=%s, weight_decay=%s, eps=1e-08, amsgrad=False, maximize=False)"
                        .formatted(recipe.rate(), recipe.beta1(), recipe.beta2(), decay);
    }
}
