// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/capstone/Candidate.java. Read it, don't edit it.
package org.tinytorch.capstone;

import java.util.Objects;
import java.util.function.Supplier;
import org.tinytorch.tensor.Backend;

/**
 * A model, and what computes it.
 *
 * @param <M> what the project calls a model
 * @param model of some steps
 * @param backend that it is used with
 */
public record Candidate<M>(M model, Backend backend) {
    /** Neither may be missing. */
    public Candidate {
        Objects.requireNonNull(model, "candidate: there is no model; let the step return one");
        Objects.requireNonNull(backend, "candidate: there is no backend; name one, such as Backend.reference()");
    }

    /** Works something out with this backend, and puts back the one that was there, also if that fails. */
    <T> T use(Supplier<T> work) {
        Backend before = Backend.use(backend);
        try {
            return work.get();
        } finally {
            Backend.use(before);
        }
    }
}
