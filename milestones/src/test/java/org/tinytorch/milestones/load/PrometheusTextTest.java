package org.tinytorch.milestones.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    private static final String TEXT = """
            # HELP jvm_memory_pool_used_bytes Used bytes of a given JVM memory pool.
            # TYPE jvm_memory_pool_used_bytes gauge
            jvm_memory_pool_used_bytes{pool="CodeHeap 'non-nmethods'"} 1400000.0
            jvm_memory_pool_used_bytes{pool="Compressed Class Space"} 3000000.0
            jvm_memory_pool_used_bytes{pool="G1 Eden Space"} 9.0E7
            jvm_memory_pool_used_bytes{pool="G1 Old Gen"} 5.0E7
            jvm_memory_pool_used_bytes{pool="G1 Survivor Space"} 2000000.0
            jvm_memory_pool_used_bytes{pool="Metaspace"} 2.5E7
            jvm_memory_pool_used_bytes_more{pool="G1 Old Gen"} 1
            # TYPE jvm_gc_collection_seconds summary
            jvm_gc_collection_seconds_count{gc="G1 Old Generation"} 2
            jvm_gc_collection_seconds_count{gc="G1 Young Generation"} 5
            jvm_threads_current 27.0 1700000000000
            odd{le="+Inf"} +Inf
            nonsense
            nonsense 1 2 3
            jvm_threads_current twelve
            """;

    private final PrometheusText metrics = PrometheusText.parse(TEXT);

    @Test
    void figuresAreFoundByNameAndLabel() {
        assertThat(metrics.sum("jvm_memory_pool_used_bytes", labels -> labels.equals("{pool=\"G1 Old Gen\"}")))
                .hasValue(5e7);
        assertThat(metrics.sum("jvm_gc_collection_seconds_count")).hasValue(7);
        assertThat(metrics.sum("jvm_threads_current")).hasValue(27);
        assertThat(metrics.sum("odd")).hasValue(Double.POSITIVE_INFINITY);
        assertThat(metrics.sum("jvm_memory_pool_used_bytes", labels -> labels.contains("other")))
                .isEmpty();
        assertThat(metrics.sum("nonsense")).isEmpty();
    }

    @Test
    void aHeapWithoutEdenCountsAsAWhole() {
        String text = "jvm_memory_pool_used_bytes{pool=\"ZHeap\"} 100\njvm_threads_current 1\n"
                + "jvm_gc_collection_seconds_count 0\n";
        assertThat(ServerSample.of(PrometheusText.parse(text))).contains(new ServerSample(100, 1, 0));
    }

    @Test
    void aServerIsSampledIfItSaysAll() {
        assertThat(ServerSample.of(metrics)).contains(new ServerSample(52_000_000, 27, 7));
        assertThat(ServerSample.of(PrometheusText.parse(TEXT.replace("threads_current", "other"))))
                .isEmpty();
        assertThat(ServerSample.of(PrometheusText.parse(""))).isEmpty();
    }
}
