package org.tinytorch.tokenization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BytePairsTest {
    /** {@code aaabdaaabac} with a = 0, b = 1, c = 2, d = 3. */
    private static final int[] IDS = {0, 0, 0, 1, 3, 0, 0, 0, 1, 0, 2};

    @Test
    void pairsAreCountedAlsoWhereTheyOverlap() {
        assertThat(BytePairs.count(IDS))
                .isEqualTo(Map.of(
                        new Pair(0, 0),
                        4L,
                        new Pair(0, 1),
                        2L,
                        new Pair(1, 3),
                        1L,
                        new Pair(3, 0),
                        1L,
                        new Pair(1, 0),
                        1L,
                        new Pair(0, 2),
                        1L));
        assertThat(BytePairs.count()).isEmpty();
        assertThat(BytePairs.count(7)).isEmpty();
    }

    @Test
    void aWordCountsAsOftenAsItOccursAndNoPairReachesIntoTheNext() {
        List<Word> words = List.of(new Word(new int[] {1, 2}, 5), new Word(new int[] {1, 2, 1}, 2));
        assertThat(BytePairs.count(words)).isEqualTo(Map.of(new Pair(1, 2), 7L, new Pair(2, 1), 2L));
    }

    @Test
    void theMostFrequentPairIsTakenAndOfSeveralTheLowest() {
        assertThat(BytePairs.mostFrequent(BytePairs.count(IDS))).contains(new Pair(0, 0));
        assertThat(BytePairs.mostFrequent(
                        Map.of(new Pair(2, 0), 3L, new Pair(1, 9), 3L, new Pair(1, 8), 3L, new Pair(0, 0), 2L)))
                .contains(new Pair(1, 8));
        assertThat(BytePairs.mostFrequent(Map.of())).isEmpty();
    }

    @Test
    void aMergePutsTheNewTokenInTheirPlace() {
        assertThat(BytePairs.merge(IDS, new Pair(0, 0), 4)).containsExactly(4, 0, 1, 3, 4, 0, 1, 0, 2);
        assertThat(BytePairs.merge(IDS, new Pair(2, 0), 4)).containsExactly(IDS);
        assertThat(BytePairs.merge(new int[] {5, 5, 5, 5, 5}, new Pair(5, 5), 6))
                .containsExactly(6, 6, 5);
        assertThat(BytePairs.merge(new int[0], new Pair(5, 5), 6)).isEmpty();
    }

    @Property
    void aMergeLeavesNoPairBehindAndLosesNothing(
            @ForAll @Size(max = 30) List<@IntRange(max = 2) Integer> list,
            @ForAll @IntRange(max = 2) int left,
            @ForAll @IntRange(max = 2) int right) {
        int[] ids = list.stream().mapToInt(Integer::intValue).toArray();
        Pair pair = new Pair(left, right);
        int[] given = ids.clone();
        int[] merged = BytePairs.merge(ids, pair, 9);
        assertThat(ids).as("what was given").containsExactly(given);
        IntList undone = new IntList(0);
        for (int id : merged) {
            undone.addAll(id == 9 ? new int[] {left, right} : new int[] {id});
        }
        assertThat(undone.toArray()).containsExactly(ids);
        assertThat(BytePairs.count(merged)).doesNotContainKey(pair);
    }

    @Test
    void pairsAreOrderedByTheLeftIdFirst() {
        assertThat(new Pair(1, 9))
                .isLessThan(new Pair(2, 0))
                .isGreaterThan(new Pair(1, 8))
                .isEqualByComparingTo(new Pair(1, 9));
        assertThat(new Pair(1, 9))
                .isEqualTo(new Pair(1, 9))
                .hasSameHashCodeAs(new Pair(1, 9))
                .isNotEqualTo(new Pair(9, 1));
    }
}
