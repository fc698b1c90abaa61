package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Tanh;
import org.tinytorch.optim.Adam;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Batches;
import org.tinytorch.training.Counted;
import org.tinytorch.training.History;
import org.tinytorch.training.Stochastic;
import org.tinytorch.training.Trainer;

class DistillationTest {
    private final Generator generator = new Generator(3);
    private final Sequential teacher = new Sequential(
            new Linear(4, 16, generator),
            new Tanh(),
            new Dropout(0.5, generator.split()),
            new Linear(16, 3, generator));
    private final Tensor x = Tensors.randn(generator, 30, 4);
    private final Tensor labels = Shaken.outputs(teacher, x).argmax(1);

    @Test
    void aTargetIsLogitsAndThenTheLabel() {
        Tensor target = Distillation.target(Tensors.of(new double[][] {{1, 2}, {3, 4}}), Tensors.of(0, 1));

        assertThat(target.data()).containsExactly(1, 2, 0, 3, 4, 1);
    }

    @Test
    void batchesCarryWhatTheTeacherSaysInEvaluationMode() {
        Batch batch = Distillation.batches(teacher, Batches.of(x, labels, 30))
                .iterator()
                .next();

        assertThat(batch.input().data()).containsExactly(x.data());
        assertThat(batch.target().data())
                .as("without dropout")
                .containsExactly(
                        Distillation.target(Shaken.outputs(teacher, x), labels).data());
        assertThat(batch.target().requiresGrad())
                .as("the teacher does not learn")
                .isFalse();
        assertThat(teacher.isTraining()).as("the teacher's mode comes back").isTrue();
    }

    @Test
    void aPassHasAllBatches() {
        Iterable<Batch> batches = Distillation.batches(teacher, Batches.of(x, labels, 8));

        assertThat(batches).hasSize(4);
        assertThat(batches).as("and so has the next").hasSize(4);
    }

    @Test
    void knowsHowManyBatchesThereAreIfItsDataDo() {
        Batches counted = Batches.of(x, labels, 8);

        assertThat(Distillation.batches(teacher, counted))
                .isInstanceOfSatisfying(
                        Counted.class, batches -> assertThat(batches.count()).isEqualTo(counted.count()));
        assertThat(Distillation.batches(teacher, List.of(new Batch(x, labels))))
                .as("a list of batches does not")
                .isNotInstanceOf(Counted.class);
    }

    @Test
    void showsTheGeneratorsOfItsData() {
        Generator shuffle = new Generator(1);

        assertThat(((Stochastic) Distillation.batches(
                                teacher, Batches.of(x, labels, 8).shuffled(shuffle)))
                        .generators())
                .containsExactly(shuffle);
        assertThat(((Stochastic) Distillation.batches(teacher, List.of(new Batch(x, labels)))).generators())
                .isEmpty();
    }

    @Test
    void aTrainerTrainsAStudentToSayWhatItsTeacherSays() {
        Linear student = new Linear(4, 3, generator);
        Trainer trainer = Trainer.builder(student, new DistillationLoss(2, 1), new Adam(student.parameters(), 0.05))
                .validation(Batches.of(x, labels, 30))
                .metrics(new Accuracy())
                .build();

        History history = trainer.fit(
                Distillation.batches(teacher, Batches.of(x, labels, 10).shuffled(new Generator(4))), 30);

        double first = history.epochs().get(0).get("train_loss");
        double last = history.epochs().get(29).get("train_loss");
        assertThat(last).as("divergence from the teacher").isLessThan(first / 5);
        assertThat(history.epochs().get(29).get("val_accuracy"))
                .as("with labels that it never saw")
                .isGreaterThan(0.8);
    }

    @Test
    void labelsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> Distillation.target(Tensors.zeros(2, 3), Tensors.zeros(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("distillation: labels (3,) do not fit the teacher's logits (2, 3);"
                        + " there must be one for each row of logits");
    }
}
