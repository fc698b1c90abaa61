package org.tinytorch.peers;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytorch.autograd.ReuseMemory;
import org.tinytorch.nn.Parameter;
import org.tinytorch.optim.AdamW;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModelLoss;

/** A training step of the small GPT that nanoGPT trains on a CPU, from the same weights. Neither side clips gradients. */
final class GptWorkload {
    private static final int VOCABULARY = 65;
    private static final int BATCH = 12;
    private static final int CONTEXT = 64;
    private static final int LAYERS = 4;
    private static final int HEADS = 4;
    private static final int WIDTH = 128;
    private static final double RATE = 1e-6;

    private GptWorkload() {}

    /** How libtorch does it. */
    enum Theirs {
        /** A TorchScript program, attention operation by operation, and the fused AdamW. */
        SCRIPT("GPT step"),
        /** The same with attention in one kernel: the fastest that libtorch offers for this. */
        FUSED("GPT step against fused attention"),
        /** What a Java program does with DJL's interface; see {@link EagerGpt}. */
        EAGER("GPT step against DJL's operations");

        private final String row;

        Theirs(String row) {
            this.row = row;
        }
    }

    static Workload of(Torch torch, Theirs how, double atLeast, double aim) {
        Generator generator = new Generator(1);
        Gpt model = new Gpt(
                GptConfig.gpt2(VOCABULARY, CONTEXT, LAYERS, HEADS, WIDTH).bias(false), generator);
        Tensor ids = Tensors.randint(generator, VOCABULARY, BATCH, CONTEXT);
        Tensor targets = Tensors.randint(generator, VOCABULARY, BATCH, CONTEXT);
        Peer peer = how == Theirs.EAGER
                ? eager(torch, model.namedParameters(), ids, targets)
                : script(torch, model.namedParameters(), ids, targets, how == Theirs.FUSED);
        Optimizer optimizer = new AdamW(model.parameters(), RATE);
        LanguageModelLoss loss = new LanguageModelLoss();
        checkSame(loss.forward(model.forward(ids), targets).item(), peer.loss());
        Runnable ours = () -> {
            try (ReuseMemory scope = ReuseMemory.enter()) { // as the Trainer does
                optimizer.zeroGrad();
                loss.forward(model.forward(ids), targets).backward();
                optimizer.step();
            }
        };
        return new Workload(how.row, atLeast, aim, "libtorch", ours, peer.step());
    }

    /**
     * libtorch's side.
     *
     * @param loss before the first step
     */
    private record Peer(double loss, Runnable step) {}

    /** Comparing the speed of two programs makes sense only if they compute the same. */
    private static void checkSame(double ours, double theirs) {
        if (!(Math.abs(ours - theirs) < 1e-5)) {
            throw new IllegalStateException("peers: our loss is " + ours + ", libtorch's " + theirs
                    + "; the two sides do not compute the same");
        }
    }

    private static Peer eager(Torch torch, Map<String, Parameter> parameters, Tensor ids, Tensor targets) {
        Map<String, NDArray> weights = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> weights.put(name, torch.of(parameter)));
        EagerGpt gpt = new EagerGpt(
                torch.manager(), torch.type(), weights, LAYERS, HEADS, torch.integers(ids), torch.integers(targets));
        try (Torch.Scope scope = new Torch.Scope()) {
            return new Peer(Torch.number(gpt.loss(scope)), gpt.step(RATE));
        }
    }

    private static Peer script(
            Torch torch, Map<String, Parameter> parameters, Tensor ids, Tensor targets, boolean fused) {
        List<String> names = new ArrayList<>(parameters.keySet());
        List<NDArray> weights = parameters.values().stream().map(torch::of).toList();
        List<NDArray> inputs = new ArrayList<>(List.of(torch.integers(ids), torch.integers(targets.flatten())));
        inputs.addAll(weights);
        Torch.Program loss = torch.program(inputs.size(), loss(names, fused));
        double first = Torch.number(loss.recorded(inputs));
        return new Peer(first, torch.stepWithAdamW(weights, RATE, () -> loss.recorded(inputs)));
    }

    /** The name in the program of a parameter. */
    private static String input(List<String> names, String name) {
        return "x" + (2 + names.indexOf(name));
    }

    /** Causal attention, in one kernel or operation by operation. */
    private static List<String> attention(boolean fused) {
        if (fused) {
            return List.of("a = torch.scaled_dot_product_attention(query, key, value, None, 0., True)");
        }
        return List.of(
                "s = torch.mul(torch.matmul(query, torch.transpose(key, -2, -1)), " + 1 / Math.sqrt(WIDTH / HEADS)
                        + ")",
                "future = torch.to(torch.triu(torch.ones_like(s), 1), 11)", // 11: bool
                "p = torch.softmax(torch.masked_fill(s, future, -float('inf')), -1)",
                "a = torch.matmul(p, value)");
    }

    private static String[] loss(List<String> names, boolean fused) {
        List<String> lines = new ArrayList<>();
        String table = input(names, "tokens.weight");
        lines.add("h = torch.add(torch.embedding(%s, x0), %s)".formatted(table, input(names, "positions.weight")));
        for (int layer = 0; layer < LAYERS; layer++) {
            String at = "blocks." + layer + ".";
            lines.add("n = torch.layer_norm(h, [%d], %s, None, 1.0e-05)"
                    .formatted(WIDTH, input(names, at + "norm1.weight")));
            lines.add("all = torch.split(torch.linear(n, %s, None), %d, 2)"
                    .formatted(input(names, at + "attention.queryKeyValue.weight"), WIDTH));
            for (String part : List.of("query", "key", "value")) {
                lines.add("%s = torch.transpose(torch.view(all[%d], [%d, %d, %d, %d]), 1, 2)"
                        .formatted(
                                part,
                                List.of("query", "key", "value").indexOf(part),
                                BATCH,
                                CONTEXT,
                                HEADS,
                                WIDTH / HEADS));
            }
            lines.addAll(attention(fused));
            lines.add("m = torch.reshape(torch.transpose(a, 1, 2), [%d, %d, %d])".formatted(BATCH, CONTEXT, WIDTH));
            lines.add("h = torch.add(h, torch.linear(m, %s, None))"
                    .formatted(input(names, at + "attention.output.weight")));
            lines.add("n = torch.layer_norm(h, [%d], %s, None, 1.0e-05)"
                    .formatted(WIDTH, input(names, at + "norm2.weight")));
            lines.add("f = torch.gelu(torch.linear(n, %s, None))"
                    .formatted(input(names, at + "feedForward.expand.weight")));
            lines.add("h = torch.add(h, torch.linear(f, %s, None))"
                    .formatted(input(names, at + "feedForward.shrink.weight")));
        }
        lines.add("n = torch.layer_norm(h, [%d], %s, None, 1.0e-05)".formatted(WIDTH, input(names, "norm.weight")));
        lines.add("logits = torch.view(torch.linear(n, %s, None), [%d, %d])"
                .formatted(table, BATCH * CONTEXT, VOCABULARY));
        lines.add("return torch.cross_entropy_loss(logits, x1)");
        return lines.toArray(String[]::new);
    }
}
