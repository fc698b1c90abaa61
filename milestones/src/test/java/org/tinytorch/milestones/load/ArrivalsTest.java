package org.tinytorch.milestones.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void atARateRequestsAreDueAtFixedTimesHoweverLateItIs() {
        Arrivals arrivals = new Arrivals(4, 100, SECOND);

        assertThat(arrivals.take(100)).hasValue(100);
        assertThat(arrivals.take(100 + 5 * SECOND)).hasValue(100 + SECOND / 4);
        assertThat(arrivals.take(100)).hasValue(100 + SECOND / 2);
        assertThat(arrivals.take(100)).hasValue(100 + 3 * SECOND / 4);
        assertThat(arrivals.take(100)).isEmpty();
        assertThat(arrivals.take(100)).isEmpty();
    }

    @Test
    void withoutARateTheyAreDueWhenSomebodyIsFreeUntilTheEnd() {
        Arrivals arrivals = new Arrivals(0, 100, 50);

        assertThat(arrivals.take(100)).hasValue(100);
        assertThat(arrivals.take(149)).hasValue(149);
        assertThat(arrivals.take(150)).isEmpty();
    }

    @Test
    void theClockMayRunOver() {
        Arrivals arrivals = new Arrivals(2, Long.MAX_VALUE - 10, SECOND);

        assertThat(arrivals.take(0)).hasValue(Long.MAX_VALUE - 10);
        assertThat(arrivals.take(0)).hasValue(Long.MIN_VALUE + (SECOND / 2 - 11));
        assertThat(arrivals.take(0)).isEmpty();
    }

    @Test
    void eachIsTakenOnceByManyThreads() throws InterruptedException {
        Arrivals arrivals = new Arrivals(1000, 0, 10 * SECOND);
        ConcurrentLinkedQueue<Long> taken = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (OptionalLong due = arrivals.take(0); due.isPresent(); due = arrivals.take(0)) {
                    taken.add(due.getAsLong());
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 10_000).mapToObj(k -> k * 1_000_000).toList());
    }
}
