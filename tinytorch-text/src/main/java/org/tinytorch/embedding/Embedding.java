package org.tinytorch.embedding;

import java.util.Arrays;
import java.util.OptionalInt;
import org.tinytorch.autograd.Function;
import org.tinytorch.autograd.Saved;
import org.tinytorch.nn.Init;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * A table with a vector for each id, like {@code torch.nn.Embedding}. A row is what a one-hot vector times the table would give, without the multiplications by 0.
 *
 * <p>Shapes: ids {@code (…)} with integer values, {@code weight} {@code (V, C)}, result {@code (…, C)}. An id outside {@code 0 … V − 1} is an
 * {@link IndexOutOfBoundsException} that names it and its place.
 *
 * <pre>{@code
 * Embedding letters = new Embedding(65, 128, generator);
 * Tensor vectors = letters.forward(ids); // (12, 64) gives (12, 64, 128)
 * }</pre>
 */
public final class Embedding extends Layer implements TokenTable {
    private final Parameter weight;
    private final OptionalInt padding;

    /** A table of normal numbers with mean 0 and deviation 1, as in PyTorch. */
    public Embedding(int ids, int width, Generator generator) {
        this(table(ids, width, generator), OptionalInt.empty());
    }

    private Embedding(Tensor table, OptionalInt padding) {
        this.weight = parameter("weight", new Parameter(table));
        this.padding = padding;
    }

    /**
     * A table in which one id stands for nothing: its row is 0 and never learns. The other rows are those that {@link #Embedding} draws from the same generator.
     *
     * @param padding the id that fills up short sequences
     * @throws IndexOutOfBoundsException if the padding is not one of the ids
     */
    public static Embedding padded(int ids, int width, int padding, Generator generator) {
        Tensor table = table(ids, width, generator);
        if (padding < 0 || padding >= ids) {
            throw new IndexOutOfBoundsException(
                    "embedding: the padding index " + padding + " is not in 0 … " + (ids - 1));
        }
        // region Task 12.3: a row that stands for nothing
        Arrays.fill(table.mutableData(), padding * width, (padding + 1) * width, 0);
        return new Embedding(table, OptionalInt.of(padding));
        // endregion
    }

    private static Tensor table(int ids, int width, Generator generator) {
        if (ids < 1 || width < 1) {
            throw new IllegalArgumentException("embedding: " + ids + " ids with vectors of " + width
                    + " numbers are not possible; use at least 1 of each");
        }
        return Init.normal(Tensors.zeros(ids, width), 0, 1, generator);
    }

    /** The table, {@code (V, C)}. */
    public Parameter weight() {
        return weight;
    }

    /** The id whose row does not learn, if there is one. */
    public OptionalInt padding() {
        return padding;
    }

    @Override
    protected Tensor compute(Tensor ids) {
        return new Look(padding.orElse(-1)).apply(weight, ids.detach());
    }

    @Override
    public Tensor scores(Tensor rows) {
        return MatMul.of(rows, false, weight, true);
    }

    /** Looking up and its gradient. Inputs: the table, the ids. */
    static final class Look extends Function {
        private final int padding;

        Look(int padding) {
            this.padding = padding;
        }

        @Override
        protected Tensor forward(Tensor... inputs) {
            return Operation.run(new Lookup(), inputs);
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            Operation gradient = new Lookup.Gradient(saved.shape(0).dim(0), padding);
            return new Tensor[] {Operation.run(gradient, saved.input(1), g), null};
        }

        @Override
        protected String name() {
            return "Embedding";
        }
    }

    @Override
    protected String options() {
        return weight.dim(0) + ", " + weight.dim(1) + (padding.isPresent() ? ", padding=" + padding.getAsInt() : "");
    }
}
