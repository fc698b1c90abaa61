package org.tinytorch.milestones;

import java.util.Locale;

/**
 * How much the milestone {@code compress} removes and trains, and what it must reach.
 *
 * @param digitEpochs of the digits' network, if it is that
 * @param pruned trains while weights are pruned
 * @param sparsity the share of weights that is pruned
 * @param every how many steps lie between two prunings
 * @param channels trains what is left of the channels
 * @param share of the channels that is removed
 * @param student trains the small network, alone and with a teacher
 * @param temperature of the distillation
 * @param alpha the weight of what the teacher says
 * @param targets what must be reached
 */
record CompressionSizes(
        int digitEpochs,
        FineTuning pruned,
        double sparsity,
        int every,
        FineTuning channels,
        double share,
        FineTuning student,
        double temperature,
        double alpha,
        CompressionTargets targets) {
    /**
     * The network of the milestone {@code cifar10}. Its integers must be 4.00 times smaller, rounded to two digits. Of its 32, 64 and 128 channels 12, 24 and 48 stay, which are whole vectors; with half of them the
     * network is 3 times as fast where vectors have 256 bits, but not where they have 512.
     */
    static final CompressionSizes FULL = new CompressionSizes(
            0,
            new FineTuning(2, 1e-3),
            0.9,
            50,
            new FineTuning(6, 2e-3),
            0.625,
            new FineTuning(4, 4e-3),
            4,
            0.9,
            new CompressionTargets(0.01, 1.5, 3.995, 0.05, 0.03, 3, 10, true));

    /** The digits, in seconds. Their network is so small that integers do not earn back what they cost for each image. */
    static final CompressionSizes CLASSROOM = new CompressionSizes(
            20,
            new FineTuning(20, 2e-3),
            0.9,
            10,
            new FineTuning(10, 2e-3),
            0.5,
            new FineTuning(40, 4e-3),
            4,
            0.9,
            new CompressionTargets(0.02, 0, 3.8, 0.05, 0.03, 1.2, 10, false));

    /** What is done. */
    String words(Compression how) {
        return switch (how) {
            case TRAINED -> "as it was trained";
            case INT8 -> "integers of 8 bits from the first layer to the last";
            case PRUNED ->
                sentence("the smallest %.0f %% of all weights become 0, while it trains for", sparsity, pruned);
            case CHANNELS ->
                sentence("%.1f %% of all channels and hidden units are removed; then it trains for", share, channels);
            case ALONE -> "a small network learns from the labels for " + epochs(student);
            case DISTILLED ->
                "the same small network learns in the same batches, but "
                        + sentence("%.0f %% of its loss come from the trained one; for", alpha, student);
        };
    }

    private static String sentence(String format, double share, FineTuning training) {
        return String.format(Locale.ROOT, format, 100 * share) + " " + epochs(training);
    }

    private static String epochs(FineTuning training) {
        return training.epochs() + (training.epochs() == 1 ? " epoch" : " epochs");
    }
}
