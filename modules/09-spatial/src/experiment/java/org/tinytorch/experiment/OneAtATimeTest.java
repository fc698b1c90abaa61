package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Holds the closing experiment of module 09 to its claims. */
final class OneAtATimeTest {

    private static final OneAtATime.Figures FOLDERS = OneAtATime.folderByFolder();
    private static final OneAtATime.Figures ONE = OneAtATime.oneByOne();
    private static final OneAtATime.Figures BATCHES = OneAtATime.batchesByHand();

    @Test
    void folderByFolderTheNetworkForgets() {
        assertThat(FOLDERS.accuracy()).as("share read rightly after folders one by one").isLessThan(0.6);
        assertThat(ONE.accuracy()).as("share read rightly after the same images, mixed").isGreaterThan(0.9);
    }

    @Test
    void aStepForEachImageMovesAllWeightsForEachImage() {
        assertThat(ONE.steps()).as("steps in a round").isEqualTo(400);
        assertThat(BATCHES.steps()).as("steps in a round").isEqualTo(12);
        assertThat(ONE.updates()).as("weights moved in a round").isEqualTo(400L * 2090);
    }

    @Test
    void theLoopByHandLosesTheLastBatch() {
        assertThat(BATCHES.unseen()).as("images that no round shows").isEqualTo(16);
    }
}
