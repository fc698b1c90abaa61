// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/caching/CachingKernels.java. Read it, don't edit it.
package org.tinytorch.caching;

import java.util.Optional;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.tinytorch.acceleration.KernelProvider;
import org.tinytorch.acceleration.Kernels;
import org.tinytorch.acceleration.VectorMath;
import org.tinytorch.acceleration.Workers;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** {@link IncrementalAttention} with vectors, some heads to each thread. */
public final class CachingKernels implements KernelProvider {
    private static final VectorSpecies<Double> SPECIES = VectorMath.SPECIES;
    private static final int LANES = SPECIES.length();

    /** Multiply-adds that are worth another thread; they wait for the memory. */
    private static final int WORTH_A_THREAD = 16_384;

    /** For the {@link java.util.ServiceLoader}. */
    public CachingKernels() {}

    @Override
    public Kernels kernels(Workers workers) {
        return (op, inputs) -> compute(workers, op, inputs);
    }

    private static Optional<Tensor> compute(Workers workers, Operation op, Tensor... inputs) {
        if (!(op instanceof IncrementalAttention attention)) {
            return Optional.empty();
        }
        attention.checkShapes(inputs);
        int heads = inputs[0].dim(0) * inputs[0].dim(2);
        int valueWidth = inputs[2].dim(3);
        double[] out = new double[heads * valueWidth];
        long work = (long) heads * attention.kept() * (inputs[0].dim(3) + valueWidth);
        workers.share(heads, (int) Math.min(heads, work / WORTH_A_THREAD), (from, to) -> {
            double[] weights = new double[(attention.kept() + LANES - 1) / LANES * LANES];
            for (int head = from; head < to; head++) {
                new Head(attention, head, inputs).mix(weights, out);
            }
        });
        return Optional.of(Tensors.of(out, inputs[0].dim(0), 1, inputs[0].dim(2), valueWidth));
    }

    /** One head of one sequence: where its query, keys, values and result lie. */
    private static final class Head {
        private final IncrementalAttention attention;
        private final double[] queries;
        private final double[] keys;
        private final double[] values;
        private final int width;
        private final int valueWidth;
        private final int queryAt;
        private final int keysAt;
        private final int valuesAt;
        private final int resultAt;
        private final int keyStride;
        private final int valueStride;

        Head(IncrementalAttention attention, int head, Tensor... inputs) {
            this.attention = attention;
            this.queries = inputs[0].data();
            this.keys = inputs[1].data();
            this.values = inputs[2].data();
            this.width = inputs[0].dim(3);
            this.valueWidth = inputs[2].dim(3);
            int groups = inputs[1].dim(2);
            int heads = inputs[0].dim(2);
            int b = head / heads;
            int group = head % heads / (heads / groups);
            this.queryAt = head * width;
            this.resultAt = head * valueWidth;
            this.keyStride = groups * width;
            this.valueStride = groups * valueWidth;
            this.keysAt = b * inputs[1].dim(1) * keyStride + group * width;
            this.valuesAt = b * inputs[2].dim(1) * valueStride + group * valueWidth;
        }

        void mix(double[] weights, double[] out) {
            double max = scores(weights);
            double sum = exponentials(weights, max);
            average(weights, 1 / sum, out);
        }

        /** The scaled products of the query with all keys, and −∞ to the end of the last vector; gives their maximum. */
        private double scores(double[] scores) {
            int kept = attention.kept();
            double max = Double.NEGATIVE_INFINITY;
            for (int key = 0; key < kept; key++) {
                scores[key] = attention.scale() * dot(queries, queryAt, keys, keysAt + key * keyStride, width);
                max = Math.max(max, scores[key]);
            }
            for (int beyond = kept; beyond < scores.length; beyond++) {
                scores[beyond] = Double.NEGATIVE_INFINITY;
            }
            return max;
        }

        private static double dot(double[] a, int aStart, double[] b, int bStart, int length) {
            DoubleVector even = DoubleVector.zero(SPECIES);
            DoubleVector odd = even;
            int d = 0;
            for (; d + 2 * LANES <= length; d += 2 * LANES) {
                even = DoubleVector.fromArray(SPECIES, a, aStart + d)
                        .fma(DoubleVector.fromArray(SPECIES, b, bStart + d), even);
                odd = DoubleVector.fromArray(SPECIES, a, aStart + d + LANES)
                        .fma(DoubleVector.fromArray(SPECIES, b, bStart + d + LANES), odd);
            }
            double sum = even.add(odd).reduceLanes(VectorOperators.ADD);
            for (; d < length; d++) {
                sum += a[aStart + d] * b[bStart + d];
            }
            return sum;
        }

        private static double exponentials(double[] scores, double max) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int key = 0; key < scores.length; key += LANES) {
                DoubleVector weight = VectorMath.expOfNegative(
                        DoubleVector.fromArray(SPECIES, scores, key).sub(max));
                weight.intoArray(scores, key);
                sum = sum.add(weight);
            }
            return sum.reduceLanes(VectorOperators.ADD);
        }

        /** The weighted average of the values, four vectors of it at a time. */
        private void average(double[] weights, double factor, double[] out) {
            int e = 0;
            for (; e + 4 * LANES <= valueWidth; e += 4 * LANES) {
                fourVectors(weights, factor, e, out);
            }
            for (; e + LANES <= valueWidth; e += LANES) {
                oneVector(weights, factor, e, out);
            }
            for (; e < valueWidth; e++) {
                double sum = 0;
                for (int key = 0; key < attention.kept(); key++) {
                    sum += weights[key] * values[valuesAt + key * valueStride + e];
                }
                out[resultAt + e] = factor * sum;
            }
        }

        private void fourVectors(double[] weights, double factor, int e, double[] out) {
            DoubleVector s0 = DoubleVector.zero(SPECIES);
            DoubleVector s1 = s0;
            DoubleVector s2 = s0;
            DoubleVector s3 = s0;
            int at = valuesAt + e;
            int kept = attention.kept();
            for (int key = 0; key < kept; key++) {
                DoubleVector weight = DoubleVector.broadcast(SPECIES, weights[key]);
                s0 = DoubleVector.fromArray(SPECIES, values, at).fma(weight, s0);
                s1 = DoubleVector.fromArray(SPECIES, values, at + LANES).fma(weight, s1);
                s2 = DoubleVector.fromArray(SPECIES, values, at + 2 * LANES).fma(weight, s2);
                s3 = DoubleVector.fromArray(SPECIES, values, at + 3 * LANES).fma(weight, s3);
                at += valueStride;
            }
            int to = resultAt + e;
            s0.mul(factor).intoArray(out, to);
            s1.mul(factor).intoArray(out, to + LANES);
            s2.mul(factor).intoArray(out, to + 2 * LANES);
            s3.mul(factor).intoArray(out, to + 3 * LANES);
        }

        private void oneVector(double[] weights, double factor, int e, double[] out) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int key = 0; key < attention.kept(); key++) {
                DoubleVector weight = DoubleVector.broadcast(SPECIES, weights[key]);
                sum = DoubleVector.fromArray(SPECIES, values, valuesAt + key * valueStride + e)
                        .fma(weight, sum);
            }
            sum.mul(factor).intoArray(out, resultAt + e);
        }
    }
}
