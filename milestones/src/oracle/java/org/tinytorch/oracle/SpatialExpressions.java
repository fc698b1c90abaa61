package org.tinytorch.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.testing.Sample;

/**
 * The rows of {@link OperationExpressions} for module 09. Our operations that compute gradients are compared with the functions that PyTorch's own autograd calls
 * ({@code convolution_backward} and others); our layers with PyTorch's functions and their autograd.
 */
final class SpatialExpressions {
    private SpatialExpressions() {}

    static Map<String, Function<Sample, String>> table() {
        Map<String, Function<Sample, String>> table = new LinkedHashMap<>();
        table.put("convolution", SpatialExpressions::convolution);
        table.put("convolution input gradient", SpatialExpressions::inputGradient);
        table.put("convolution weight gradient", SpatialExpressions::weightGradient);
        table.put("conv2d", SpatialExpressions::convolution);
        table.put("convolution with relu", sample -> "torch.relu(" + convolution(sample) + ")");
        table.put("conv2d with relu", sample -> "torch.relu(" + convolution(sample) + ")");
        table.put("convTranspose2d", SpatialExpressions::transposed);
        table.put("maxPool", sample -> maximum(sample, "max_pool2d"));
        table.put("maxPool gradient", SpatialExpressions::maximumGradient);
        table.put("maxPool2d", sample -> maximum(sample, "max_pool2d"));
        table.put("avgPool", SpatialExpressions::mean);
        table.put("avgPool gradient", SpatialExpressions::meanGradient);
        table.put("avgPool2d", SpatialExpressions::mean);
        table.put("adaptiveAvgPool", SpatialExpressions::adaptive);
        table.put("adaptiveAvgPool gradient", SpatialExpressions::adaptiveGradient);
        table.put("adaptiveAvgPool2d", SpatialExpressions::adaptive);
        table.put("channel statistics", SpatialExpressions::statistics);
        table.put(
                "batch normalise",
                sample -> batchNorm(sample, "x2, x3, torch.select(x1, 0, 0), torch.select(x1, 0, 1), False"));
        table.put("batch norm parameter gradients", SpatialExpressions::parameterGradients);
        table.put("batch norm, training", sample -> batchNorm(sample, "x1, x2, None, None, True"));
        table.put(
                "batch norm, evaluation",
                sample -> batchNorm(sample, "x1, x2, torch.select(x3, 0, 0), torch.select(x3, 0, 1), False"));
        return table;
    }

    // ---- convolution

    private static String convolution(Sample sample) {
        SlidingWindows windows = SlidingWindows.of(sample);
        return "torch.conv2d(" + windows.padded("x0", "0.0") + ", x1, "
                + (sample.inputs().size() > 2 ? "x2" : "None") + ", " + windows.stride() + ", " + windows.padding()
                + ", " + windows.dilation() + ", " + number(sample, "groups") + ")";
    }

    /** Of g and the weight; only the shape of the image matters. */
    private static String inputGradient(Sample sample) {
        SlidingWindows windows = SlidingWindows.of(sample);
        int groups = number(sample, "groups");
        int height = number(sample, "height");
        int width = number(sample, "width");
        Shape image = Shape.of(
                input(sample, 0).dim(0),
                input(sample, 1).dim(1) * groups,
                windows.paddedHeight(height),
                windows.paddedWidth(width));
        return windows.cut(backward("x0", zeros(image), "x1", windows, groups, 0), height, width);
    }

    /** Of x and g; only the shape of the weight matters. */
    private static String weightGradient(Sample sample) {
        SlidingWindows windows = SlidingWindows.of(sample);
        int groups = number(sample, "groups");
        Shape weight = Shape.of(
                input(sample, 1).dim(1),
                input(sample, 0).dim(1) / groups,
                windows.rows().size(),
                windows.columns().size());
        return backward("x1", windows.padded("x0", "0.0"), zeros(weight), windows, groups, 1);
    }

    /** One of the three gradients: 0 of the image, 1 of the weight. */
    private static String backward(
            String gradient, String image, String weight, SlidingWindows windows, int groups, int which) {
        return "(torch.convolution_backward(%s, %s, %s, None, %s, %s, %s, False, %s, %d, annotate(List[bool], [%s])))[%d]"
                .formatted(
                        gradient,
                        image,
                        weight,
                        windows.stride(),
                        windows.padding(),
                        windows.dilation(),
                        SlidingWindows.both(0, 0),
                        groups,
                        which == 0 ? "True, False, False" : "False, True, False",
                        which);
    }

    private static String transposed(Sample sample) {
        SlidingWindows windows = SlidingWindows.of(sample);
        int height = number(sample, "height");
        int width = number(sample, "width");
        String expression = "torch.conv_transpose2d(x0, x1, None, " + windows.stride() + ", " + windows.padding() + ", "
                + windows.outputPadding(
                        height, width, input(sample, 0).dim(2), input(sample, 0).dim(3))
                + ", " + number(sample, "groups") + ", " + windows.dilation() + ")";
        return windows.cut(expression, height, width);
    }

    // ---- pooling

    private static String maximum(Sample sample, String function) {
        SlidingWindows windows = SlidingWindows.of(sample);
        return "torch." + function + "(" + windows.padded("x0", "float(\"-inf\")") + ", " + maximumOptions(windows)
                + ")";
    }

    private static String maximumOptions(SlidingWindows windows) {
        return windows.size() + ", " + windows.stride() + ", " + windows.padding() + ", " + windows.dilation()
                + ", False";
    }

    private static String maximumGradient(Sample sample) {
        SlidingWindows windows = SlidingWindows.of(sample);
        String expression = "torch.max_pool2d_with_indices_backward(x1, " + windows.padded("x0", "float(\"-inf\")")
                + ", " + maximumOptions(windows) + ", (" + maximum(sample, "max_pool2d_with_indices") + ")[1])";
        return windows.cut(expression, input(sample, 0).dim(2), input(sample, 0).dim(3));
    }

    /** PyTorch's means have no dilation: those are a convolution of each channel by itself with equal weights. */
    private static String mean(Sample sample) {
        SlidingWindows windows = SlidingWindows.of(sample);
        String image = windows.padded("x0", "0.0");
        int channels = input(sample, 0).dim(1);
        return windows.dilated()
                ? "torch.conv2d(" + image + ", " + equalWeights(windows, channels) + ", None, " + windows.stride()
                        + ", " + windows.padding() + ", " + windows.dilation() + ", " + channels + ")"
                : "torch.avg_pool2d(" + image + ", " + meanOptions(windows) + ")";
    }

    private static String meanOptions(SlidingWindows windows) {
        return windows.size() + ", " + windows.stride() + ", " + windows.padding() + ", False, True, None";
    }

    private static String equalWeights(SlidingWindows windows, int channels) {
        int rows = windows.rows().size();
        int columns = windows.columns().size();
        return "torch.full(" + OperationExpressions.ints(Shape.of(channels, 1, rows, columns)) + ", "
                + 1.0 / (rows * columns) + ", dtype=7)";
    }

    private static String meanGradient(Sample sample) {
        SlidingWindows windows = SlidingWindows.of(sample);
        int[] x = inputShape(sample);
        Shape seen = Shape.of(x[0], x[1], windows.paddedHeight(x[2]), windows.paddedWidth(x[3]));
        String expression = windows.dilated()
                ? backward("x0", zeros(seen), equalWeights(windows, x[1]), windows, x[1], 0)
                : "torch.avg_pool2d_backward(x0, " + zeros(seen) + ", " + meanOptions(windows) + ")";
        return windows.cut(expression, x[2], x[3]);
    }

    private static String adaptive(Sample sample) {
        int[] grid = numbers(sample, "^(?:AdaptiveAvgPool\\[height=)?(\\d+)(?:x|, width=)(\\d+)");
        return "torch.adaptive_avg_pool2d(x0, " + SlidingWindows.both(grid[0], grid[1]) + ")";
    }

    private static String adaptiveGradient(Sample sample) {
        return "torch._adaptive_avg_pool2d_backward(x0, " + zeros(Shape.of(inputShape(sample))) + ")";
    }

    /** The shape of x as the label of a gradient shows it. */
    private static int[] inputShape(Sample sample) {
        return numbers(sample, "input=\\((\\d+), (\\d+), (\\d+), (\\d+)\\)");
    }

    // ---- batch normalisation

    private static String statistics(Sample sample) {
        List<Integer> axes = new ArrayList<>(List.of(0));
        for (int axis = 2; axis < input(sample, 0).rank(); axis++) {
            axes.add(axis);
        }
        String over = OperationExpressions.ints(axes);
        return "torch.stack([torch.mean(x0, %s, False), torch.var(x0, %s, correction=0, keepdim=False)])"
                .formatted(over, over);
    }

    private static String batchNorm(Sample sample, String arguments) {
        return "torch.batch_norm(x0, " + arguments + ", 0.0, " + eps(sample) + ", False)";
    }

    /** With fixed statistics, so that they may be any. */
    private static String parameterGradients(Sample sample) {
        String backward =
                "torch.native_batch_norm_backward(x2, x0, None, torch.select(x1, 0, 0), torch.select(x1, 0, 1),"
                        + " None, None, False, " + eps(sample) + ", annotate(List[bool], [False, True, True]))";
        return "torch.stack([(%s)[2], (%s)[1]])".formatted(backward, backward);
    }

    private static String eps(Sample sample) {
        return find(sample, "eps=([0-9.E-]+)").group(1);
    }

    // ---- what a label says

    private static Tensor input(Sample sample, int i) {
        return sample.inputs().get(i);
    }

    private static String zeros(Shape shape) {
        return "torch.zeros(" + OperationExpressions.ints(shape) + ", dtype=7)";
    }

    private static int number(Sample sample, String name) {
        return numbers(sample, "\\b" + name + "=(\\d+)")[0];
    }

    private static int[] numbers(Sample sample, String pattern) {
        Matcher found = find(sample, pattern);
        int[] numbers = new int[found.groupCount()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Integer.parseInt(found.group(i + 1));
        }
        return numbers;
    }

    private static Matcher find(Sample sample, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(sample.label());
        if (!matcher.find()) {
            throw new IllegalArgumentException("oracle: no " + pattern + " in '" + sample + "'");
        }
        return matcher;
    }
}
