package org.tinytorch.capstone;

import java.util.function.UnaryOperator;
import org.tinytorch.tensor.Backend;

/**
 * One change to try. It may change the model that it is given or return another: each {@link Recipe} begins with a fresh one.
 *
 * @param <M> what the project calls a model
 * @param name in reports
 * @param change makes a candidate of the one before
 */
public record Step<M>(String name, UnaryOperator<Candidate<M>> change) {
    /** Changes the model, and leaves the backend. */
    public static <M> Step<M> of(String name, UnaryOperator<M> change) {
        return new Step<>(name, before -> new Candidate<>(change.apply(before.model()), before.backend()));
    }

    /** Changes what computes the model, and leaves the model. */
    public static <M> Step<M> on(String name, Backend backend) {
        return new Step<>(name, before -> new Candidate<>(before.model(), backend));
    }

    /** With this step. */
    Candidate<M> apply(Candidate<M> before) {
        return change.apply(before);
    }
}
