// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/caching/KvBuffer.java. Read it, don't edit it.
package org.tinytorch.caching;

import java.util.Arrays;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Room for vectors of so many places, taken once: {@code (B, capacity, G, D)}. */
final class KvBuffer {
    private final Tensor room;
    private final int batch;
    private final int capacity;
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
     * Writes the vectors of some places into slots that follow each other.
     *
     * @param fresh {@code (B, T, G, D)}
     * @param from the first place of fresh to write
     * @param count how many
     * @param slot where the first one goes
     */
    void write(Tensor fresh, int from, int count, int slot) {
        int places = fresh.dim(1);
        for (int b = 0; b < batch; b++) {
            System.arraycopy(
                    fresh.data(),
                    (b * places + from) * width,
                    room.data(),
                    (b * capacity + slot) * width,
                    count * width);
        }
    }

    /** A copy of {@code count} slots from {@code first} on, in a circle, {@code (B, count, G, D)}. */
    Tensor read(int first, int count) {
        double[] out = new double[batch * count * width];
        int beforeTheEnd = Math.min(count, capacity - first);
        for (int b = 0; b < batch; b++) {
            int to = b * count * width;
            System.arraycopy(room.data(), (b * capacity + first) * width, out, to, beforeTheEnd * width);
            System.arraycopy(
                    room.data(), b * capacity * width, out, to + beforeTheEnd * width, (count - beforeTheEnd) * width);
        }
        return Tensors.of(out, batch, count, room.dim(2), room.dim(3));
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
