package org.tinytorch.milestones;

import org.tinytorch.milestones.ImageSpeedup.Pruning;

/**
 * How much the milestone {@code capstone} trains, removes and writes.
 *
 * @param models as the milestone {@code speedup} takes them
 * @param photographs what is removed of the network of {@code cifar10}
 * @param live tokens that a GPT writes while somebody reads along
 */
record CapstoneSizes(SpeedupSizes models, Pruning photographs, int live) {
    /** Tokens that a GPT writes in a measured run: as many with each technique, so that all are measured alike. */
    private static final int TOKENS = 32;

    /** Seven of ten channels leave a tenth of the multiply-adds. */
    private static final Pruning PHOTOGRAPHS = new Pruning(0.7, new FineTuning(6, 4e-3));

    private static final int LIVE = 500;

    /** The models of the milestones. */
    static final CapstoneSizes FULL = new CapstoneSizes(SpeedupSizes.FULL, PHOTOGRAPHS, LIVE);

    /** Small ones that are trained in seconds. */
    static final CapstoneSizes CLASSROOM = new CapstoneSizes(SpeedupSizes.CLASSROOM, PHOTOGRAPHS, LIVE);

    /** Every measured run of a GPT writes as much. */
    CapstoneSizes {
        models = models.evenly(TOKENS);
    }
}
