package org.tinytorch.acceleration;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.tinytorch.activation.Gelu;
import org.tinytorch.activation.LogSoftmax;
import org.tinytorch.activation.Relu;
import org.tinytorch.activation.Sigmoid;
import org.tinytorch.activation.Silu;
import org.tinytorch.activation.Softmax;
import org.tinytorch.attention.DotProductAttention;
import org.tinytorch.tensor.Binary;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Reduce;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tensor.Unary;
import org.tinytorch.transformer.LayerNormalise;

/** Prints a checksum of what each vector kernel computes, a line each, and first how many lanes a vector has: to be run with vectors of several widths. */
final class BitsOfEveryKernel {
    private static final Workers ALONE = Workers.NONE;

    private BitsOfEveryKernel() {}

    public static void main(String[] args) {
        System.out.println("lanes " + Tiles.LANES);
        Generator generator = new Generator(1);
        Tensor x = Tensors.randn(generator, 23, 61).mul(3);
        Tensor y = Tensors.randn(generator, 23, 61);
        List<Operation> unary = List.of(
                Unary.EXP,
                Unary.LOG,
                Unary.TANH,
                Unary.ERF,
                new Sigmoid(),
                new Silu(),
                new Gelu(),
                new Relu(),
                new Softmax(1),
                new LogSoftmax(1),
                Reduce.over(Reduce.Kind.SUM, x.shape(), false, 0),
                Reduce.over(Reduce.Kind.SUM, x.shape(), false, 1),
                Reduce.over(Reduce.Kind.MAX, x.shape(), false, 1));
        unary.forEach(op -> print(op, x));
        print(Binary.MUL, x, y);
        printNorm(x, Tensors.randn(generator, 61), y);
        printAttention(Tensors.randn(generator, 2, 3, 43, 13), Tensors.randn(generator, 2, 3, 43, 13));
        for (int n : new int[] {1, 5, 8, 24, 33, 64, 70}) {
            Tensor a = Tensors.randn(generator, n, 601);
            Tensor b = Tensors.randn(generator, 601, n + 3);
            print(new MatMul(false, false), a, b);
            print(new MatMul(true, true), b, a);
        }
        Tensor a = Tensors.randn(generator, 50, 700);
        Tensor b = Tensors.randn(generator, 700, 40);
        Products narrow = new Products(new PackedGemm(FloatPanels::new), ALONE, 0);
        System.out.println("float32 " + checksum(narrow.compute(new MatMul(false, false), a, b)));
    }

    private static void printNorm(Tensor x, Tensor weight, Tensor g) {
        LayerNormalise norm = new LayerNormalise(1e-5);
        print(norm, x, weight, weight);
        print(new LayerNormalise.InputGradient(norm), x, weight, g);
        print(new LayerNormalise.ParameterGradients(norm), x, g);
    }

    private static void printAttention(Tensor x, Tensor g) {
        DotProductAttention attention = new DotProductAttention(true, 0.3);
        print(attention, x, x, x);
        print(new DotProductAttention.Gradient(attention), x, x, x, g);
    }

    private static void print(Operation op, Tensor... inputs) {
        Optional<Tensor> result = new Products(new VectorGemm(), ALONE, 0)
                .compute(op, inputs)
                .or(() -> new VectorMaps(ALONE, 1).compute(op, inputs))
                .or(() -> new BinaryKernels(ALONE, 1).compute(op, inputs))
                .or(() -> new RowKernels(ALONE, 1).compute(op, inputs))
                .or(() -> new NormKernels(ALONE, 1).compute(op, inputs))
                .or(() -> new AttentionKernels(new VectorGemm(), ALONE).compute(op, inputs));
        System.out.println(op + " of " + inputs[0].shape() + " " + checksum(result));
    }

    private static String checksum(Optional<Tensor> result) {
        double[] data = result.orElseThrow().data();
        ByteBuffer bytes = ByteBuffer.allocate(data.length * Double.BYTES);
        bytes.asDoubleBuffer().put(data);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return Long.toHexString(crc.getValue());
    }
}
