package org.tinytorch.tokenization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WordMergerTest {
    @Test
    void theLowestRankComesFirst() {
        // bc is learned first, so that abc is a + bc although ab is known too.
        MergeTable merges = new MergeTable(List.of(
                new Merge(new Pair('b', 'c'), 256),
                new Merge(new Pair('a', 'b'), 257),
                new Merge(new Pair(257, 'd'), 258)));
        assertThat(WordMerger.merge(new int[] {'a', 'b', 'c'}, merges)).containsExactly('a', 256);
        assertThat(WordMerger.merge(new int[] {'a', 'b', 'd'}, merges)).containsExactly(258);
        assertThat(WordMerger.merge(new int[] {'x'}, merges)).containsExactly('x');
        assertThat(WordMerger.merge(new int[0], merges)).isEmpty();
    }

    @Test
    void withoutMergesNothingHappens() {
        assertThat(WordMerger.merge(new int[] {1, 2, 3}, new MergeTable(List.of())))
                .containsExactly(1, 2, 3);
    }

    @Property(tries = 300)
    void bothWaysAgree(
            @ForAll("words") String training, @ForAll("words") String word, @ForAll @IntRange(max = 60) int learned) {
        MergeTable merges =
                new MergeTable(BpeTrainer.ofMerges(learned).train(training).merges());
        int[] ids = word.chars().toArray();
        int[] given = ids.clone();
        int[] expected = WordMerger.byRank(ids, merges);
        assertThat(new LinkedWord(ids, merges).merge()).containsExactly(expected);
        assertThat(WordMerger.merge(ids, merges)).containsExactly(expected);
        assertThat(ids).as("what was given").containsExactly(given);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withChars("aaabc").ofMinLength(1).ofMaxLength(200);
    }

    @Property
    void theHeapGivesTheSmallestFirst(@ForAll @Size(max = 40) long[] values) {
        LongHeap heap = new LongHeap(0);
        PriorityQueue<Long> expected = new PriorityQueue<>();
        for (int i = 0; i < values.length; i++) {
            heap.add(values[i]);
            expected.add(values[i]);
            if (i % 3 == 2) {
                assertThat(heap.poll()).isEqualTo(expected.poll());
            }
        }
        while (!expected.isEmpty()) {
            assertThat(heap.poll()).isEqualTo(expected.poll());
        }
        assertThat(heap.isEmpty()).isTrue();
    }

    /** Would take hours if time grew with the square of the length. */
    @Test
    void aWordOfAMillionLettersIsMerged() {
        BpeTokenizer tokenizer = BpeTrainer.ofMerges(4).train("a".repeat(16));
        int[] ids = tokenizer.encode("a".repeat(1_000_001));
        assertThat(ids).hasSize(62_501);
        assertThat(Arrays.stream(ids).limit(62_500)).containsOnly(259);
        assertThat(ids[62_500]).isEqualTo('a');
    }
}
