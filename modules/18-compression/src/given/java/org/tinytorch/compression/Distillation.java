// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/Distillation.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.Iterator;
import java.util.List;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Counted;
import org.tinytorch.training.Modes;
import org.tinytorch.training.Stochastic;

/** Brings what a teacher says into the targets, where {@link DistillationLoss} finds it; so that any {@code Trainer} can train a student. */
public final class Distillation {
    private Distillation() {}

    /**
     * The same batches, with the teacher's logits in their targets. The teacher is asked anew in each pass, in evaluation mode and without recording, so that data may be shuffled or changed at random.
     *
     * @param teacher from the inputs to logits {@code (N, …, C)}, classes last
     * @param data whose targets are labels, {@code (N, …)}
     * @return {@link Stochastic}, and {@link Counted} if the data are
     */
    public static Iterable<Batch> batches(Layer teacher, Iterable<Batch> data) {
        return data instanceof Counted counted
                ? new CountedBatches(teacher, data, counted)
                : new TaughtBatches(teacher, data);
    }

    /**
     * A target for {@link DistillationLoss}: the teacher's logits {@code (…, C)}, and after them the labels {@code (…)}. Together {@code (…, C + 1)}.
     *
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static Tensor target(Tensor teacherLogits, Tensor labels) {
        if (teacherLogits.rank() < 2
                || !labels.shape().equals(teacherLogits.shape().without(-1))) {
            throw new IllegalArgumentException("distillation: labels " + labels.shape()
                    + " do not fit the teacher's logits " + teacherLogits.shape()
                    + "; there must be one for each row of logits");
        }
        return Tensors.concat(-1, teacherLogits.detach(), labels.detach().unsqueeze(-1));
    }

    /** Shows the generators of its data, so that a checkpoint can keep them. */
    private static class TaughtBatches implements Iterable<Batch>, Stochastic {
        private final Layer teacher;
        private final Iterable<Batch> data;

        TaughtBatches(Layer teacher, Iterable<Batch> data) {
            this.teacher = teacher;
            this.data = data;
        }

        @Override
        public Iterator<Batch> iterator() {
            Iterator<Batch> batches = data.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return batches.hasNext();
                }

                @Override
                public Batch next() {
                    return taught(batches.next());
                }
            };
        }

        private Batch taught(Batch batch) {
            try (Modes modes = Modes.evaluation(teacher);
                    NoGrad scope = NoGrad.enter()) {
                return new Batch(batch.input(), target(teacher.forward(batch.input()), batch.target()));
            }
        }

        @Override
        public List<Generator> generators() {
            return data instanceof Stochastic random ? random.generators() : List.of();
        }
    }

    /** Of data that knows how many batches it has. */
    private static final class CountedBatches extends TaughtBatches implements Counted {
        private final Counted counted;

        CountedBatches(Layer teacher, Iterable<Batch> data, Counted counted) {
            super(teacher, data);
            this.counted = counted;
        }

        @Override
        public int count() {
            return counted.count();
        }
    }
}
