package org.tinytorch.oracle;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tinytorch.activation.Activations;
import org.tinytorch.loss.BceWithLogitsLoss;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.HuberLoss;
import org.tinytorch.loss.KlDivLoss;
import org.tinytorch.loss.L1Loss;
import org.tinytorch.loss.Loss;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.loss.NllLoss;
import org.tinytorch.loss.Reduction;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Sample;
import org.tinytorch.testing.Values;

/** Every loss with every option: its value, its gradient by autograd and its gradient by hand, against PyTorch's own loss functions. */
class LossesOracle {
    private static final Tensor LOGITS = Values.spread(1, -3, 3, 5, 4);
    private static final Tensor LABELS = Tensors.of(2, 0, 3, 1, 2);
    private static final Tensor WEIGHTS = Tensors.of(0.5, 2, 1, 0.25);

    /** Logits of (N, C, d), as for images: each position has a label. */
    private static final Tensor DEEP_LOGITS = Values.spread(2, -3, 3, 2, 4, 3);

    private static final Tensor DEEP_LABELS = Values.indices(5, 4, 2, 3);

    /** One comparison. */
    private record Case(String name, Loss loss, String expression, List<Tensor> inputs) {}

    @TestFactory
    Stream<DynamicTest> everyLoss() {
        return Arrays.stream(Reduction.values())
                .flatMap(LossesOracle::cases)
                .map(one -> dynamicTest(one.name(), () -> compare(one)));
    }

    private static Stream<Case> cases(Reduction reduction) {
        List<Case> cases = new ArrayList<>();
        int code = List.of(Reduction.NONE, Reduction.MEAN, Reduction.SUM).indexOf(reduction); // at::Reduction
        regression(cases, reduction, code);
        crossEntropy(cases, reduction, code);
        likelihood(cases, reduction, code);
        binary(cases, reduction, code);
        divergence(cases, reduction, code);
        return cases.stream();
    }

    private static void regression(List<Case> cases, Reduction reduction, int code) {
        Tensor target = Values.spread(3, -3, 3, 5, 4);
        add(cases, "mse, " + reduction, new MseLoss(reduction), "torch.mse_loss(x0, x1, " + code + ")", LOGITS, target);
        add(cases, "l1, " + reduction, new L1Loss(reduction), "torch.l1_loss(x0, x1, " + code + ")", LOGITS, target);
        add(
                cases,
                "l1 of equals, " + reduction,
                new L1Loss(reduction),
                "torch.l1_loss(x0, x1, " + code + ")",
                LOGITS,
                LOGITS.copy());
        for (double delta : new double[] {0.3, 1, 10}) {
            String expression = "torch.huber_loss(x0, x1, " + code + ", " + delta + ")";
            add(
                    cases,
                    "huber " + delta + ", " + reduction,
                    new HuberLoss(delta).reduction(reduction),
                    expression,
                    LOGITS,
                    target);
        }
    }

    private static void crossEntropy(List<Case> cases, Reduction reduction, int code) {
        CrossEntropyLoss plain = new CrossEntropyLoss().reduction(reduction);
        Tensor probabilities = Activations.softmax(Tensors.randn(new Generator(3), 5, 4), 1);
        Tensor deepProbabilities = Activations.softmax(Tensors.randn(new Generator(4), 2, 4, 3), 1);
        for (double smoothing : new double[] {0, 0.1, 1}) {
            for (boolean weighted : new boolean[] {false, true}) {
                CrossEntropyLoss loss = weighted
                        ? plain.labelSmoothing(smoothing).classWeights(WEIGHTS)
                        : plain.labelSmoothing(smoothing);
                String name = "cross-entropy, smoothing " + smoothing + (weighted ? ", weighted, " : ", ") + reduction;
                Tensor[] weights = weighted ? new Tensor[] {WEIGHTS} : new Tensor[0];
                String byLabel = crossEntropy("torch.to(x1, 4)", weighted, code, -100, smoothing);
                String soft = crossEntropy("x1", weighted, code, -100, smoothing);
                add(cases, name + ", labels", loss, byLabel, LOGITS, LABELS, weights);
                add(cases, name + ", labels of positions", loss, byLabel, DEEP_LOGITS, DEEP_LABELS, weights);
                add(cases, name + ", probabilities", loss, soft, LOGITS, probabilities, weights);
                add(cases, name + ", probabilities of positions", loss, soft, DEEP_LOGITS, deepProbabilities, weights);
                String ignoring = crossEntropy("torch.to(x1, 4)", weighted, code, 2, smoothing);
                add(cases, name + ", ignoring 2", loss.ignoreIndex(2), ignoring, LOGITS, LABELS, weights);
            }
        }
        String far = crossEntropy("torch.to(x1, 4)", false, code, -100, 0);
        add(cases, "cross-entropy of large logits, " + reduction, plain, far, LOGITS.mul(300), LABELS);
        add(
                cases,
                "cross-entropy, all ignored, " + reduction,
                plain.ignoreIndex(1),
                crossEntropy("torch.to(x1, 4)", false, code, 1, 0),
                LOGITS,
                Tensors.ones(5));
    }

    private static String crossEntropy(String target, boolean weighted, int code, int ignore, double smoothing) {
        return "torch.cross_entropy_loss(x0, " + target + ", " + (weighted ? "x2" : "None") + ", " + code + ", "
                + ignore + ", " + smoothing + ")";
    }

    private static void likelihood(List<Case> cases, Reduction reduction, int code) {
        Tensor logs = Activations.logSoftmax(LOGITS, 1);
        Tensor deep = Activations.logSoftmax(DEEP_LOGITS, 1);
        NllLoss plain = new NllLoss().reduction(reduction);
        String expression = "torch.nll_loss_nd(x0, torch.to(x1, 4), None, " + code + ", -100)";
        String weighted = "torch.nll_loss_nd(x0, torch.to(x1, 4), x2, " + code + ", 2)";
        add(cases, "nll, " + reduction, plain, expression, logs, LABELS);
        add(cases, "nll of positions, " + reduction, plain, expression, deep, DEEP_LABELS);
        add(
                cases,
                "nll, weighted, ignoring 2, " + reduction,
                plain.classWeights(WEIGHTS).ignoreIndex(2),
                weighted,
                logs,
                LABELS,
                WEIGHTS);
    }

    private static void binary(List<Case> cases, Reduction reduction, int code) {
        Tensor hard = Values.indices(3, 2, 5, 4);
        Tensor soft = Values.spread(4, 0, 1, 5, 4);
        BceWithLogitsLoss plain = new BceWithLogitsLoss().reduction(reduction);
        String expression = "torch.binary_cross_entropy_with_logits(x0, x1, None, None, " + code + ")";
        String weighted = "torch.binary_cross_entropy_with_logits(x0, x1, None, x2, " + code + ")";
        add(cases, "bce, " + reduction, plain, expression, LOGITS, hard);
        add(cases, "bce, soft targets, " + reduction, plain, expression, LOGITS, soft);
        add(cases, "bce of large logits, " + reduction, plain, expression, LOGITS.mul(300), soft);
        add(cases, "bce, positive weight, " + reduction, plain.posWeight(WEIGHTS), weighted, LOGITS, soft, WEIGHTS);
    }

    private static void divergence(List<Case> cases, Reduction reduction, int code) {
        Tensor logs = Activations.logSoftmax(LOGITS, 1);
        Tensor target = Activations.softmax(Tensors.randn(new Generator(3), 5, 4), 1);
        String expression = "torch.kl_div(x0, x1, " + code + ", log_target=False)";
        add(cases, "kl, " + reduction, new KlDivLoss().reduction(reduction), expression, logs, target);
        Tensor oneHot = Tensors.oneHot(LABELS, 4);
        add(cases, "kl from certainty, " + reduction, new KlDivLoss().reduction(reduction), expression, logs, oneHot);
        if (reduction == Reduction.MEAN) { // batchmean is how torch.nn.functional.kl_div composes it
            add(
                    cases,
                    "kl per sample",
                    new KlDivLoss().perSample(),
                    "torch.div(torch.kl_div(x0, x1, 2, log_target=False), 5)",
                    logs,
                    target);
        }
    }

    private static void add(
            List<Case> cases,
            String name,
            Loss loss,
            String expression,
            Tensor prediction,
            Tensor target,
            Tensor... more) {
        List<Tensor> inputs = new ArrayList<>(List.of(prediction, target));
        inputs.addAll(List.of(more));
        cases.add(new Case(name, loss, expression, inputs));
    }

    private static void compare(Case one) {
        TorchProgram torch = TorchProgram.of(one.inputs().size(), one.expression());
        Tensor target = one.inputs().get(1);
        Tensor prediction = one.inputs().get(0).copy().requiresGrad(true);
        Tensor value = one.loss().forward(prediction, target);
        Agreement.check(one.name() + ", value", value.detach(), torch.run(one.inputs()));

        Tensor seed = Sample.seed(value.shape());
        value.backward(seed);
        Agreement.check(
                one.name() + ", gradient by autograd",
                prediction.grad().orElseThrow(),
                torch.gradients(one.inputs(), List.of(0), seed).get(0));
        Agreement.check(
                one.name() + ", gradient by hand",
                one.loss().gradient(prediction.detach(), target),
                torch.gradients(one.inputs(), List.of(0), Tensors.ones(value.shape()))
                        .get(0));
    }
}
