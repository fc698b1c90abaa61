package org.tinytorch.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ThreadMXBean;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AllocationMeterTest {
    @Test
    void anArrayOfDoublesTakesEightBytesEachAndAHeader() {
        AtomicReference<double[]> kept = new AtomicReference<>();
        long bytes = AllocationMeter.ofCurrentThread().measure(() -> kept.set(new double[100_000]));
        assertThat(bytes).isBetween(800_000L, 810_000L);
        assertThat(kept.get()).hasSize(100_000);
    }

    @Test
    void readsTheCounterBeforeAndAfter() {
        AtomicLong counter = new AtomicLong(500);
        assertThat(new AllocationMeter(counter::get).measure(() -> counter.addAndGet(42)))
                .isEqualTo(42);
    }

    @Test
    void anExceptionOfTheCodeIsPassedOn() {
        AllocationMeter meter = AllocationMeter.ofCurrentThread();
        assertThatThrownBy(() -> meter.measure(() -> {
                    throw new IllegalStateException("from the code");
                }))
                .hasMessage("from the code");
    }

    @Test
    void aJvmThatDoesNotCountIsNamed() {
        Object plain = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ThreadMXBean.class}, (proxy, method, arguments) -> null);
        assertThatThrownBy(() -> AllocationMeter.ofCurrentThread((ThreadMXBean) plain))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("does not count the bytes a thread allocates")
                .hasMessageContaining("use a HotSpot JVM");
    }
}
