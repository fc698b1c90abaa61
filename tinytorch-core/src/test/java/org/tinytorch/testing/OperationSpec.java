package org.tinytorch.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytorch.autograd.GradCheck.Computation;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/**
 * All that the tests need to know of one operation, after the idea of PyTorch's OpInfo.
 *
 * @param name unique; shown by the tests
 * @param operation what is specified: an enum constant, or the class of an operation or of an autograd function
 * @param samples valid inputs, each with its naive formula
 * @param invalid calls that must be refused
 * @param tolerance how far a result may be from its formula, relative to the larger of 1 and the expected value; 0 asks for the same bits
 */
public record OperationSpec(
        String name, Object operation, List<Sample> samples, List<InvalidInput> invalid, double tolerance) {
    /** Copies the lists. */
    public OperationSpec {
        samples = List.copyOf(samples);
        invalid = List.copyOf(invalid);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("spec " + name + ": there is no sample; add one");
        }
    }

    /** Begins a specification that asks for exact results. */
    public static Builder of(String name, Object operation) {
        return new Builder(name, operation);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Collects a specification. */
    public static final class Builder {
        private final String name;
        private final Object operation;
        private final List<Sample> samples = new ArrayList<>();
        private final List<InvalidInput> invalid = new ArrayList<>();
        private Optional<List<Integer>> differentiated = Optional.empty();
        private double tolerance;

        private Builder(String name, Object operation) {
            this.name = name;
            this.operation = operation;
        }

        /** Allows a relative error, for formulas that round differently. */
        public Builder tolerance(double allowed) {
            this.tolerance = allowed;
            return this;
        }

        /** Which inputs the following samples check gradients of; without this call all of them, or none if the operation is not differentiable. */
        public Builder differentiates(int... inputs) {
            this.differentiated = Optional.of(IntStream.of(inputs).boxed().toList());
            return this;
        }

        /** Adds a sample that applies an operation, to be compared with a formula. */
        public Builder sample(Operation op, Computation formula, Tensor... inputs) {
            List<Integer> all = IntStream.range(0, op.differentiable() ? inputs.length : 0)
                    .boxed()
                    .toList();
            samples.add(new Sample(
                    op + " of " + shapes(inputs),
                    Optional.of(op),
                    in -> Operation.run(op, in),
                    formula,
                    List.of(inputs),
                    differentiated.orElse(all)));
            return this;
        }

        /** Adds a sample whose result is known, without a gradient check: for NaN, infinities, ties and corners. */
        public Builder special(Operation op, Tensor expected, Tensor... inputs) {
            samples.add(new Sample(
                    op + " of special " + shapes(inputs) + " #" + samples.size(),
                    Optional.of(op),
                    in -> Operation.run(op, in),
                    in -> expected,
                    List.of(inputs),
                    List.of()));
            return this;
        }

        /** Adds a sample of something composed of operations, or of an autograd function. */
        public Builder computation(String label, Computation computation, Computation formula, Tensor... inputs) {
            List<Integer> all = IntStream.range(0, inputs.length).boxed().toList();
            samples.add(new Sample(
                    label + " of " + shapes(inputs),
                    Optional.empty(),
                    computation,
                    formula,
                    List.of(inputs),
                    differentiated.orElse(all)));
            return this;
        }

        /** Adds inputs that an operation must refuse. */
        public Builder rejects(Class<? extends RuntimeException> type, String message, Operation op, Tensor... inputs) {
            return rejects(type, message, () -> Operation.run(op, inputs));
        }

        /** Adds a call that must be refused. */
        public Builder rejects(Class<? extends RuntimeException> type, String message, Runnable attempt) {
            invalid.add(new InvalidInput(type, message, attempt));
            return this;
        }

        /** The finished specification. */
        public OperationSpec build() {
            return new OperationSpec(name, operation, samples, invalid, tolerance);
        }

        private static List<String> shapes(Tensor... inputs) {
            return List.of(inputs).stream()
                    .map(input -> input.shape().toString())
                    .toList();
        }
    }
}
