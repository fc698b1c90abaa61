package org.tinytorch.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random numbers that are the same everywhere. */
class GeneratorTest {
    @Test
    void isSplitMix64() {
        Generator generator = new Generator(0);
        assertThat(generator.nextLong()).isEqualTo(0xE220A8397B1DCDAFL);
        assertThat(generator.nextLong()).isEqualTo(0x6E789E6AA1B965F4L);
        assertThat(generator.nextLong()).isEqualTo(0x06C45D188009454FL);
    }

    @Test
    void agreesWithTheJdksSplitMix64() {
        SplittableRandom jdk = new SplittableRandom(42);
        Generator generator = new Generator(42);
        for (int i = 0; i < 1000; i++) {
            assertThat(generator.nextLong()).isEqualTo(jdk.nextLong());
        }
    }

    @Test
    void theStateIsOneNumber() {
        Generator generator = new Generator(5);
        generator.nextGaussian();
        long state = generator.state();
        double[] first = generator.doubles(10).toArray();
        generator.state(state);
        assertThat(generator.doubles(10).toArray()).isEqualTo(first);
        Generator restored = new Generator(99);
        restored.state(state);
        assertThat(restored.doubles(10).toArray()).isEqualTo(first);
    }

    @Test
    void aGaussianLeavesNothingBehindThatTheStateDoesNotHold() {
        Generator generator = new Generator(5);
        generator.nextGaussian();
        Generator copy = new Generator(generator.state());
        assertThat(generator.nextGaussian()).isEqualTo(copy.nextGaussian());
    }

    @Test
    void uniformNumbers() {
        double[] drawn = new Generator(1).doubles(100_000).toArray();
        assertThat(Arrays.stream(drawn)).allMatch(value -> value >= 0 && value < 1);
        assertThat(Arrays.stream(drawn).average().orElseThrow()).isCloseTo(0.5, within(0.005));
    }

    @Test
    void integersReachEveryValueAboutEquallyOften() {
        Generator generator = new Generator(1);
        for (int bound : new int[] {1, 2, 3, 7, 10}) {
            int[] counts = new int[bound];
            for (int i = 0; i < 10_000 * bound; i++) {
                counts[generator.nextInt(bound)]++;
            }
            assertThat(IntStream.of(counts)).as("bound %d", bound).allSatisfy(count -> assertThat(count)
                    .isBetween(9_500, 10_500));
        }
    }

    @Test
    void boundsOfIntegers() {
        Generator generator = new Generator(3);
        assertThat(IntStream.range(0, 1000).map(i -> generator.nextInt(Integer.MAX_VALUE)))
                .allMatch(value -> value >= 0 && value < Integer.MAX_VALUE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.nextInt(0))
                .withMessageContaining("bound 0 leaves no number");
        assertThatIllegalArgumentException().isThrownBy(() -> generator.nextInt(-5));
    }

    @Test
    void normalNumbers() {
        Generator generator = new Generator(11);
        double[] drawn = IntStream.range(0, 200_000)
                .mapToDouble(i -> generator.nextGaussian())
                .toArray();
        double n = drawn.length;
        assertThat(Arrays.stream(drawn)).allMatch(Double::isFinite);
        assertThat(Arrays.stream(drawn).sum() / n).as("mean").isCloseTo(0, within(0.01));
        assertThat(Arrays.stream(drawn).map(x -> x * x).sum() / n)
                .as("variance")
                .isCloseTo(1, within(0.02));
        assertThat(Arrays.stream(drawn).map(x -> x * x * x).sum() / n)
                .as("skewness")
                .isCloseTo(0, within(0.04));
        assertThat(Arrays.stream(drawn).map(x -> x * x * x * x).sum() / n)
                .as("kurtosis")
                .isCloseTo(3, within(0.1));
        assertThat(Arrays.stream(drawn).filter(x -> Math.abs(x) < 1).count() / n)
                .as("within one deviation")
                .isCloseTo(0.6827, within(0.005));
    }

    @Test
    void permutations() {
        assertThat(new Generator(4).permutation(100))
                .containsExactlyInAnyOrder(IntStream.range(0, 100).toArray());
        assertThat(new Generator(4).permutation(0)).isEmpty();
        int[] firsts = new int[3];
        Generator generator = new Generator(4);
        for (int i = 0; i < 30_000; i++) {
            firsts[generator.permutation(3)[0]]++;
        }
        assertThat(IntStream.of(firsts)).allSatisfy(count -> assertThat(count).isBetween(9_600, 10_400));
    }

    @Test
    void splittingGivesAnotherStream() {
        Generator parent = new Generator(7);
        Generator child = parent.split();
        long[] ofChild = child.longs(100).toArray();
        assertThat(parent.longs(100).toArray()).doesNotContain(ofChild);
        assertThat(new Generator(7).split().longs(100).toArray())
                .as("reproducible")
                .isEqualTo(ofChild);
    }
}
