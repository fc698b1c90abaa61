package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.WarmUp;
import org.tinytorch.nn.ReLU;

class CompressionTargetsTest {
    /** Beside a trained network that takes 1000 ns, has 1000 weights in 4000 bytes and recognises 0.8 of the images. */
    private static CompressedRow row(Compression how, double nanos, long weights, long bytes, double accuracy) {
        Measurement trained = new Measurement("trained", List.of(1000.0), new WarmUp.Outcome(1, true));
        return CompressedRow.of(
                new CompressedNetwork(how, new ReLU(), weights, bytes, accuracy),
                new Measurement(how.toString(), List.of(nanos), new WarmUp.Outcome(1, true)),
                new CompressedNetwork(Compression.TRAINED, new ReLU(), 1000, 4000, 0.8),
                trained);
    }

    private static Result judge(CompressionTargets targets) {
        return targets.judge(List.of(
                row(Compression.TRAINED, 1000, 1000, 4000, 0.8),
                row(Compression.INT8, 500, 1000, 1000, 0.79),
                row(Compression.PRUNED, 1000, 100, 4000, 0.76),
                row(Compression.CHANNELS, 250, 300, 1200, 0.78),
                row(Compression.ALONE, 100, 100, 400, 0.6),
                row(Compression.DISTILLED, 100, 100, 400, 0.6)));
    }

    @Test
    void whatReachesItsTargetsPasses() {
        CompressionTargets exactly = new CompressionTargets(0.011, 2, 4, 0.041, 0.021, 4, 10, false);

        assertThat(judge(exactly).passed()).as(judge(exactly).shortfall()).isTrue();
    }

    @Test
    void whatFallsShortOfATargetIsNamed() {
        CompressionTargets strict = new CompressionTargets(0.009, 2.1, 4.1, 0.039, 0.019, 4.1, 11, true);

        assertThat(judge(strict).passed()).isFalse();
        assertThat(judge(strict).shortfall())
                .contains("channels_speedup is 4.0000", "int8 is 2.00 times as fast and not 2.1")
                .contains("int8 is 4.000 times smaller and not 4.1")
                .contains("10.0 times fewer parameters and not 11.0", "the student is no better with a teacher")
                .contains("int8 loses 0.0100", "pruned loses 0.0400", "channels loses 0.0200");
    }
}
