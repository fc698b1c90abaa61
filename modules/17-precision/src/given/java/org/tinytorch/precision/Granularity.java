// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/Granularity.java. Read it, don't edit it.
package org.tinytorch.precision;

import org.tinytorch.tensor.Shape;

/** Which numbers of a tensor share a scale: runs of neighbours in the flat array, all of one length. */
interface Granularity {
    /** All numbers. */
    Granularity TENSOR = new Granularity() {
        @Override
        public int run(Shape shape) {
            return shape.size();
        }

        @Override
        public String toString() {
            return "per tensor";
        }
    };

    /** Those of one index of axis 0: for a weight {@code (out, in)}, one row. */
    Granularity CHANNEL = new Granularity() {
        @Override
        public int run(Shape shape) {
            if (shape.rank() == 0) {
                throw new IllegalArgumentException("quantizer: a scalar has no channels; quantise it per tensor");
            }
            return shape.size() / shape.dim(0);
        }

        @Override
        public String toString() {
            return "per channel";
        }
    };

    /**
     * How many numbers share a scale.
     *
     * @param shape of the tensor, which is not empty
     * @throws IllegalArgumentException if the tensor cannot be divided so
     */
    int run(Shape shape);

    /** So many consecutive numbers of the last axis. */
    record Group(int length) implements Granularity {
        public Group {
            if (length < 1) {
                throw new IllegalArgumentException(
                        "quantizer: groups of " + length + " are not possible; use at least 1, for example 32");
            }
        }

        @Override
        public int run(Shape shape) {
            if (shape.rank() == 0 || shape.dim(-1) % length != 0) {
                throw new IllegalArgumentException("quantizer: the last axis of " + shape
                        + " does not divide into groups of " + length + "; choose a length that divides it");
            }
            return length;
        }

        @Override
        public String toString() {
            return "per group of " + length;
        }
    }
}
