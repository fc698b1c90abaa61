package org.tinytorch.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tinytorch.optim.Adam;
import org.tinytorch.optim.AdamW;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.optim.RmsProp;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Ten steps of every optimiser with every option, against PyTorch, from the same start: both sides work out their own gradients of the same function, so that
 * a difference in any step would grow.
 *
 * <p>SGD, Adam and AdamW are PyTorch's own fused kernels ({@code _fused_sgd}, {@code _fused_adam}, {@code _fused_adamw}), which {@code torch.optim} calls with
 * {@code fused=True}. RMSprop has no such kernel; {@code torch.optim.RMSprop} is Python, so its lines are written out here in PyTorch's operations.
 */
class OptimizersOracle {
    private static final int STEPS = 10;
    private static final Tensor START = Tensors.of(1.5, -0.7, 0.3, 2.0, -1.1);

    /** Has curvature that differs from one coordinate to the next: {@code Σ a·w⁴/4 + b·w²/2 − w}. */
    private static final Tensor QUARTIC = Tensors.of(0.5, 1, 2, 0.1, 0.3);

    private static final Tensor QUADRATIC = Tensors.of(1, 0.2, 3, 0.5, 2);

    /** One comparison: our optimiser over a parameter; PyTorch's step, which reads w, g, the state s0, s1 and the step t, and returns [w, s0, s1]. */
    private record Case(String name, Function<List<Tensor>, Optimizer> ours, String... step) {}

    @TestFactory
    Stream<DynamicTest> everyOptimizer() {
        return Stream.of(sgd(), adam(), rmsProp())
                .flatMap(List::stream)
                .map(one -> dynamicTest(one.name(), () -> compare(one)));
    }

    private static List<Case> sgd() {
        return List.of(
                sgd("sgd", w -> new Sgd(w, 0.05), 0, 0, 0, false),
                sgd("sgd, momentum", w -> new Sgd(w, 0.05).momentum(0.9), 0.9, 0, 0, false),
                sgd(
                        "sgd, momentum, dampening",
                        w -> new Sgd(w, 0.05).momentum(0.9).dampening(0.3),
                        0.9,
                        0.3,
                        0,
                        false),
                sgd("sgd, weight decay", w -> new Sgd(w, 0.05).weightDecay(0.1), 0, 0, 0.1, false),
                sgd("sgd, nesterov", w -> new Sgd(w, 0.05).momentum(0.8).nesterov(), 0.8, 0, 0, true),
                sgd(
                        "sgd, nesterov, weight decay",
                        w -> new Sgd(w, 0.05).momentum(0.8).nesterov().weightDecay(0.1),
                        0.8,
                        0,
                        0.1,
                        true));
    }

    private static Case sgd(
            String name,
            Function<List<Tensor>, Optimizer> ours,
            double momentum,
            double dampening,
            double decay,
            boolean nesterov) {
        String buffers = momentum == 0 ? "annotate(List[Tensor], [])" : "[s0]";
        String options =
                "weight_decay=%s, momentum=%s, lr=0.05, dampening=%s, nesterov=%s, maximize=False, is_first_step=bool(torch.eq(t, 1))"
                        .formatted(decay, momentum, dampening, nesterov ? "True" : "False");
        return new Case(
                name,
                ours,
                "ws, gs, ms = torch._fused_sgd([w], [g], " + buffers + ", " + options + ")",
                "return torch.stack([ws[0], " + (momentum == 0 ? "s0" : "ms[0]") + ", s1])");
    }

    private static List<Case> adam() {
        return List.of(
                adam("adam", "adam", w -> new Adam(w, 0.1), 0.9, 0.999, 1e-8, 0),
                adam(
                        "adam, betas, epsilon",
                        "adam",
                        w -> new Adam(w, 0.1).betas(0.7, 0.95).epsilon(1e-3),
                        0.7,
                        0.95,
                        1e-3,
                        0),
                adam("adam, weight decay", "adam", w -> new Adam(w, 0.1).weightDecay(0.1), 0.9, 0.999, 1e-8, 0.1),
                adam("adamw", "adamw", w -> new AdamW(w, 0.1), 0.9, 0.999, 1e-8, 0.01),
                adam(
                        "adamw, weight decay",
                        "adamw",
                        w -> new AdamW(w, 0.1).weightDecay(0.3).betas(0.8, 0.9),
                        0.8,
                        0.9,
                        1e-8,
                        0.3));
    }

    private static Case adam(
            String name,
            String kernel,
            Function<List<Tensor>, Optimizer> ours,
            double beta1,
            double beta2,
            double epsilon,
            double decay) {
        return new Case(
                name,
                ours,
                ("ws, gs, ms, vs, xs = torch._fused_%s([w], [g], [s0], [s1], annotate(List[Tensor], []), [torch.to(t, 6)], lr=0.1, beta1=%s, beta2=%s,"
                                + " weight_decay=%s, eps=%s, amsgrad=False, maximize=False)")
                        .formatted(kernel, beta1, beta2, decay, epsilon),
                "return torch.stack([ws[0], ms[0], vs[0]])");
    }

    private static List<Case> rmsProp() {
        String average = "s = torch.addcmul(torch.mul(s0, 0.99), g, g, value=" + (1 - 0.99) + ")";
        return List.of(
                new Case(
                        "rmsprop",
                        w -> new RmsProp(w, 0.05),
                        average,
                        "return torch.stack([torch.addcdiv(w, g, torch.add(torch.sqrt(s), 1e-08), value=-0.05), s, s1])"),
                new Case(
                        "rmsprop, alpha, epsilon, weight decay",
                        w -> new RmsProp(w, 0.05).alpha(0.8).epsilon(1e-3).weightDecay(0.1),
                        "d = torch.add(g, w, alpha=0.1)",
                        "s = torch.addcmul(torch.mul(s0, 0.8), d, d, value=" + (1 - 0.8) + ")",
                        "return torch.stack([torch.addcdiv(w, d, torch.add(torch.sqrt(s), 0.001), value=-0.05), s, s1])"),
                new Case(
                        "rmsprop, momentum",
                        w -> new RmsProp(w, 0.05).momentum(0.9),
                        average,
                        "v = torch.addcdiv(torch.mul(s1, 0.9), g, torch.add(torch.sqrt(s), 1e-08))",
                        "return torch.stack([torch.add(w, v, alpha=-0.05), s, v])"),
                new Case(
                        "rmsprop, centered",
                        w -> new RmsProp(w, 0.05).centered(),
                        average,
                        "a = torch.lerp(s1, g, " + (1 - 0.99) + ")",
                        "r = torch.sqrt(torch.addcmul(s, a, a, value=-1))",
                        "return torch.stack([torch.addcdiv(w, g, torch.add(r, 1e-08), value=-0.05), s, a])"));
    }

    private static void compare(Case one) {
        List<String> lines = new ArrayList<>(List.of("w, s0, s1 = torch.unbind(x0)", "g = x1", "t = x2"));
        lines.addAll(List.of(one.step()));
        TorchProgram torchStep = new TorchProgram(3, lines.toArray(String[]::new));
        TorchProgram torchLoss = TorchProgram.of(
                3,
                "torch.sum(torch.sub(torch.add(torch.mul(torch.pow(x0, 4), torch.div(x1, 4)), torch.mul(torch.pow(x0, 2), torch.div(x2, 2))), x0))");

        Tensor weights = START.copy().requiresGrad(true);
        Optimizer optimizer = one.ours().apply(List.of(weights));
        Tensor torchState = Tensors.stack(0, START, Tensors.zeros(5), Tensors.zeros(5));
        for (int step = 1; step <= STEPS; step++) {
            optimizer.zeroGrad();
            weights.pow(4)
                    .mul(QUARTIC)
                    .div(4)
                    .add(weights.square().mul(QUADRATIC).div(2))
                    .sub(weights)
                    .sum()
                    .backward();
            optimizer.step();

            Tensor torchWeights = torchState.select(0, 0);
            Tensor torchGradient = torchLoss
                    .gradients(List.of(torchWeights, QUARTIC, QUADRATIC), List.of(0), Tensors.scalar(1))
                    .get(0);
            torchState = torchStep.run(List.of(torchState, torchGradient, Tensors.scalar(step)));
            Agreement.check(one.name() + ", weights after step " + step, weights.detach(), torchState.select(0, 0));
        }
        assertThat(weights.allClose(START)).as("the steps must lead somewhere").isFalse();
    }
}
