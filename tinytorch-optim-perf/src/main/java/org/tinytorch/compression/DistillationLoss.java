package org.tinytorch.compression;

import org.tinytorch.activation.Activations;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.KlDivLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * Lets a small model, the student, learn from what a large one, the teacher, says besides the right answer: that this 7 looks a little like a 1 (Hinton et al., 2015).
 *
 * <p>{@code L = α · T² · KL(softmax(t/T) ‖ softmax(z/T)) + (1 − α) · crossEntropy(z, labels)}, for the student's logits z and the teacher's t. A high temperature T makes the small
 * probabilities count; T² keeps the first part's gradient, which shrinks with 1/T², in proportion to the second's.
 *
 * <p>The prediction holds logits {@code (…, C)}, classes last, so also those of a language model. The target holds the teacher's logits and after them the label, {@code (…, C + 1)}, as
 * {@link Distillation} makes it. Labels alone, {@code (…)}, give the cross-entropy alone; only where nothing is recorded, as in a validation.
 *
 * <pre>{@code
 * Trainer.builder(student, new DistillationLoss(4, 0.9), optimizer).validation(test).build()
 *         .fit(Distillation.batches(teacher, train), 10);
 * }</pre>
 *
 * @param temperature T, positive; 2 to 5 is usual
 * @param alpha α, the weight of what the teacher says, from 0 (labels only) to 1 (teacher only)
 */
public record DistillationLoss(double temperature, double alpha) implements Loss {
    private static final KlDivLoss DIVERGENCE = new KlDivLoss().perSample();
    private static final CrossEntropyLoss CROSS_ENTROPY = new CrossEntropyLoss();

    /** @throws IllegalArgumentException if a number is out of range */
    public DistillationLoss {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "distillation: a temperature of " + temperature + " is not possible; use a positive number");
        }
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("distillation: the teacher cannot have a weight of " + alpha
                    + "; use 0 (labels only) to 1 (teacher only)");
        }
    }

    @Override
    public Tensor forward(Tensor prediction, Tensor target) {
        if (isLabels(prediction, target)) {
            checkValidation(prediction, target);
            return hard(rows(prediction), target.reshape(-1));
        }
        Parts parts = parts(prediction, target);
        Tensor ofTeacher = soft(parts.logits(), parts.teacher()).mul(alpha);
        return ofTeacher.add(hard(parts.logits(), parts.labels()).mul(1 - alpha));
    }

    /**
     * What the teacher has to say: {@code T² · KL(softmax(t/T) ‖ softmax(z/T))}, averaged over the samples. For T = 1, z = {@code [0, 0]} and t = {@code [0, log 3]}, which are the probabilities ½,
     * ½ and ¼, ¾, it is {@code ¼ log ½ + ¾ log 3/2}, or 0.131. If the student agrees with the teacher it is 0.
     *
     * @param logits z, {@code (N, C)}
     * @param teacher t, {@code (N, C)}
     */
    private Tensor soft(Tensor logits, Tensor teacher) {
        // region Task 18.9: learn from a teacher
        Tensor logStudent = Activations.logSoftmax(logits.div(temperature), 1);
        Tensor ofTeacher = Activations.softmax(teacher.div(temperature), 1);
        return DIVERGENCE.forward(logStudent, ofTeacher).mul(temperature * temperature);
        // endregion
    }

    private static Tensor hard(Tensor logits, Tensor labels) {
        return CROSS_ENTROPY.forward(logits, labels);
    }

    /** {@code α · T · (softmax(z/T) − softmax(t/T)) / N + (1 − α) · (softmax(z) − y) / N}. */
    @Override
    public Tensor gradient(Tensor prediction, Tensor target) {
        Parts parts = parts(prediction, target);
        Tensor z = parts.logits().detach();
        Tensor student = Activations.softmax(z.div(temperature), 1);
        Tensor teacher = Activations.softmax(parts.teacher().div(temperature), 1);
        Tensor soft = student.sub(teacher).mul(alpha * temperature / z.dim(0));
        Tensor hard = CROSS_ENTROPY.gradient(z, parts.labels()).mul(1 - alpha);
        return soft.add(hard).reshape(prediction.shape());
    }

    /** All samples in a row: logits and the teacher's logits {@code (N, C)}, labels {@code (N,)}. */
    private record Parts(Tensor logits, Tensor teacher, Tensor labels) {}

    private static Parts parts(Tensor prediction, Tensor target) {
        checkLogits(prediction);
        int classes = prediction.dim(-1);
        Shape expected = prediction.shape().with(-1, classes + 1);
        if (!target.shape().equals(expected)) {
            throw new IllegalArgumentException("distillation: target " + target.shape() + " does not fit logits "
                    + prediction.shape() + "; it needs the teacher's logits and after them the label, " + expected
                    + ", as Distillation.batches makes it");
        }
        Tensor all = rows(target.detach());
        return new Parts(rows(prediction), all.slice(1, 0, classes), all.select(1, classes));
    }

    private static boolean isLabels(Tensor prediction, Tensor target) {
        checkLogits(prediction);
        return target.shape().equals(prediction.shape().without(-1));
    }

    private static void checkLogits(Tensor prediction) {
        if (prediction.rank() < 2) {
            throw new IllegalArgumentException(
                    "distillation: logits of shape " + prediction.shape() + " have no batch axis; use (N, C)");
        }
    }

    private static void checkValidation(Tensor prediction, Tensor target) {
        if (prediction.requiresGrad()) {
            throw new IllegalArgumentException("distillation: target " + target.shape()
                    + " holds labels alone, with which the student would learn without its teacher;"
                    + " train with Distillation.batches(teacher, data)");
        }
    }

    private static Tensor rows(Tensor tensor) {
        return tensor.rank() == 2 ? tensor : tensor.reshape(-1, tensor.dim(-1));
    }
}
