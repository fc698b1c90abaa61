package org.tinytorch.precision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Networks of integers for tests. */
final class SmallNetworks {
    static final Quantization INPUT = new Quantization(0.02, -30, -128, 127);
    private static final Quantization BETWEEN = new Quantization(0.05, -128, -128, 127);

    private SmallNetworks() {}

    static IntegerConvolution convolution(
            Generator generator,
            int in,
            int out,
            Window rows,
            Window columns,
            Quantization input,
            Optional<Quantization> output,
            boolean relu) {
        Tensor weight = Tensors.randn(generator, out, in, rows.size(), columns.size());
        double[] bias = Tensors.randn(generator, out).data();
        return new IntegerConvolution(
                Quantizer.symmetric(8).perChannel().quantize(weight), bias, rows, columns, input, output, relu);
    }

    /** Two convolutions with a pooling between them. */
    static IntegerNetwork network(Generator generator, int in, int middle, int stride) {
        List<IntegerStage> stages = new ArrayList<>();
        Window three = Window.of(3, stride, 1);
        stages.add(convolution(generator, in, middle, three, three, INPUT, Optional.of(BETWEEN), true));
        stages.add(new IntegerMaxPool(Window.of(2, 2, 0), Window.of(2, 2, 0)));
        stages.add(convolution(
                generator, middle, 5, Window.of(2, 1, 0), Window.of(3, 1, 1), BETWEEN, Optional.empty(), false));
        return new IntegerNetwork(INPUT, stages, true);
    }
}
