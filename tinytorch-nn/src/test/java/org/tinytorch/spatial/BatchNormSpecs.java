package org.tinytorch.spatial;

import java.util.List;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Naive;
import org.tinytorch.testing.OperationSpec;
import org.tinytorch.testing.Values;

/** Statistics of channels, normalisation with them, and its gradients. */
final class BatchNormSpecs {
    private static final double EPS = 1e-3;
    private static final BatchNormalise OP = new BatchNormalise(EPS);
    private static final List<int[]> SHAPES = List.of(
            new int[] {4, 3}, new int[] {3, 2, 5}, new int[] {2, 3, 2, 3}, new int[] {2, 1, 3, 8}, new int[] {1, 2, 4, 4
            });

    private BatchNormSpecs() {}

    static List<OperationSpec> all() {
        return List.of(statistics(), normalise(), parameterGradients(), inputGradient(), training(), evaluation());
    }

    private static Tensor x(int... dims) {
        return Values.spread(1, -1, 3, dims);
    }

    private static Tensor perChannel(int stream, double low, double high, int... dims) {
        return Values.spread(stream, low, high, dims[1]);
    }

    /** Means in -1 … 0, variances in 1 … 2. */
    private static Tensor someStatistics(int... dims) {
        return Tensors.stack(0, perChannel(2, -1, 0, dims), perChannel(3, 1, 2, dims));
    }

    /** The mean over a channel of a function of the index. */
    private static double mean(int[] dims, int channel, Naive.Element element) {
        double sum = 0;
        int count = 0;
        for (int position = 0; position < Naive.size(dims); position++) {
            int[] index = Naive.index(dims, position);
            if (index[1] == channel) {
                sum += element.at(index);
                count++;
            }
        }
        return sum / count;
    }

    private static Tensor statistics(Tensor x) {
        int[] dims = x.shape().dims();
        return Naive.fill(new int[] {2, dims[1]}, at -> {
            double mean = mean(dims, at[1], x::get);
            return at[0] == 0 ? mean : mean(dims, at[1], index -> Math.pow(x.get(index) - mean, 2));
        });
    }

    private static double hat(Tensor x, Tensor statistics, int... at) {
        return (x.get(at) - statistics.get(0, at[1])) / Math.sqrt(statistics.get(1, at[1]) + EPS);
    }

    private static Tensor normalised(Tensor x, Tensor statistics, Tensor weight, Tensor bias) {
        return Naive.fill(x.shape().dims(), at -> weight.get(at[1]) * hat(x, statistics, at) + bias.get(at[1]));
    }

    private static OperationSpec statistics() {
        OperationSpec.Builder spec =
                OperationSpec.of("channel statistics", ChannelStatistics.class).tolerance(1e-14);
        SHAPES.forEach(dims -> spec.sample(new ChannelStatistics(), in -> statistics(in[0]), x(dims)));
        return spec.rejects(
                        IllegalArgumentException.class,
                        "batch norm: input (3,) is not (N, C) or (N, C, …)",
                        new ChannelStatistics(),
                        Tensors.zeros(3))
                .build();
    }

    private static OperationSpec normalise() {
        OperationSpec.Builder spec =
                OperationSpec.of("batch normalise", BatchNormalise.class).tolerance(1e-14);
        SHAPES.forEach(dims -> spec.sample(
                OP,
                in -> normalised(in[0], in[1], in[2], in[3]),
                x(dims),
                someStatistics(dims),
                perChannel(4, 0.5, 1.5, dims),
                perChannel(5, -1, 1, dims)));
        return spec.rejects(
                        IllegalArgumentException.class,
                        "batch norm: statistics of shape (2, 2) cannot go with input (4, 3), which needs (2, 3)",
                        OP,
                        Tensors.zeros(4, 3),
                        Tensors.zeros(2, 2),
                        Tensors.ones(3),
                        Tensors.zeros(3))
                .rejects(
                        IllegalArgumentException.class,
                        "batch norm: weight of shape (4,) cannot go with input (4, 3), which needs (3,)",
                        OP,
                        Tensors.zeros(4, 3),
                        Tensors.zeros(2, 3),
                        Tensors.ones(4),
                        Tensors.zeros(3))
                .rejects(
                        IllegalArgumentException.class,
                        "batch norm: bias of shape (2,) cannot go with input (4, 3), which needs (3,)",
                        OP,
                        Tensors.zeros(4, 3),
                        Tensors.zeros(2, 3),
                        Tensors.ones(3),
                        Tensors.zeros(2))
                .rejects(
                        IllegalArgumentException.class,
                        "batch norm: eps = 0.0 must be positive and finite",
                        () -> new BatchNormalise(0))
                .build();
    }

    private static OperationSpec parameterGradients() {
        OperationSpec.Builder spec = OperationSpec.of(
                        "batch norm parameter gradients", BatchNormalise.ParameterGradients.class)
                .tolerance(1e-13);
        SHAPES.forEach(dims -> spec.sample(
                new BatchNormalise.ParameterGradients(OP),
                in -> Naive.fill(new int[] {2, dims[1]}, at -> {
                    int count = Naive.size(dims) / dims[1];
                    return count
                            * mean(
                                    dims,
                                    at[1],
                                    index -> in[2].get(index) * (at[0] == 0 ? 1 : hat(in[0], in[1], index)));
                }),
                x(dims),
                someStatistics(dims),
                Values.spread(6, -1, 1, dims)));
        return spec.rejects(
                        IllegalArgumentException.class,
                        "batch norm: gradient of shape (3, 3) cannot go with input (4, 3), which needs (4, 3)",
                        new BatchNormalise.ParameterGradients(OP),
                        Tensors.zeros(4, 3),
                        Tensors.zeros(2, 3),
                        Tensors.zeros(3, 3))
                .build();
    }

    private static OperationSpec inputGradient() {
        OperationSpec.Builder spec = OperationSpec.of("batch norm input gradient", BatchNormalise.InputGradient.class)
                .tolerance(1e-14);
        SHAPES.forEach(dims -> spec.sample(
                new BatchNormalise.InputGradient(OP),
                in -> Naive.fill(dims, at -> {
                    double inner = in[4].get(at) - in[3].get(0, at[1]) - hat(in[0], in[1], at) * in[3].get(1, at[1]);
                    return in[2].get(at[1]) / Math.sqrt(in[1].get(1, at[1]) + EPS) * inner;
                }),
                x(dims),
                someStatistics(dims),
                perChannel(4, 0.5, 1.5, dims),
                Tensors.stack(0, perChannel(7, -1, 1, dims), perChannel(8, -1, 1, dims)),
                Values.spread(6, -1, 1, dims)));
        return spec.rejects(
                        IllegalArgumentException.class,
                        "batch norm: means of shape (3,) cannot go with input (4, 3), which needs (2, 3)",
                        new BatchNormalise.InputGradient(OP),
                        Tensors.zeros(4, 3),
                        Tensors.zeros(2, 3),
                        Tensors.ones(3),
                        Tensors.zeros(3),
                        Tensors.zeros(4, 3))
                .build();
    }

    private static OperationSpec training() {
        OperationSpec.Builder spec = OperationSpec.of("batch norm, training", BatchNorm.Normalise.class)
                .tolerance(1e-13);
        SHAPES.forEach(dims -> spec.computation(
                "training, " + OP,
                in -> new BatchNorm.Normalise(OP, Operation.run(new ChannelStatistics(), in[0].detach()), true)
                        .apply(in),
                in -> normalised(in[0], statistics(in[0]), in[1], in[2]),
                x(dims),
                perChannel(4, 0.5, 1.5, dims),
                perChannel(5, -1, 1, dims)));
        return spec.build();
    }

    private static OperationSpec evaluation() {
        OperationSpec.Builder spec = OperationSpec.of("batch norm, evaluation", BatchNorm.Normalise.class)
                .differentiates(0, 1, 2)
                .tolerance(1e-13);
        SHAPES.forEach(dims -> spec.computation(
                "evaluation, " + OP,
                in -> new BatchNorm.Normalise(OP, in[3], false).apply(in[0], in[1], in[2]),
                in -> normalised(in[0], in[3], in[1], in[2]),
                x(dims),
                perChannel(4, 0.5, 1.5, dims),
                perChannel(5, -1, 1, dims),
                someStatistics(dims)));
        return spec.build();
    }
}
