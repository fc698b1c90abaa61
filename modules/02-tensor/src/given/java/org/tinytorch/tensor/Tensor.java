// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Tensor.java. Read it, don't edit it.
package org.tinytorch.tensor;

import java.util.Optional;

/**
 * An n-dimensional array of doubles: a flat, row-major, contiguous {@code double[]} and a {@link Shape}, like {@code torch.Tensor} in float64.
 *
 * <p>Made by {@link Tensors}. Computing never changes a tensor; it makes a new one. {@code reshape} and {@code detach} share the numbers, everything
 * else copies. Token ids and class labels are tensors with integer values, checked where they are used.
 *
 * <p>A tensor may ask for its gradient with {@link #requiresGrad(boolean)}; after {@link #backward()} on a result computed from it, {@link #grad()}
 * holds the derivative. Not thread-safe for writing.
 */
public class Tensor implements Arithmetic, Reductions, Shaping {
    private final Storage storage;
    private final Shape shape;
    private boolean requiresGrad;
    private Optional<Tensor> grad = Optional.empty();
    private boolean gradCollected;
    private Optional<GradFn> gradFn = Optional.empty();

    Tensor(Storage storage, Shape shape) {
        if (storage.data().length != shape.size()) {
            throw new IllegalArgumentException("tensor: " + storage.data().length + " numbers do not fill shape "
                    + shape + ", which has " + shape.size());
        }
        this.storage = storage;
        this.shape = shape;
    }

    /** A tensor that shares the numbers of another one but not its history; for subclasses that give a tensor a role. */
    protected Tensor(Tensor values) {
        this(values.storage, values.shape);
    }

    @Override
    public final Tensor self() {
        return this;
    }

    /** The size along each axis. */
    public final Shape shape() {
        return shape;
    }

    /** The number of axes. */
    public final int rank() {
        return shape.rank();
    }

    /** The number of elements. */
    public final int size() {
        return shape.size();
    }

    /** The size along one axis; a negative axis counts from the end. */
    public final int dim(int axis) {
        return shape.dim(axis);
    }

    // ---- reading and writing

    /** The numbers in row-major order: the live array, for reading only. Write through {@link #mutableData()}. */
    public final double[] data() {
        return storage.data();
    }

    /**
     * The live array, for writing. Counts as a write: a graph that saved the old numbers will refuse to compute gradients with the new ones.
     *
     * @throws IllegalStateException if this tensor is a recorded result; its history would no longer be true
     */
    public final double[] mutableData() {
        if (gradFn.isPresent()) {
            throw new IllegalStateException(
                    "in-place write into the recorded result of " + gradFn.get().name()
                            + ": its gradient would be wrong; write into a copy(), or compute under NoGrad");
        }
        storage.written();
        return storage.data();
    }

    /** How often the numbers were written to since they were made. Tensors that share them share the count. */
    public final int version() {
        return storage.version();
    }

    /** Whether both tensors look at the same numbers in memory. */
    public final boolean sharesStorageWith(Tensor other) {
        return storage.isSameMemoryAs(other.storage);
    }

    /** The element at an index; negative entries count from the end. */
    public final double get(int... index) {
        return storage.data()[shape.offset(index)];
    }

    /** Writes one element, in place. */
    public final void set(double value, int... index) {
        int offset = shape.offset(index);
        mutableData()[offset] = value;
    }

    /** Overwrites all elements with those of a tensor of the same shape, in place. */
    public final void copyFrom(Tensor other) {
        if (!shape.equals(other.shape)) {
            throw new IllegalArgumentException("copyFrom: shapes differ: " + shape + " and " + other.shape);
        }
        System.arraycopy(other.storage.data(), 0, mutableData(), 0, size());
    }

    /** Sets all elements to one value, in place. */
    public final void fill(double value) {
        java.util.Arrays.fill(mutableData(), value);
    }

    /**
     * The only element, as a number.
     *
     * @throws IllegalStateException if there is not exactly one
     */
    public final double item() {
        if (size() != 1) {
            throw new IllegalStateException("item: a tensor of shape " + shape + " holds " + size()
                    + " numbers, not one; reduce it first, or use get(index)");
        }
        return storage.data()[0];
    }

    /** The same numbers in fresh memory, without history. */
    public final Tensor copy() {
        return new Tensor(new Storage(storage.data().clone()), shape);
    }

    /** A tensor that shares these numbers but no history: nothing computed from it sends gradients here. */
    public final Tensor detach() {
        return new Tensor(storage, shape);
    }

    /** A tensor that shares these numbers under another shape of the same size; not recorded. {@link #reshape} is the recorded one. */
    final Tensor view(Shape other) {
        return new Tensor(storage, other);
    }

    /** {@code allClose(other, 1e-5, 1e-8)}, PyTorch's tolerances. */
    public final boolean allClose(Tensor other) {
        return allClose(other, 1e-5, 1e-8);
    }

    /** Whether the shapes are equal and {@code |this − other| ≤ atol + rtol·|other|} everywhere. Equal infinities are close; NaN is close to nothing. */
    public final boolean allClose(Tensor other, double rtol, double atol) {
        if (!shape.equals(other.shape)) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            double a = storage.data()[i];
            double b = other.storage.data()[i];
            if (a != b && !(Math.abs(a - b) <= atol + rtol * Math.abs(b) && Double.isFinite(b))) {
                return false;
            }
        }
        return true;
    }

    // ---- gradients

    /** Whether gradients flow to or through this tensor. */
    public final boolean requiresGrad() {
        return requiresGrad || gradFn.isPresent();
    }

    /**
     * Asks for a gradient, or no longer.
     *
     * @return this
     * @throws IllegalStateException if this tensor is a recorded result
     */
    public final Tensor requiresGrad(boolean wanted) {
        if (gradFn.isPresent()) {
            throw new IllegalStateException("requiresGrad: this tensor is the recorded result of "
                    + gradFn.get().name() + "; only a leaf can be told; use detach() to cut it off");
        }
        this.requiresGrad = wanted;
        return this;
    }

    /** Whether this tensor was made by hand and not recorded as the result of an operation. Leaves collect gradients. */
    public final boolean isLeaf() {
        return gradFn.isEmpty();
    }

    /** The gradient collected so far: same shape as this; empty before the first {@link #backward()} and after {@link #zeroGrad()}. */
    public final Optional<Tensor> grad() {
        return grad;
    }

    /**
     * Sets the gradient; for gradients worked out by hand (modules 03 to 06). It is kept, not copied, and {@link #backward()} adds to it in place: do not
     * give one tensor to two parameters.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public final void grad(Tensor gradient) {
        if (!gradient.shape.equals(shape)) {
            throw new IllegalArgumentException(
                    "grad: a gradient of shape " + gradient.shape + " does not fit a tensor of shape " + shape);
        }
        this.grad = Optional.of(gradient.isLeaf() ? gradient : gradient.detach()); // backward() adds to it in place
        this.gradCollected = false;
    }

    /** For the tape: sets a gradient that nobody else holds. Its memory is used again after {@link #zeroGrad()}. */
    public final void collectGrad(Tensor gradient) {
        grad(gradient);
        this.gradCollected = true;
    }

    /** Forgets the gradient. One that {@link #backward()} made lives until here: {@code copy()} it first if it must live on. */
    public final void zeroGrad() {
        if (gradCollected) {
            grad.ifPresent(Tensor::discard);
        }
        this.grad = Optional.empty();
        this.gradCollected = false;
    }

    /**
     * For the tape: nobody needs these numbers any more. If a backend lent the memory, it gets it back, and whoever reads them after all gets an error; other memory is left to
     * the garbage collector.
     */
    public final void discard() {
        storage.giveBack();
    }

    /** The record of the operation that made this tensor; empty for a leaf. */
    public final Optional<GradFn> gradFn() {
        return gradFn;
    }

    /** Ties a fresh result to the record of the operation that made it; for the tape and for custom functions, never on a leaf in use. */
    public final void recorded(Optional<GradFn> record) {
        if (record.isPresent() && requiresGrad()) {
            throw new IllegalStateException("record: " + record.get().name()
                    + " returned a tensor that has a history already; a result must be fresh,"
                    + " use detach() or copy()");
        }
        if (record.isPresent()) { // an empty record must not erase the history of an input that was returned as it is
            this.gradFn = record;
        }
    }

    /**
     * Adds d(this)/d(leaf) to the gradient of every leaf that asked for one. This must hold a single number, such as a loss.
     *
     * @throws IllegalStateException if there is more than one number, nothing was recorded, or the graph was used up
     */
    public final void backward() {
        if (size() != 1) {
            throw new IllegalStateException("backward: a tensor of shape " + shape
                    + " is not a single number; reduce it with sum() or mean(), or pass a seed of the same shape");
        }
        backward(Tensors.ones(shape), false);
    }

    /** Adds d(sum(this · seed))/d(leaf) to the gradient of every leaf that asked for one. */
    public final void backward(Tensor seed) {
        backward(seed, false);
    }

    /**
     * Adds d(sum(this · seed))/d(leaf) to the gradient of every leaf that asked for one.
     *
     * @param seed the gradient of the final result with respect to this; of this shape
     * @param retainGraph true to be able to call it again; otherwise the graph is released
     */
    public final void backward(Tensor seed, boolean retainGraph) {
        if (!seed.shape.equals(shape)) {
            throw new IllegalArgumentException(
                    "backward: the seed has shape " + seed.shape + ", but the tensor has shape " + shape);
        }
        Tape.current().backward(this, seed, retainGraph);
    }

    /** NumPy's picture of the numbers; big tensors show their corners only. */
    @Override
    public String toString() {
        return TensorFormat.format(this);
    }
}
