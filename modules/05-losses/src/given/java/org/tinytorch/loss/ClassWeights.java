// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/loss/ClassWeights.java. Read it, don't edit it.
package org.tinytorch.loss;

import java.util.Arrays;
import java.util.Optional;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/** How much each class counts; everything counts 1 if there are no weights. */
record ClassWeights(Optional<Tensor> weights) {
    ClassWeights {
        weights.ifPresent(ClassWeights::check);
    }

    private static void check(Tensor weights) {
        if (weights.rank() != 1) {
            throw new IllegalArgumentException("classWeights: the weights have shape " + weights.shape()
                    + "; they need (classes,), one for each class");
        }
        Checks.weights("classWeights", "weight", weights);
    }

    void checkFor(String loss, int classes) {
        weights.ifPresent(present -> {
            if (present.size() != classes) {
                throw new IllegalArgumentException(
                        loss + ": there are " + present.size() + " class weights, but " + classes + " classes");
            }
        });
    }

    double of(int label) {
        return weights.isPresent() ? weights.get().data()[label] : 1;
    }

    /** Every score, which has shape {@code (N, C, …)}, times the weight of its class. */
    Tensor times(Tensor scores) {
        if (weights.isEmpty()) {
            return scores;
        }
        int[] dims = new int[scores.rank()];
        Arrays.fill(dims, 1);
        dims[1] = scores.dim(1);
        return scores.mul(weights.get().reshape(Shape.of(dims)));
    }
}
