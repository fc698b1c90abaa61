package org.tinytorch.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Products and functions of every element against ND4J with OpenBLAS, the other library that Java programs use; in double precision. */
final class Nd4jWorkloads {
    private final Generator generator = new Generator(1);

    /** Where results go, so that no work is optimised away. */
    @SuppressWarnings("unused")
    private volatile Object sink;

    List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        IntStream.of(32, 64, 128, 256, 512, 1024).mapToObj(this::product).forEach(all::add);
        Tensor x = Tensors.randn(generator, 1_000_000);
        INDArray theirs = of(x);
        all.add(work("exp of 1M", () -> sink = x.exp(), () -> Transforms.exp(theirs, true)));
        all.add(work("tanh of 1M", () -> sink = x.tanh(), () -> Transforms.tanh(theirs, true)));
        return all;
    }

    private Workload product(int n) {
        Tensor a = Tensors.randn(generator, n, n);
        Tensor b = Tensors.randn(generator, n, n);
        INDArray left = of(a);
        INDArray right = of(b);
        return work("matmul " + n, () -> sink = a.matmul(b), () -> left.mmul(right));
    }

    private static Workload work(String name, Runnable ours, Supplier<INDArray> theirs) {
        return new Workload(name, 0, 0, "ND4J", ours, () -> theirs.get().close());
    }

    private static INDArray of(Tensor tensor) {
        long[] dims = Arrays.stream(tensor.shape().dims()).asLongStream().toArray();
        return Nd4j.create(tensor.data(), dims, DataType.DOUBLE);
    }
}
