package org.tinytorch.testing;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tensor.UnaryOp;

/** The contract itself, tried on a backend that computes some operations by loops of its own. */
class OtherLoopsBackendTest extends BackendContract {
    @Override
    protected Backend backend() {
        return new OtherLoops();
    }

    private static final class OtherLoops implements Backend {
        @Override
        public Tensor compute(Operation op, Tensor... inputs) {
            if (op instanceof UnaryOp function) {
                return Tensors.of(
                        Arrays.stream(inputs[0].data()).map(function::apply).toArray(), inputs[0].shape());
            } else if (op instanceof MatMul product && inputs[0].rank() == 2 && inputs[1].rank() == 2) {
                return product(product, product.sizes(inputs[0].shape(), inputs[1].shape()), inputs[0], inputs[1]);
            }
            return op.forward(inputs);
        }

        @Override
        public String name() {
            return "other-loops";
        }

        /** Each element by itself, its sum added up from the end. */
        private static Tensor product(MatMul op, MatMul.Sizes sizes, Tensor a, Tensor b) {
            double[] out = new double[sizes.m() * sizes.n()];
            for (int i = 0; i < out.length; i++) {
                int row = i / sizes.n();
                int column = i % sizes.n();
                out[i] = IntStream.iterate(sizes.k() - 1, p -> p >= 0, p -> p - 1)
                        .mapToDouble(p -> (op.transposeA() ? a.get(p, row) : a.get(row, p))
                                * (op.transposeB() ? b.get(column, p) : b.get(p, column)))
                        .reduce(0, Double::sum);
            }
            return Tensors.of(out, sizes.result());
        }
    }
}
