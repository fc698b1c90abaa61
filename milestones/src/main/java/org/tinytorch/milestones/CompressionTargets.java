package org.tinytorch.milestones;

import java.util.List;
import java.util.Locale;

/**
 * What the milestone {@code compress} must reach.
 *
 * @param int8Lost how much of the accuracy integers may lose
 * @param int8Faster how many times as fast they must be at least
 * @param int8Smaller how many times smaller in a file they must be at least
 * @param prunedLost how much pruned weights may lose
 * @param channelsLost how much removed channels may lose
 * @param channelsFaster how many times as fast a network without them must be at least
 * @param studentSmaller how many times fewer parameters than the trained network the student must have
 * @param studentMustGain whether the student must be better with a teacher; a few hundred test images do not show that
 */
record CompressionTargets(
        double int8Lost,
        double int8Faster,
        double int8Smaller,
        double prunedLost,
        double channelsLost,
        double channelsFaster,
        double studentSmaller,
        boolean studentMustGain) {
    /** Holds what was measured against the targets. */
    Result judge(List<CompressedRow> rows) {
        CompressedRow int8 = row(rows, Compression.INT8);
        CompressedRow pruned = row(rows, Compression.PRUNED);
        CompressedRow channels = row(rows, Compression.CHANNELS);
        CompressedRow alone = row(rows, Compression.ALONE);
        CompressedRow distilled = row(rows, Compression.DISTILLED);
        Result result = new Result("compress", "channels_speedup", channels.faster(), channelsFaster)
                .with("int8_speedup", "%.2f", int8.faster())
                .with("int8_smaller", "%.2f", int8.smaller())
                .with("student_smaller", "%.1f", distilled.fewer());
        for (CompressedRow row : rows) {
            result = result.with(row.how() + "_accuracy", "%.4f", row.network().accuracy());
        }
        return result.require(
                        int8.faster() >= int8Faster, "int8 is %.2f times as fast and not %s", int8.faster(), int8Faster)
                .require(
                        int8.smaller() >= int8Smaller,
                        "int8 is %.3f times smaller and not %s",
                        int8.smaller(),
                        int8Smaller)
                .require(
                        distilled.fewer() >= studentSmaller,
                        "the student has %.1f times fewer parameters and not %s",
                        distilled.fewer(),
                        studentSmaller)
                .require(
                        distilled.network().accuracy() > alone.network().accuracy() || !studentMustGain,
                        "the student is no better with a teacher")
                .require(keeps(int8, int8Lost), lost(int8, int8Lost))
                .require(keeps(pruned, prunedLost), lost(pruned, prunedLost))
                .require(keeps(channels, channelsLost), lost(channels, channelsLost));
    }

    private static CompressedRow row(List<CompressedRow> rows, Compression how) {
        return rows.stream().filter(row -> row.how() == how).findFirst().orElseThrow();
    }

    private static boolean keeps(CompressedRow row, double mayLose) {
        return row.lost() <= mayLose;
    }

    private static String lost(CompressedRow row, double mayLose) {
        return String.format(
                Locale.ROOT, "%s loses %.4f of the accuracy, and may lose %s", row.how(), row.lost(), mayLose);
    }
}
