package org.tinytorch.milestones;

import java.io.IOException;
import org.tinytorch.training.History;

/** A training that is saved after each epoch, or round, and can be gone on with. */
interface LongTraining {
    /** Where it is saved. */
    RunCheckpoint checkpoint();

    /**
     * Goes back to the checkpoint.
     *
     * @return how many epochs are done
     * @throws IOException if that is not possible; the message says what to do
     */
    int resume() throws IOException;

    /** How many epochs are done, and saved. */
    int done();

    /** How many there are in all. */
    int all();

    /** Trains to the end of the recipe. */
    History run();
}
