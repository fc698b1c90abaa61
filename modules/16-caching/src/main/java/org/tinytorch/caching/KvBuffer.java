// Yours: tasks 16.1, 16.2. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/caching/KvBuffer.java.
package org.tinytorch.caching;

import java.util.Arrays;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Room for the vectors of so many places, taken once: {@code (B, capacity, G, D)}. It is a circle: the vectors of place p lie in the slot {@code p mod capacity}, so that the newest take the slot of
 * the oldest.
 */
final class KvBuffer {
    private final Tensor room;
    private final int batch;
    private final int capacity;

    /** How many numbers a slot has: the vectors of all heads. */
    private final int width;

    /** Room for vectors of all heads at each place. */
    KvBuffer(int batch, int capacity, int heads, int width) {
        this(Tensors.zeros(batch, capacity, heads, width));
    }

    private KvBuffer(Tensor room) {
        this.room = room;
        this.batch = room.dim(0);
        this.capacity = room.dim(1);
        this.width = room.dim(2) * room.dim(3);
    }

    /** All of it, filled or not. */
    Tensor room() {
        return room;
    }

    /** Whether vectors {@code (B, T, G, D)} are of the kind that is kept here. */
    boolean fits(Shape fresh) {
        return fresh.dim(0) == batch && fresh.dim(2) == room.dim(2) && fresh.dim(3) == room.dim(3);
    }

    /**
     * Writes the vectors of some places into slots that follow each other. With room for 4 places, two sequences and one number a place, the places from 1 on of {@code [5 6 7], [8 9 10]}, two of
     * them, written from slot 2 on, make {@code [. . 6 7], [. . 9 10]}.
     *
     * @param fresh {@code (B, T, G, D)}
     * @param from the first place of fresh to write
     * @param count how many; they end before the room does
     * @param slot where the first one goes
     */
    void write(Tensor fresh, int from, int count, int slot) {
        double[] source = fresh.data();
        double[] kept = room.mutableData();
        int places = fresh.dim(1);
        // region Task 16.1: a slot for each place
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 16.1
        throw new UnsupportedOperationException(
                "Task 16.1: a slot for each place is not written yet: ./tito hint 16.1");
        // endregion
    }

    /**
     * A copy of the vectors that are kept of all that were written, the oldest first, {@code (B, kept, G, D)}. With room for 4 places and 6 seen, the slots hold the places {@code [4 5 2 3]}; read,
     * they are {@code [2 3 4 5]}.
     *
     * @param seen how many places were written, those that are overwritten among them
     */
    Tensor read(int seen) {
        int count = Math.min(seen, capacity);
        double[] kept = room.data();
        double[] out = new double[batch * count * width];
        // region Task 16.2: the oldest first
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 16.2
        throw new UnsupportedOperationException("Task 16.2: the oldest first is not written yet: ./tito hint 16.2");
        // endregion
    }

    /** A buffer with some sequences of this one, each as often as it is named. */
    KvBuffer keep(int... sequences) {
        int stride = capacity * width;
        double[] out = new double[sequences.length * stride];
        for (int i = 0; i < sequences.length; i++) {
            System.arraycopy(room.data(), sequences[i] * stride, out, i * stride, stride);
        }
        return new KvBuffer(Tensors.of(out, sequences.length, capacity, room.dim(2), room.dim(3)));
    }

    /** A buffer of its own with the same content. */
    KvBuffer copy() {
        return new KvBuffer(Tensors.of(Arrays.copyOf(room.data(), room.size()), room.shape()));
    }

    /** The memory it takes. */
    long bytes() {
        return (long) room.size() * Double.BYTES;
    }
}
