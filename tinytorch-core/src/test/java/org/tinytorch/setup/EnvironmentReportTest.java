package org.tinytorch.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EnvironmentReportTest {
    private static final long GIB = 1L << 30;

    private static EnvironmentReport report(
            long heap, OptionalLong memory, OptionalInt simd, boolean vectorApi, boolean c2) {
        return new EnvironmentReport("17.0.15", "Someone", "Linux 6.1", "amd64", 4, heap, memory, simd, vectorApi, c2);
    }

    @Test
    void aCompleteMachineLacksNothing() {
        EnvironmentReport report = report(2 * GIB, OptionalLong.of(8 * GIB), OptionalInt.of(256), true, true);
        assertThat(report.missing()).isEmpty();
        assertThat(report.toString()).isEqualTo("""
                JDK              17.0.15 (Someone)
                Operating system Linux 6.1
                Architecture     amd64
                Cores            4
                Memory           8.0 GiB
                Maximum heap     2.0 GiB
                SIMD             256 bits
                Vector API       readable
                C2 compiler      yes""");
    }

    @Test
    void whatIsNotKnownIsSaidToBeUnknown() {
        EnvironmentReport report = report(2 * GIB, OptionalLong.empty(), OptionalInt.empty(), true, true);
        assertThat(report.toString()).contains("Memory           unknown\n").contains("SIMD             unknown\n");
    }

    @Test
    void everythingMissingComesWithItsFix() {
        EnvironmentReport report = report(GIB / 2, OptionalLong.empty(), OptionalInt.empty(), false, false);
        assertThat(report.missing()).hasSize(3).allSatisfy(missing -> assertThat(missing.fix())
                .isNotBlank());
        assertThat(report.toString())
                .contains("Vector API       not readable\n")
                .contains("Missing          the Vector API", "--add-modules jdk.incubator.vector")
                .contains("Missing          the optimising compiler C2", "-XX:TieredStopAtLevel")
                .contains("Missing          a heap of at least 1 GiB", "-Xmx2g");
    }

    @Test
    void thisMachineIsDescribedTruly() {
        EnvironmentReport report = EnvironmentReport.collect();
        assertThat(report.jdkVersion()).isEqualTo(System.getProperty("java.version"));
        assertThat(report.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(report.maxHeapBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(report.vectorApi())
                .isEqualTo(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
        report.physicalMemoryBytes().ifPresent(bytes -> assertThat(bytes).isPositive());
        report.simdBits().ifPresent(bits -> assertThat(bits)
                .isBetween(64, 16384)
                .matches(b -> Integer.bitCount(b) == 1, "is a power of two"));
    }

    @Test
    void anUnknownFlagIsEmptyAndNoError() {
        assertThat(VirtualMachine.flag("NoSuchFlagInAnyVirtualMachine")).isEmpty();
    }

    @Test
    void impossibleNumbersAreRefused() {
        assertThatThrownBy(() -> report(0, OptionalLong.empty(), OptionalInt.empty(), true, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 cores and a heap of 0 bytes");
    }
}
