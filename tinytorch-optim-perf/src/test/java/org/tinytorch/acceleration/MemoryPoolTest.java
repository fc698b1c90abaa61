package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryPoolTest {
    private final MemoryPool pool = new MemoryPool(100);

    @Test
    void whatCameBackIsHandedOutAgainOnce() {
        double[] array = pool.array(40);
        pool.giveBack(array);

        assertThat(pool.array(40)).isSameAs(array);
        assertThat(pool.array(40)).isNotSameAs(array).hasSize(40);
        assertThat(pool.array(30)).hasSize(30);
    }

    @Test
    void theSizeThatNobodyAskedForLatelyGoesFirst() {
        double[] lately = new double[30];
        double[] longAgo = new double[31];
        double[] last = new double[45];
        pool.giveBack(lately);
        pool.giveBack(longAgo);
        pool.giveBack(pool.array(30)); // asked for, and given back
        pool.giveBack(last); // 106: one too many

        assertThat(pool.array(31)).isNotSameAs(longAgo);
        assertThat(pool.array(30)).isSameAs(lately);
        assertThat(pool.array(45)).isSameAs(last);
    }

    @Test
    void whatIsLargerThanThePoolIsNotKept() {
        double[] array = new double[101];
        pool.giveBack(array);

        assertThat(pool.array(101)).isNotSameAs(array);
    }
}
