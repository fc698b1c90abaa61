package org.tinytorch.compression;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Parameter;
import org.tinytorch.spatial.BatchNorm;
import org.tinytorch.spatial.BatchNorm1d;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Layers like others, with some of their inputs or outputs only. The numbers are copied; what did not learn does not learn. */
final class Cuts {
    private Cuts() {}

    /** The weight of a {@link Linear} or {@link Conv2d}: outputs along axis 0, inputs along axis 1. */
    static Parameter weight(Layer layer) {
        return layer instanceof Linear linear ? linear.weight() : ((Conv2d) layer).weight();
    }

    private static Optional<Parameter> bias(Layer layer) {
        return layer instanceof Linear linear ? linear.bias() : ((Conv2d) layer).bias();
    }

    /** With some of the outputs. */
    static Layer outputs(Layer layer, int[] kept) {
        return like(layer, pick(weight(layer), 0, kept), bias(layer).map(bias -> pick(bias, 0, kept)));
    }

    /** With some of the inputs. */
    static Layer inputs(Layer layer, int[] kept) {
        return like(layer, pick(weight(layer), 1, kept), bias(layer).map(Tensor::copy));
    }

    /**
     * Sets the weights of all other inputs to 0, in place. If input 1 of {@code [[1, 2, 3], [4, 5, 6]]} is kept, it becomes {@code [[0, 2, 0], [0, 5, 0]]}.
     *
     * @param layer with a weight {@code (outputs, inputs)} or {@code (outputs, inputs, rows, columns)}
     * @param kept the inputs that are read on
     */
    static void keepInputs(Layer layer, int[] kept) {
        Parameter weight = weight(layer);
        // region Task 18.7: nobody reads it any more
        double[] read = new double[weight.dim(1)];
        for (int input : kept) {
            read[input] = 1;
        }
        Tensor mask = Tensors.of(read).reshape(weight.rank() == 2 ? new int[] {1, -1} : new int[] {1, -1, 1, 1});
        weight.copyFrom(Tensors.where(mask, weight.detach(), Tensors.scalar(0)));
        // endregion
    }

    /** With some of the channels, and their running averages. */
    static Layer channels(BatchNorm norm, int[] kept) {
        Layer smaller = norm instanceof BatchNorm2d
                ? new BatchNorm2d(kept.length, norm.eps(), norm.momentum())
                : new BatchNorm1d(kept.length, norm.eps(), norm.momentum());
        Map<String, Tensor> state = new LinkedHashMap<>();
        norm.stateDict().forEach((name, tensor) -> state.put(name, pick(tensor, 0, kept)));
        smaller.loadStateDict(state);
        learnAlike(norm, smaller);
        return smaller;
    }

    private static Tensor pick(Tensor tensor, int axis, int[] kept) {
        return tensor.detach()
                .indexSelect(
                        axis, Tensors.of(Arrays.stream(kept).asDoubleStream().toArray()));
    }

    private static Layer like(Layer layer, Tensor weight, Optional<Tensor> bias) {
        Layer other = layer instanceof Conv2d convolution
                ? convolution(convolution, weight, bias)
                : bias.map(values -> Linear.of(weight, values)).orElseGet(() -> Linear.of(weight));
        learnAlike(layer, other);
        return other;
    }

    private static Conv2d convolution(Conv2d like, Tensor weight, Optional<Tensor> bias) {
        Window rows = like.convolution().rows();
        Window columns = like.convolution().columns();
        Conv2d.Builder options = Conv2d.builder(weight.dim(1), weight.dim(0), rows.size(), columns.size())
                .stride(rows.stride(), columns.stride())
                .dilation(rows.dilation(), columns.dilation());
        if (rows.before() == rows.after() && columns.before() == columns.after()) {
            options.padding(rows.before(), columns.before());
        } else {
            options.same(); // nothing else pads unevenly
        }
        if (bias.isEmpty()) {
            options.noBias();
        }
        if (like.rectifies()) {
            options.relu();
        }
        Conv2d smaller = options.build(new Generator(0)); // what it draws is overwritten
        smaller.weight().copyFrom(weight);
        bias.ifPresent(values -> smaller.bias().orElseThrow().copyFrom(values));
        return smaller;
    }

    private static void learnAlike(Layer from, Layer to) {
        Map<String, Parameter> old = from.namedParameters();
        to.namedParameters()
                .forEach((name, parameter) ->
                        parameter.requiresGrad(old.get(name).requiresGrad()));
    }

    /** Each number i as the {@code length} numbers from {@code i · length} on: of 0 and 2, with a length of 3, come 0, 1, 2, 6, 7, 8. */
    static int[] spread(int[] numbers, int length) {
        return Arrays.stream(numbers)
                .flatMap(i -> IntStream.range(i * length, (i + 1) * length))
                .toArray();
    }

    /** Whether others use numbers of the layer at a path too, which would change without being asked: {@code '0.weight' is also used as '2.weight'}. Nothing if it has them for itself. */
    static Optional<String> shared(Layer model, String path) {
        Map<String, Tensor> all = model.stateDict();
        for (Map.Entry<String, Tensor> part : model.child(path).stateDict().entrySet()) {
            String own = PrunableWeights.join(path, part.getKey());
            for (Map.Entry<String, Tensor> other : all.entrySet()) {
                if (!other.getKey().equals(own) && other.getValue().sharesStorageWith(part.getValue())) {
                    return Optional.of("'" + own + "' is also used as '" + other.getKey() + "'");
                }
            }
        }
        return Optional.empty();
    }
}
