package org.tinytorch.milestones.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    private static final String TEXT = """
            # HELP jvm_memory_used_bytes Used bytes of a given JVM memory area.
            # TYPE jvm_memory_used_bytes gauge
            jvm_memory_used_bytes{area="heap"} 5.0E7
            jvm_memory_used_bytes{area="nonheap"} 3.1E7
            jvm_memory_used_bytes_more{area="heap"} 1
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
        assertThat(metrics.sum("jvm_memory_used_bytes", "area=\"heap\"")).hasValue(5e7);
        assertThat(metrics.sum("jvm_memory_used_bytes", "")).hasValue(8.1e7);
        assertThat(metrics.sum("jvm_threads_current", "")).hasValue(27);
        assertThat(metrics.sum("odd", "")).hasValue(Double.POSITIVE_INFINITY);
        assertThat(metrics.sum("jvm_memory_used_bytes", "area=\"other\"")).isEmpty();
        assertThat(metrics.sum("nonsense", "")).isEmpty();
    }

    @Test
    void aServerIsSampledIfItSaysAll() {
        assertThat(ServerSample.of(metrics)).contains(new ServerSample(50_000_000, 27, 7));
        assertThat(ServerSample.of(PrometheusText.parse(TEXT.replace("threads_current", "other"))))
                .isEmpty();
        assertThat(ServerSample.of(PrometheusText.parse(""))).isEmpty();
    }
}
