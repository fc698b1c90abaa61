package org.tinytorch.experiment;

import java.util.List;
import org.tinytorch.acceleration.AutoBackend;
import org.tinytorch.capstone.Goal;
import org.tinytorch.capstone.Limit;
import org.tinytorch.capstone.Project;
import org.tinytorch.capstone.Step;
import org.tinytorch.compression.ChannelPruner;
import org.tinytorch.data.DataLoader;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.UciDigits;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.precision.Calibrator;
import org.tinytorch.precision.QuantizedNetwork;
import org.tinytorch.precision.StaticQuantization;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Evaluator;
import org.tinytorch.training.Scores;
import org.tinytorch.training.Trainer;

/** A network that reads digits. To have a project of your own, copy this file to {@code MyProject.java} beside it, name the class so, and change what is in it. */
public final class DigitsProject implements Project<Layer> {
    /** Images in a run. */
    public static final int BATCH = 64;

    private static final int HIDDEN = 64;
    private static final int CLASSES = 10;

    private final DataSplit digits = UciDigits.load().split(0.2, new Generator(1));
    private final DataLoader test = DataLoader.of(digits.test(), BATCH);
    private final Tensor images = digits.test().images(0, BATCH);
    private final Layer trained = fresh();

    /** Trains the network, which takes a second or a few. */
    public DigitsProject() {
        train(trained, 20, 0.003);
    }

    private Sequential fresh() {
        Generator generator = new Generator(1);
        return new Sequential(
                new Flatten(), new Linear(digits.train().imageShape().size(), HIDDEN, generator), new ReLU(), new Linear(HIDDEN, CLASSES, generator));
    }

    private Layer train(Layer model, int epochs, double rate) {
        Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), rate))
                .build()
                .fit(DataLoader.of(digits.train(), BATCH).shuffled(new Generator(2)), epochs);
        return model;
    }

    @Override
    public String name() {
        return "digits";
    }

    @Override
    public Layer baseline() {
        Layer copy = fresh();
        copy.loadStateDict(trained.stateDict());
        return copy;
    }

    @Override
    public Scores quality(Layer model) {
        return new Evaluator(model, new CrossEntropyLoss(), new Accuracy()).evaluate(test);
    }

    @Override
    public void run(Layer model) {
        new Evaluator(model, new CrossEntropyLoss()).predict(images);
    }

    @Override
    public int items() {
        return BATCH;
    }

    @Override
    public long bytes(Layer model) {
        return model instanceof QuantizedNetwork network ? network.bytes() : Double.BYTES * model.parameterCount();
    }

    @Override
    public List<Step<Layer>> steps() {
        return List.of(Step.on("acceleration", new AutoBackend()), Step.of("half", this::half), Step.of("int8", this::int8));
    }

    /** Half of the hidden units go, and what is left learns a little more. */
    private Layer half(Layer model) {
        ChannelPruner pruner = new ChannelPruner((Sequential) model);
        pruner.rewire(pruner.strongest(0.5));
        return train(model, 5, 0.001);
    }

    /** Bytes in the place of numbers; some images show which numbers occur. */
    private Layer int8(Layer model) {
        return StaticQuantization.with(Calibrator.percentile(99.99)).convert(model.eval(), List.of(digits.train().batch(0, 1, 2, 3, 4, 5, 6, 7)));
    }

    @Override
    public List<Goal> goals() {
        return List.of(Goal.timesLess("time", 8, 40), Goal.timesLess("size", 8, 40), Goal.atLeast("accuracy", 0.95, 20));
    }

    @Override
    public List<Limit> limits() {
        return List.of(Limit.falls("accuracy", 0.02));
    }
}
