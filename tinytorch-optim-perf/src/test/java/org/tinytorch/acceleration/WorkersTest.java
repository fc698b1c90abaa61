package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void everyPartRunsOnce(int threads) {
        AtomicIntegerArray runs = new AtomicIntegerArray(20);

        new Workers(threads).run(20, runs::incrementAndGet);

        for (int part = 0; part < 20; part++) {
            assertThat(runs.get(part)).as("runs of part %d", part).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void whatAPartThrowsReachesTheCaller(int broken) {
        assertThatThrownBy(() -> new Workers(2).run(3, part -> {
                    if (part == broken) {
                        throw new IllegalStateException("part " + part);
                    }
                }))
                .hasStackTraceContaining("part " + broken)
                .isInstanceOf(IllegalStateException.class);
    }

    /** Hands out so many small computations that helpers are met awake, asleep and on their way between the two. */
    @Test
    void nothingIsLostOrDoneTwiceHoweverOftenTheyAreAsked() throws InterruptedException {
        Workers workers = new Workers(4);
        for (int round = 0; round < 20_000; round++) {
            AtomicIntegerArray runs = new AtomicIntegerArray(5);
            workers.run(5, runs::incrementAndGet);
            assertThat(runs.toString()).as("round %d", round).isEqualTo("[1, 1, 1, 1, 1]");
            if (round % 2000 == 0) {
                Thread.sleep(2); // long enough for them to fall asleep
            }
        }
    }

    @Test
    void whoAsksWhileTheyAreBusyDoesTheWorkAlone() {
        Workers workers = new Workers(3);
        AtomicIntegerArray runs = new AtomicIntegerArray(9);

        workers.run(3, outer -> {
            Thread mine = Thread.currentThread();
            workers.run(3, inner -> {
                assertThat(Thread.currentThread()).isSameAs(mine);
                runs.incrementAndGet(3 * outer + inner);
            });
        });

        assertThat(runs.toString()).isEqualTo("[1, 1, 1, 1, 1, 1, 1, 1, 1]");
    }

    @Test
    void afterAFailureTheyGoOnWorking() {
        Workers workers = new Workers(2);
        assertThatThrownBy(() -> workers.run(2, part -> {
                    throw new AssertionError("part " + part);
                }))
                .isInstanceOf(AssertionError.class);
        AtomicIntegerArray runs = new AtomicIntegerArray(2);

        workers.run(2, runs::incrementAndGet);

        assertThat(runs.toString()).isEqualTo("[1, 1]");
    }

    @Test
    void thePropertySaysHowMany() {
        assertThat(Workers.configured(null, 6)).isEqualTo(6);
        assertThat(Workers.configured(" 3 ", 6)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-2", "two", ""})
    void anImpossibleNumberIsRefused(String property) {
        assertThatThrownBy(() -> Workers.configured(property, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-Dtinytorch.threads=" + property)
                .hasMessageContaining("at least 1");
    }
}
