// Yours: tasks 1.2, 1.1. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-core/src/main/java/org/tinytorch/setup/EnvironmentReport.java.
package org.tinytorch.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What this machine and this JVM offer, and what they lack, like {@code python -m torch.utils.collect_env}.
 *
 * <pre>{@code
 * String table = EnvironmentReport.collect().toString();
 * }</pre>
 *
 * @param jdkVersion for example {@code 17.0.15}
 * @param jdkVendor who built the JDK
 * @param operatingSystem name and version
 * @param architecture of the processor, for example {@code amd64}
 * @param cores processors that this JVM may use, at least 1
 * @param maxHeapBytes the largest size the heap may grow to
 * @param physicalMemoryBytes memory of the machine or the container, if known
 * @param simdBits width in bits of the vector registers that compiled code uses, if known
 * @param vectorApi whether the incubating Vector API can be used (module 15)
 * @param c2 whether hot code reaches the optimising compiler
 */
public record EnvironmentReport(
        String jdkVersion,
        String jdkVendor,
        String operatingSystem,
        String architecture,
        int cores,
        long maxHeapBytes,
        OptionalLong physicalMemoryBytes,
        OptionalInt simdBits,
        boolean vectorApi,
        boolean c2) {
    private static final long GIB = 1L << 30;
    private static final int LABEL_WIDTH = 17;

    private static final Missing VECTOR_API =
            new Missing("the Vector API, for SIMD from module 15 on", "java --add-modules jdk.incubator.vector …");
    private static final Missing C2 = new Missing(
            "the optimising compiler C2, for speed from module 15 on",
            "use a HotSpot server JVM without -Xint and without -XX:TieredStopAtLevel");
    private static final Missing HEAP = new Missing("a heap of at least 1 GiB, for real data sets", "java -Xmx2g …");

    /**
     * Something that would help and is not there.
     *
     * @param what the thing and what it is for
     * @param fix what to do about it
     */
    public record Missing(String what, String fix) {}

    /** Checks that the numbers can be true. */
    public EnvironmentReport {
        if (cores < 1 || maxHeapBytes < 1) {
            throw new IllegalArgumentException("environment: " + cores + " cores and a heap of " + maxHeapBytes
                    + " bytes cannot be; both are at least 1");
        }
    }

    /** Looks at the machine and the JVM that run this very code. */
    public static EnvironmentReport collect() {
        return new EnvironmentReport(
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                VirtualMachine.physicalMemoryBytes(),
                VirtualMachine.simdBits(),
                VirtualMachine.canReadVectorApi(),
                VirtualMachine.hasC2());
    }

    /**
     * What is missing, each with its fix, in this order: the Vector API, the compiler C2, a heap that may grow to 1 GiB. Empty on a machine that is
     * ready for all modules.
     */
    public List<Missing> missing() {
        // region Task 1.2: what is missing, and its fix
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 1.2
        throw new UnsupportedOperationException(
                "Task 1.2: what is missing, and its fix is not written yet: ./tito hint 1.2");
        // endregion
    }

    /** A table, one line for each property and two for each thing that is missing; lines end in {@code \n} but for the last. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>(List.of(
                line("JDK", jdkVersion + " (" + jdkVendor + ")"),
                line("Operating system", operatingSystem),
                line("Architecture", architecture),
                line("Cores", Integer.toString(cores)),
                line(
                        "Memory",
                        physicalMemoryBytes.isPresent() ? gibibytes(physicalMemoryBytes.getAsLong()) : "unknown"),
                line("Maximum heap", gibibytes(maxHeapBytes)),
                line("SIMD", simdBits.isPresent() ? simdBits.getAsInt() + " bits" : "unknown"),
                line("Vector API", vectorApi ? "readable" : "not readable"),
                line("C2 compiler", c2 ? "yes" : "no")));
        for (Missing thing : missing()) {
            lines.add(line("Missing", thing.what()));
            lines.add(line("  fix", thing.fix()));
        }
        return String.join("\n", lines);
    }

    private static String line(String label, String value) {
        return label + " ".repeat(LABEL_WIDTH - label.length()) + value;
    }

    /**
     * A number of bytes in gibibytes of 2³⁰ bytes, for people: 1,610,612,736 bytes are {@code 1.5 GiB}. One digit behind a point, whatever the language
     * of the machine.
     */
    static String gibibytes(long bytes) {
        // region Task 1.1: bytes in a unit for people
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 1.1
        throw new UnsupportedOperationException(
                "Task 1.1: bytes in a unit for people is not written yet: ./tito hint 1.1");
        // endregion
    }
}
