package org.tinytorch.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.loss.BceWithLogitsLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Tanh;
import org.tinytorch.optim.Adam;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The closing experiment of module 07: three networks, trained by three loops that were pasted from each other. One loop lacks a line. Nothing is thrown; the
 * network is only worse.
 */
public final class PastedLoops {
    private static final int STEPS = 1000;
    private static final double RATE = 0.01;
    private static final Loss LOSS = new BceWithLogitsLoss();

    private PastedLoops() {}

    /**
     * Points of the plane, each of which belongs to one of two half-moons.
     *
     * @param x the points, (n, 2)
     * @param y which moon, 0 or 1, (n, 1)
     */
    public record Moons(Tensor x, Tensor y) {
        /** Draws points: on two half circles that reach into each other, with some noise. */
        public static Moons draw(int seed, int n) {
            Generator generator = new Generator(seed);
            Tensor angle = Tensors.uniform(generator, 0, Math.PI, n, 1);
            Tensor y = Tensors.randint(generator, 2, n, 1);
            Tensor side = y.mul(-2).add(1);
            Tensor across = angle.cos().mul(side).add(y);
            Tensor up = angle.sin().mul(side).add(y.mul(0.5));
            Tensor noise = Tensors.randn(generator, n, 2).mul(0.15);
            return new Moons(Tensors.concat(1, across, up).add(noise), y);
        }

        /** The part of the points that a network gets right, which says 1 where it is above 0. */
        double right(Sequential model) {
            try (NoGrad scope = NoGrad.enter()) {
                return model.forward(x).gt(0).eq(y).mean().item();
            }
        }
    }

    /**
     * How a training went.
     *
     * @param hidden how many hidden neurons the network has
     * @param course the loss before the first step, and after every 200
     * @param right the part of the 200 points that is right at the end
     * @param rightNew the part that is right of 1,000 points that took no part in the training
     */
    public record Run(int hidden, List<Double> course, double right, double rightNew) {
        /** The loss at the end. */
        public double finalLoss() {
            return course.get(course.size() - 1);
        }
    }

    /** The points to learn from. */
    public static Moons training() {
        return Moons.draw(1, 200);
    }

    // ---- Three loops, pasted from each other. They are here to be compared, line by line.

    /** Trains 4 hidden neurons. */
    public static Run four() {
        Moons data = training();
        Sequential model = network(4);
        Optimizer optimizer = new Adam(model.parameters(), RATE);
        List<Double> course = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            note(course, step, model, data);
            optimizer.zeroGrad();
            Tensor loss = LOSS.forward(model.forward(data.x()), data.y());
            loss.backward();
            optimizer.step();
        }
        return run(4, course, model, data);
    }

    /** Trains 8 hidden neurons. */
    public static Run eight() {
        Moons data = training();
        Sequential model = network(8);
        Optimizer optimizer = new Adam(model.parameters(), RATE);
        List<Double> course = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            note(course, step, model, data);
            optimizer.zeroGrad();
            Tensor loss = LOSS.forward(model.forward(data.x()), data.y());
            loss.backward();
            optimizer.step();
        }
        return run(8, course, model, data);
    }

    /** Trains 16 hidden neurons. */
    public static Run sixteen() {
        Moons data = training();
        Sequential model = network(16);
        Optimizer optimizer = new Adam(model.parameters(), RATE);
        List<Double> course = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            note(course, step, model, data);
            Tensor loss = LOSS.forward(model.forward(data.x()), data.y());
            loss.backward();
            optimizer.step();
        }
        return run(16, course, model, data);
    }

    /** Trains 16 hidden neurons again, by a loop that has all its lines. */
    public static Run sixteenMended() {
        Moons data = training();
        Sequential model = network(16);
        Optimizer optimizer = new Adam(model.parameters(), RATE);
        List<Double> course = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            note(course, step, model, data);
            optimizer.zeroGrad();
            Tensor loss = LOSS.forward(model.forward(data.x()), data.y());
            loss.backward();
            optimizer.step();
        }
        return run(16, course, model, data);
    }

    // ---- What the loops share

    private static Sequential network(int hidden) {
        Generator generator = new Generator(1);
        return new Sequential(new Linear(2, hidden, generator), new Tanh(), new Linear(hidden, 1, generator));
    }

    private static void note(List<Double> course, int step, Sequential model, Moons data) {
        if (step % 200 == 0) {
            try (NoGrad scope = NoGrad.enter()) {
                course.add(LOSS.forward(model.forward(data.x()), data.y()).item());
            }
        }
    }

    private static Run run(int hidden, List<Double> course, Sequential model, Moons data) {
        note(course, STEPS, model, data);
        return new Run(hidden, List.copyOf(course), data.right(model), Moons.draw(2, 1000).right(model));
    }

    /**
     * Tells the story.
     *
     * @param args none
     */
    public static void main(String[] args) {
        say("Two half-moons, 200 points. Three networks, 2-4-1, 2-8-1 and 2-16-1, and a loop for each, pasted.");
        say("");
        say("  hidden    the loss before the first step, and after every 200         right   right, new");
        show(four());
        show(eight());
        show(sixteen());
        say("");
        say("No exception, no warning, and most points are right. Is the third network too large for 200 points?");
        say("No. Its loop lacks the line optimizer.zeroGrad(): each step adds its gradient to all those before.");
        say("The same network with that line:");
        say("");
        show(sixteenMended());
        say("");
        say("Its loss is the lowest of all. You would have thrown it away.");
    }

    private static void show(Run run) {
        StringBuilder course = new StringBuilder();
        run.course().forEach(loss -> course.append(String.format(Locale.ROOT, "  %.4f", loss)));
        say("  %4d    %s    %4.1f %%    %4.1f %%", run.hidden(), course, 100 * run.right(), 100 * run.rightNew());
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
