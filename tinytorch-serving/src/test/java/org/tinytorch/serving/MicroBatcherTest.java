package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Images put together. */
@Timeout(60)
class MicroBatcherTest {
    private static final BatchLimits LIMITS = BatchLimits.defaults().size(4).queue(6);

    /** Doubles each image; the first batch waits until it is let go. */
    private static final class Held implements MicroBatcher.Model {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());

        @Override
        public List<double[]> probabilities(List<double[]> images) {
            sizes.add(images.size());
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
            if (images.stream().anyMatch(image -> image[0] < 0)) {
                throw new IllegalArgumentException("no light");
            }
            return images.stream().map(image -> new double[] {2 * image[0]}).toList();
        }
    }

    private final Held model = new Held();
    private final List<Integer> told = Collections.synchronizedList(new ArrayList<>());
    private MicroBatcher batcher = batcher(Duration.ofSeconds(60));

    private MicroBatcher batcher(Duration answer) {
        return new MicroBatcher(model, LIMITS, RequestLimits.defaults().answer(answer), told::add);
    }

    @AfterEach
    void close() {
        model.go.countDown();
        batcher.close();
    }

    private CompletableFuture<double[]> submit(double pixel) {
        return batcher.submit(new double[] {pixel});
    }

    /** An image that is being classified, and others that wait. */
    private List<CompletableFuture<double[]>> holdUp(int others) throws InterruptedException {
        List<CompletableFuture<double[]>> all = new ArrayList<>(List.of(submit(0)));
        assertThat(model.begun.await(30, TimeUnit.SECONDS)).isTrue();
        IntStream.rangeClosed(1, others).forEach(i -> all.add(submit(i)));
        return all;
    }

    @Test
    void whatWaitsIsClassifiedTogetherAndEachGetsItsOwn() throws InterruptedException {
        List<CompletableFuture<double[]>> answers = holdUp(6);
        model.go.countDown();

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).join()).containsExactly(2.0 * i);
        }
        assertThat(model.sizes).containsExactly(1, 4, 2);
        assertThat(told).containsExactly(1, 4, 2);
    }

    @Test
    void aFullQueueIsRefused() throws InterruptedException {
        List<CompletableFuture<double[]>> answers = holdUp(6);

        assertThat(batcher.waiting()).isEqualTo(6);
        assertThatThrownBy(() -> submit(7))
                .hasMessageContaining("6 images are waiting already")
                .isInstanceOfSatisfying(HttpProblem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(429);
                    assertThat(problem.headers()).containsEntry("Retry-After", "1");
                });
        model.go.countDown();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).hasSize(1));
        assertThat(submit(9).join()).containsExactly(18);
    }

    @Test
    void whatNobodyWaitsForIsNotComputed() throws InterruptedException {
        List<CompletableFuture<double[]>> answers = holdUp(3);
        answers.get(2).cancel(false);
        model.go.countDown();

        assertThat(answers.get(3).join()).containsExactly(6);
        assertThat(model.sizes).containsExactly(1, 2);
    }

    @Test
    void whatIsTooLateIsNotComputed() throws InterruptedException {
        batcher.close();
        batcher = batcher(Duration.ofMillis(50));

        List<CompletableFuture<double[]>> answers = holdUp(3);

        assertThat(answers).allSatisfy(answer -> assertThatThrownBy(answer::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(TimeoutException.class));
        model.go.countDown();
        batcher.close();
        assertThat(model.sizes).containsExactly(1);
    }

    @Test
    void aFailureIsToldAndTheNextBatchIsComputed() throws InterruptedException {
        holdUp(0);
        CompletableFuture<double[]> dark = submit(-1);
        CompletableFuture<double[]> beside = submit(1);
        model.go.countDown();

        assertThatThrownBy(dark::join).hasMessageContaining("the model failed");
        assertThatThrownBy(beside::join).hasRootCauseInstanceOf(HttpProblem.class);
        assertThat(submit(3).join()).containsExactly(6);
    }

    @Test
    void closingRefusesWhatWaitsAndWhatComes() throws InterruptedException {
        List<CompletableFuture<double[]>> answers = holdUp(2);
        Thread closing = new Thread(batcher::close);
        closing.start();
        while (batcher.waiting() < 3) { // two images, and the wake-up
            Thread.onSpinWait();
        }
        model.go.countDown();
        closing.join();

        assertThat(answers.get(0).join()).as("what was begun").containsExactly(0);
        assertThat(answers.subList(1, 3)).allSatisfy(answer -> assertThatThrownBy(answer::join)
                .hasRootCauseInstanceOf(HttpProblem.class)
                .hasMessageContaining("the server is stopping"));
        assertThatThrownBy(() -> submit(1)).isInstanceOf(HttpProblem.class);
    }
}
