// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/StreamLoader.java. Read it, don't edit it.
package org.tinytorch.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Stochastic;

/**
 * Batches of a stream of samples; made by {@link DataLoader#ofStream}. Every {@link #iterator()} reads the stream from its beginning, in the thread that asks. The
 * last batch may be smaller.
 */
public final class StreamLoader implements Iterable<Batch>, Stochastic {
    private final StreamingDataset dataset;
    private final int batchSize;
    private final int bufferSize;
    private final Optional<Generator> shuffle;

    StreamLoader(StreamingDataset dataset, int batchSize) {
        this(dataset, batchSize, 1, Optional.empty());
    }

    private StreamLoader(StreamingDataset dataset, int batchSize, int bufferSize, Optional<Generator> shuffle) {
        this.dataset = dataset;
        this.batchSize = batchSize;
        this.bufferSize = bufferSize;
        this.shuffle = shuffle;
    }

    /**
     * Shuffles, as far as that is possible without all samples at hand: so many wait in a buffer, and each one that leaves it is drawn at random. A buffer of the
     * size of the data set shuffles it all; a small one leaves samples near where they were. Draws one number from the generator when an epoch begins.
     *
     * @param buffer samples held back, at least 1
     * @param generator belongs to the result from now on
     * @throws IllegalArgumentException if the buffer holds nothing
     */
    public StreamLoader shuffled(int buffer, Generator generator) {
        if (buffer < 1) {
            throw new IllegalArgumentException(
                    "stream loader: a buffer of " + buffer + " samples holds nothing to draw from; use at least 1");
        }
        return new StreamLoader(dataset, batchSize, buffer, Optional.of(generator));
    }

    @Override
    public List<Generator> generators() {
        return shuffle.stream().toList();
    }

    /** One pass. Whoever leaves it before its end closes it, and with it the stream. */
    @Override
    public Pass iterator() {
        // In order is shuffled with a buffer of one.
        Generator random = shuffle.map(Generator::split).orElseGet(() -> new Generator(0));
        return new Pass(dataset.stream(), random);
    }

    /** One pass over the stream, which is closed at the end, by {@link #close()}, and after an error. Not thread-safe. */
    public final class Pass implements Iterator<Batch>, AutoCloseable {
        private final Stream<Sample> stream;
        private final Iterator<Sample> samples;
        private final Generator random;
        private final List<Sample> buffer = new ArrayList<>();
        private boolean closed;
        private long read;

        private Pass(Stream<Sample> stream, Generator random) {
            this.stream = stream;
            this.samples = stream.iterator();
            this.random = random;
        }

        @Override
        public boolean hasNext() {
            if (closed) {
                return false;
            }
            fill();
            if (buffer.isEmpty()) {
                close();
            }
            return !closed;
        }

        private void fill() {
            try {
                while (buffer.size() < bufferSize && samples.hasNext()) {
                    buffer.add(samples.next());
                    read++;
                }
            } catch (RuntimeException | Error e) {
                close();
                throw e;
            }
        }

        /**
         * The next batch.
         *
         * @throws NoSuchElementException if there is none, or this is closed
         * @throws IllegalArgumentException if samples differ in shape
         */
        @Override
        public Batch next() {
            if (!hasNext()) {
                throw new NoSuchElementException("stream loader: all " + read + " samples were handed out");
            }
            List<Sample> chosen = new ArrayList<>();
            while (chosen.size() < batchSize && hasNext()) {
                chosen.add(draw());
            }
            return new Batch(
                    stack(chosen.stream().map(Sample::input).toList()),
                    stack(chosen.stream().map(Sample::target).toList()));
        }

        /** One of the buffer, whose place the last one takes. */
        private Sample draw() {
            int place = random.nextInt(buffer.size());
            Sample last = buffer.remove(buffer.size() - 1);
            return place == buffer.size() ? last : buffer.set(place, last);
        }

        private Tensor stack(List<Tensor> tensors) {
            Shape shape = tensors.get(0).shape();
            Tensor out = Tensors.zeros(Rows.shape(tensors.size(), shape));
            for (int i = 0; i < tensors.size(); i++) {
                Tensor tensor = tensors.get(i);
                if (!tensor.shape().equals(shape)) {
                    close();
                    throw new IllegalArgumentException("stream loader: samples of one batch differ in shape: " + shape
                            + " and " + tensor.shape() + ", among the first " + read + " samples");
                }
                System.arraycopy(tensor.data(), 0, out.data(), i * shape.size(), shape.size());
            }
            return out;
        }

        /** Closes the stream. May be called twice. */
        @Override
        public void close() {
            closed = true;
            stream.close();
        }
    }
}
