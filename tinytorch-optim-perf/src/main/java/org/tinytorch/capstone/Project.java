package org.tinytorch.capstone;

import java.util.List;
import org.tinytorch.tensor.Backend;
import org.tinytorch.training.Scores;

/**
 * What a person brings: a trained model, how it is judged, a piece of work, what to try, and what to reach.
 *
 * @param <M> what is changed by the steps: a network, or whatever holds it
 */
public interface Project<M> {
    /** In reports. */
    String name();

    /** The trained model, a fresh copy at each call: a step may spoil the one it gets. */
    M baseline();

    /** What computes the baseline: the loops that each operation carries, if nothing else is said. */
    default Backend backend() {
        return Backend.reference();
    }

    /** How good a model's results are, on data that it has not learnt from. Neither randomness nor training mode may be in it. */
    Scores quality(M model);

    /** One run of the work that is timed, always the same: a batch of images, or some tokens of a text. */
    void run(M model);

    /** How many items are in a run, the same for every model. */
    int items();

    /** The bytes that a model's weights take. */
    long bytes(M model);

    /** What is tried, in this order. */
    List<Step<M>> steps();

    /** What is to be reached. */
    List<Goal> goals();

    /** What must not be lost. */
    List<Limit> limits();
}
