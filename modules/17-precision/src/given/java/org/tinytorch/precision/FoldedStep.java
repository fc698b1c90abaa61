// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/FoldedStep.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.Optional;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.ConvolutionRelu;
import org.tinytorch.spatial.MaxPool;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/** A step of a network in evaluation mode, in real numbers, with batch normalisation and rectifiers drawn into the sums before them. */
sealed interface FoldedStep {
    /** What the step computes. */
    Tensor forward(Tensor x);

    /**
     * A convolution or, without one, a fully connected layer.
     *
     * @param weight {@code (out, in, kernel rows, kernel columns)} or {@code (out, in)}
     * @param bias {@code (out,)}
     * @param relu whether it ends with a rectifier
     */
    record Sums(Optional<Convolution> convolution, Tensor weight, Tensor bias, boolean relu) implements FoldedStep {
        @Override
        public Tensor forward(Tensor x) {
            if (convolution.isPresent()) {
                Operation op = relu ? new ConvolutionRelu(convolution.get()) : convolution.get();
                return Operation.run(op, x, weight, bias);
            }
            Tensor rows = x.reshape(x.dim(0), -1);
            Tensor y = MatMul.of(rows, false, weight, true).add(bias);
            return relu ? y.clamp(0, Double.POSITIVE_INFINITY) : y;
        }

        /** The same with a rectifier at its end. */
        Sums rectified() {
            return new Sums(convolution, weight, bias, true);
        }

        /** The same followed by {@code factor · y + summand}, for each output. */
        Sums scaled(Tensor factor, Tensor summand) {
            int[] perOutput = new int[weight.rank()];
            java.util.Arrays.fill(perOutput, 1);
            perOutput[0] = weight.dim(0);
            return new Sums(
                    convolution,
                    weight.mul(factor.reshape(perOutput)),
                    bias.mul(factor).add(summand),
                    relu);
        }
    }

    /** A pooling. */
    record Largest(MaxPool pool) implements FoldedStep {
        @Override
        public Tensor forward(Tensor x) {
            return Operation.run(pool, x);
        }
    }

    /** The mean of each channel. */
    record Mean() implements FoldedStep {
        @Override
        public Tensor forward(Tensor x) {
            return x.mean(2, 3);
        }
    }
}
