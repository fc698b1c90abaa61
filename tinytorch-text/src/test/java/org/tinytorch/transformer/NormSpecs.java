package org.tinytorch.transformer;

import java.util.List;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Naive;
import org.tinytorch.testing.OperationSpec;
import org.tinytorch.testing.Values;

/** Layer normalisation, its relative without a mean, and their gradients. */
final class NormSpecs {
    private static final double EPS = 1e-3;
    private static final LayerNormalise LAYER = new LayerNormalise(EPS);
    private static final RmsNormalise RMS = new RmsNormalise(EPS);
    private static final List<int[]> SHAPES =
            List.of(new int[] {5}, new int[] {3, 4}, new int[] {2, 3, 9}, new int[] {1, 2, 2, 16});

    private NormSpecs() {}

    static List<OperationSpec> all() {
        return List.of(
                forward(LAYER),
                forward(RMS),
                parameterGradients(LAYER),
                parameterGradients(RMS),
                inputGradient(LAYER),
                inputGradient(RMS),
                layer(LAYER),
                layer(RMS));
    }

    private static boolean centred(Operation norm) {
        return norm instanceof LayerNormalise;
    }

    private static Tensor x(int... dims) {
        return Values.spread(1, -1, 3, dims);
    }

    private static Tensor weight(int... dims) {
        return Values.spread(2, 0.5, 1.5, dims[dims.length - 1]);
    }

    private static Tensor bias(int... dims) {
        return Values.spread(3, -1, 1, dims[dims.length - 1]);
    }

    private static Tensor g(int... dims) {
        return Values.spread(4, -1, 1, dims);
    }

    /** The mean over the row of an index. */
    private static double mean(Tensor x, int[] at, Naive.Element element) {
        double sum = 0;
        for (int c = 0; c < x.dim(-1); c++) {
            sum += element.at(Naive.with(at, at.length - 1, c));
        }
        return sum / x.dim(-1);
    }

    private static double inverse(Operation norm, Tensor x, int... at) {
        double mean = centred(norm) ? mean(x, at, x::get) : 0;
        return 1 / Math.sqrt(mean(x, at, index -> Math.pow(x.get(index) - mean, 2)) + EPS);
    }

    private static double hat(Operation norm, Tensor x, int... at) {
        double mean = centred(norm) ? mean(x, at, x::get) : 0;
        return (x.get(at) - mean) * inverse(norm, x, at);
    }

    private static Tensor normalised(Operation norm, Tensor... in) {
        return Naive.fill(in[0].shape().dims(), at -> {
            int c = at[at.length - 1];
            return in[1].get(c) * hat(norm, in[0], at) + (centred(norm) ? in[2].get(c) : 0);
        });
    }

    private static Tensor[] inputs(Operation norm, int... dims) {
        return centred(norm) ? new Tensor[] {x(dims), weight(dims), bias(dims)} : new Tensor[] {x(dims), weight(dims)};
    }

    private static OperationSpec forward(Operation norm) {
        String name = centred(norm) ? "layer norm" : "rms norm";
        OperationSpec.Builder spec =
                OperationSpec.of(name + " operation", norm.getClass()).tolerance(1e-13);
        SHAPES.forEach(dims -> spec.sample(norm, in -> normalised(norm, in), inputs(norm, dims)));
        Tensor[] wrong = inputs(norm, 2, 3);
        wrong[1] = Tensors.ones(4);
        return spec.rejects(
                        IllegalArgumentException.class,
                        name + ": weight of shape (4,) cannot go with rows of 3 numbers, which need (3,)",
                        norm,
                        wrong)
                .rejects(
                        IllegalArgumentException.class,
                        name + ": input (2, 0) has no numbers along its last axis to be normalised",
                        norm,
                        Tensors.zeros(2, 0),
                        Tensors.ones(0),
                        Tensors.zeros(0))
                .rejects(IllegalArgumentException.class, name + ": eps = -1.0 must be positive and finite", () -> {
                    if (centred(norm)) {
                        new LayerNormalise(-1);
                    } else {
                        new RmsNormalise(-1);
                    }
                })
                .build();
    }

    private static Tensor sums(Operation norm, Tensor x, Tensor g) {
        int width = x.dim(-1);
        int[] dims = centred(norm) ? new int[] {2, width} : new int[] {width};
        return Naive.fill(dims, at -> {
            double sum = 0;
            for (int row = 0; row < x.size() / width; row++) {
                int[] index = Naive.index(x.shape().dims(), row * width + at[at.length - 1]);
                boolean plain = centred(norm) && at[0] == 0;
                sum += g.get(index) * (plain ? 1 : hat(norm, x, index));
            }
            return sum;
        });
    }

    private static OperationSpec parameterGradients(Operation norm) {
        Operation op =
                centred(norm) ? new LayerNormalise.ParameterGradients(LAYER) : new RmsNormalise.WeightGradient(RMS);
        String name = centred(norm) ? "layer norm" : "rms norm";
        OperationSpec.Builder spec =
                OperationSpec.of(name + " parameter gradients", op.getClass()).tolerance(1e-13);
        SHAPES.forEach(dims -> spec.sample(op, in -> sums(norm, in[0], in[1]), x(dims), g(dims)));
        return spec.rejects(
                        IllegalArgumentException.class,
                        name + ": a gradient of shape (3, 3) cannot go with input (2, 3)",
                        op,
                        Tensors.zeros(2, 3),
                        Tensors.zeros(3, 3))
                .build();
    }

    private static Tensor ofInput(Operation norm, Tensor x, Tensor weight, Tensor g) {
        return Naive.fill(x.shape().dims(), at -> {
            Naive.Element h = index -> weight.get(index[index.length - 1]) * g.get(index);
            double meanOfH = centred(norm) ? mean(x, at, h) : 0;
            double slope = mean(x, at, index -> h.at(index) * hat(norm, x, index));
            return (h.at(at) - meanOfH - hat(norm, x, at) * slope) * inverse(norm, x, at);
        });
    }

    private static OperationSpec inputGradient(Operation norm) {
        Operation op = centred(norm) ? new LayerNormalise.InputGradient(LAYER) : new RmsNormalise.InputGradient(RMS);
        String name = centred(norm) ? "layer norm" : "rms norm";
        OperationSpec.Builder spec =
                OperationSpec.of(name + " input gradient", op.getClass()).tolerance(1e-12);
        SHAPES.forEach(
                dims -> spec.sample(op, in -> ofInput(norm, in[0], in[1], in[2]), x(dims), weight(dims), g(dims)));
        return spec.rejects(
                        IllegalArgumentException.class,
                        name + ": weight of shape (2,) cannot go with rows of 3 numbers, which need (3,)",
                        op,
                        Tensors.zeros(2, 3),
                        Tensors.ones(2),
                        Tensors.zeros(2, 3))
                .build();
    }

    private static OperationSpec layer(Operation norm) {
        String name = centred(norm) ? "layer norm" : "rms norm";
        OperationSpec.Builder spec = OperationSpec.of(
                        name, centred(norm) ? LayerNorm.Normalise.class : RMSNorm.Normalise.class)
                .tolerance(1e-13);
        SHAPES.forEach(dims -> spec.computation(
                norm.toString(),
                in -> centred(norm) ? new LayerNorm.Normalise(LAYER).apply(in) : new RMSNorm.Normalise(RMS).apply(in),
                in -> normalised(norm, in),
                inputs(norm, dims)));
        return spec.build();
    }
}
