package org.tinytorch.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Parameter;
import org.tinytorch.spatial.AdaptiveAvgPool2d;
import org.tinytorch.spatial.AvgPool2d;
import org.tinytorch.spatial.BatchNorm1d;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.ConvTranspose2d;
import org.tinytorch.spatial.GlobalAvgPool2d;
import org.tinytorch.spatial.GlobalMaxPool2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Sample;
import org.tinytorch.testing.Values;

/**
 * The layers of module 09 as a user builds them, against PyTorch's functions with the options written as PyTorch writes them: values, gradients of the input and of
 * every parameter, and what batch normalisation keeps from batch to batch.
 */
class SpatialOracle {
    private static final Generator GENERATOR = new Generator(11);
    private static final Tensor IMAGES = Values.spread(1, -1, 1, 2, 4, 9, 8);

    /** A layer, its input, and the expression: {@code x0} is the input, {@code x1}, {@code x2} the parameters in their order. */
    private record Case(Layer layer, Tensor x, String expression) {}

    @TestFactory
    Stream<DynamicTest> everyLayer() {
        return Stream.of(convolutions(), transposed(), pools(), batchNorms())
                .flatMap(List::stream)
                .map(one -> dynamicTest(one.layer() + " of " + one.x().shape(), () -> compare(one)));
    }

    private static List<Case> convolutions() {
        return List.of(
                conv(new Conv2d(4, 3, 3, GENERATOR), "x2, [1, 1], [0, 0], [1, 1], 1"),
                conv(Conv2d.builder(4, 3, 3).noBias().build(GENERATOR), "None, [1, 1], [0, 0], [1, 1], 1"),
                conv(Conv2d.builder(4, 3, 5, 2).padding(2, 1).build(GENERATOR), "x2, [1, 1], [2, 1], [1, 1], 1"),
                conv(Conv2d.builder(4, 3, 3).stride(2).padding(1).build(GENERATOR), "x2, [2, 2], [1, 1], [1, 1], 1"),
                conv(
                        Conv2d.builder(4, 3, 2).stride(3, 2).dilation(2, 3).build(GENERATOR),
                        "x2, [3, 2], [0, 0], [2, 3], 1"),
                conv(Conv2d.builder(4, 6, 3).groups(2).padding(1).build(GENERATOR), "x2, [1, 1], [1, 1], [1, 1], 2"),
                conv(
                        Conv2d.builder(4, 8, 3)
                                .groups(4)
                                .stride(2)
                                .dilation(2)
                                .padding(2)
                                .build(GENERATOR),
                        "x2, [2, 2], [2, 2], [2, 2], 4"),
                conv(Conv2d.builder(4, 3, 3).same().build(GENERATOR), "x2, [1, 1], \"same\", [1, 1], 1"),
                conv(
                        Conv2d.builder(4, 3, 2, 4).same().dilation(1, 2).build(GENERATOR),
                        "x2, [1, 1], \"same\", [1, 2], 1"),
                conv(Conv2d.builder(4, 3, 4, 2).same().build(GENERATOR), "x2, [1, 1], \"same\", [1, 1], 1"));
    }

    private static Case conv(Conv2d layer, String arguments) {
        return new Case(layer, IMAGES, "torch.conv2d(x0, x1, " + arguments + ")");
    }

    private static List<Case> transposed() {
        return List.of(
                transposed(new ConvTranspose2d(4, 3, 3, GENERATOR), "x2, [1, 1], [0, 0], [0, 0], 1, [1, 1]"),
                transposed(
                        ConvTranspose2d.builder(4, 3, 2).stride(2).noBias().build(GENERATOR),
                        "None, [2, 2], [0, 0], [0, 0], 1, [1, 1]"),
                transposed(
                        ConvTranspose2d.builder(4, 3, 3)
                                .stride(2)
                                .padding(1)
                                .outputPadding(1)
                                .build(GENERATOR),
                        "x2, [2, 2], [1, 1], [1, 1], 1, [1, 1]"),
                transposed(
                        ConvTranspose2d.builder(4, 6, 3, 2)
                                .stride(2, 3)
                                .padding(1, 0)
                                .outputPadding(0, 2)
                                .groups(2)
                                .build(GENERATOR),
                        "x2, [2, 3], [1, 0], [0, 2], 2, [1, 1]"),
                transposed(
                        ConvTranspose2d.builder(4, 8, 3)
                                .stride(2)
                                .padding(2)
                                .outputPadding(1)
                                .groups(4)
                                .dilation(2)
                                .build(GENERATOR),
                        "x2, [2, 2], [2, 2], [1, 1], 4, [2, 2]"),
                transposed(
                        ConvTranspose2d.builder(4, 3, 2, 3).dilation(3, 1).build(GENERATOR),
                        "x2, [1, 1], [0, 0], [0, 0], 1, [3, 1]"));
    }

    private static Case transposed(ConvTranspose2d layer, String arguments) {
        return new Case(layer, IMAGES, "torch.conv_transpose2d(x0, x1, " + arguments + ")");
    }

    private static List<Case> pools() {
        return List.of(
                pool(new MaxPool2d(2), "max_pool2d(x0, [2, 2], [2, 2], [0, 0], [1, 1], False)"),
                pool(new MaxPool2d(3, 2, 1), "max_pool2d(x0, [3, 3], [2, 2], [1, 1], [1, 1], False)"),
                pool(
                        new MaxPool2d(new Window(3, 1, 2, 1, 1), new Window(2, 3, 3, 1, 1)),
                        "max_pool2d(x0, [3, 2], [1, 3], [1, 1], [2, 3], False)"),
                pool(new AvgPool2d(2), "avg_pool2d(x0, [2, 2], [2, 2], [0, 0], False, True, None)"),
                pool(new AvgPool2d(3, 2, 1), "avg_pool2d(x0, [3, 3], [2, 2], [1, 1], False, True, None)"),
                pool(
                        new AvgPool2d(Window.of(4, 1, 2), Window.of(2, 3, 0)),
                        "avg_pool2d(x0, [4, 2], [1, 3], [2, 0], False, True, None)"),
                pool(new AdaptiveAvgPool2d(1, 1), "adaptive_avg_pool2d(x0, [1, 1])"),
                pool(new AdaptiveAvgPool2d(4, 3), "adaptive_avg_pool2d(x0, [4, 3])"),
                pool(new AdaptiveAvgPool2d(11, 8), "adaptive_avg_pool2d(x0, [11, 8])"),
                pool(new GlobalAvgPool2d(), "flatten(torch.adaptive_avg_pool2d(x0, [1, 1]), 1)"),
                pool(new GlobalMaxPool2d(), "amax(x0, [2, 3])"));
    }

    private static Case pool(Layer layer, String call) {
        return new Case(layer, IMAGES, "torch." + call);
    }

    private static List<Case> batchNorms() {
        String training = "torch.batch_norm(x0, x1, x2, None, None, True, 0.1, %s, False)";
        String start = "torch.zeros([4], dtype=7), torch.ones([4], dtype=7)";
        String evaluation = "torch.batch_norm(x0, x1, x2, " + start + ", False, 0.1, %s, False)";
        Tensor vectors = Values.spread(2, -3, 5, 7, 4);
        Tensor sequences = Values.spread(3, -3, 5, 3, 4, 5);
        List<Case> cases = new ArrayList<>();
        for (boolean train : new boolean[] {true, false}) {
            String expression = train ? training : evaluation;
            cases.add(new Case(uneven(new BatchNorm2d(4)).train(train), IMAGES, expression.formatted("1e-05")));
            cases.add(new Case(uneven(new BatchNorm2d(4, 0.5, 0.3)).train(train), IMAGES, expression.formatted("0.5")));
            cases.add(new Case(uneven(new BatchNorm1d(4)).train(train), vectors, expression.formatted("1e-05")));
            cases.add(new Case(uneven(new BatchNorm1d(4)).train(train), sequences, expression.formatted("1e-05")));
        }
        return cases;
    }

    /** With other weights than the ones and zeros of a new layer. */
    private static Layer uneven(Layer layer) {
        for (Parameter parameter : layer.parameters()) {
            parameter.copyFrom(Values.spread(4 + parameter.size(), 0.5, 1.5, parameter.size()));
        }
        return layer;
    }

    private static void compare(Case one) {
        List<Tensor> inputs = new ArrayList<>(List.of(one.x()));
        one.layer().parameters().forEach(parameter -> inputs.add(parameter.detach()));
        TorchProgram torch = TorchProgram.of(inputs.size(), one.expression());

        Tensor x = one.x().copy().requiresGrad(true);
        Tensor y = one.layer().forward(x);
        Agreement.check(one.layer() + ", value", y.detach(), torch.run(inputs));

        Tensor seed = Sample.seed(y.shape());
        y.backward(seed);
        List<Tensor> gradients = torch.gradients(
                inputs, IntStream.range(0, inputs.size()).boxed().toList(), seed);
        Agreement.check(one.layer() + ", gradient of x", x.grad().orElseThrow(), gradients.get(0));
        List<String> names = List.copyOf(one.layer().namedParameters().keySet());
        for (int i = 0; i < names.size(); i++) {
            Agreement.check(
                    one.layer() + ", gradient of " + names.get(i),
                    one.layer().parameters().get(i).grad().orElseThrow(),
                    gradients.get(i + 1));
        }
    }

    /** Three batches of different sizes in training, then one in evaluation, in one program: PyTorch moves its averages in place. */
    @Test
    void batchNormKeepsTheSameAveragesAndUsesThem() {
        averages(new BatchNorm2d(4), 0.1, 1e-5, new int[] {4, 3, 2});
        averages(new BatchNorm2d(4, 1e-3, 0.4), 0.4, 1e-3, new int[] {4, 3, 2});
        averages(new BatchNorm1d(4), 0.1, 1e-5, new int[] {4});
        averages(new BatchNorm1d(4, 1e-2, 1), 1, 1e-2, new int[] {4, 5});
    }

    private static void averages(Layer layer, double momentum, double eps, int[] image) {
        uneven(layer);
        List<Tensor> batches = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int[] dims =
                    IntStream.concat(IntStream.of(2 + i), IntStream.of(image)).toArray();
            batches.add(Tensors.randn(new Generator(20 + i), dims).mul(1 + i).add(i));
        }
        List<Tensor> inputs = new ArrayList<>(batches);
        layer.stateDict().values().forEach(tensor -> inputs.add(tensor.copy()));
        List<String> lines = new ArrayList<>();
        List<String> results = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            lines.add("y%d = torch.batch_norm(x%d, x4, x5, x6, x7, %s, %s, %s, False)"
                    .formatted(i, i, i < 3 ? "True" : "False", momentum, eps));
            results.add("torch.flatten(y" + i + ")");
        }
        lines.add("return torch.cat([" + String.join(", ", results) + ", x6, x7], 0)");

        List<Tensor> ours = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            layer.train(i < 3);
            ours.add(layer.forward(batches.get(i)).detach().flatten());
        }
        assertThat(layer.stateDict().get("running_mean").data()).doesNotContain(0);
        ours.add(layer.stateDict().get("running_mean"));
        ours.add(layer.stateDict().get("running_var"));

        Agreement.check(
                layer + ", three batches of training, one of evaluation, the averages",
                Tensors.concat(0, ours.toArray(Tensor[]::new)),
                new TorchProgram(8, lines.toArray(String[]::new)).run(inputs));
    }
}
