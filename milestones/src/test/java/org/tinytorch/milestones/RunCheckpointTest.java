package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunCheckpointTest {
    private final RunCheckpoint checkpoint = new RunCheckpoint(Path.of("checkpoint"), "round", Map.of());

    @Test
    void whatIsSavedCanBeGoneOnWith() {
        assertThat(checkpoint.interrupted(3, 8, "Like this."))
                .containsExactly(
                        "Interrupted. checkpoint holds the run as it was after round 3 of 8; what came later is not kept.",
                        "Like this.");
    }

    @Test
    void ifNothingIsSavedYetNothingCanBeGoneOnWith() {
        assertThat(checkpoint.interrupted(0, 8, "Like this."))
                .containsExactly("Interrupted in the first round, before anything was saved: start again.");
    }
}
