// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/setup/VirtualMachine.java. Read it, don't edit it.
package org.tinytorch.setup;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What the running virtual machine says of itself; empty where it is not HotSpot or does not know. */
final class VirtualMachine {
    private VirtualMachine() {}

    /** The value of a {@code -XX} flag. */
    static Optional<String> flag(String name) {
        return bean(HotSpotDiagnosticMXBean.class).flatMap(bean -> flag(bean, name));
    }

    private static Optional<String> flag(HotSpotDiagnosticMXBean bean, String name) {
        try {
            return Optional.of(bean.getVMOption(name).getValue());
        } catch (IllegalArgumentException noSuchFlag) { // for example UseAVX on ARM
            return Optional.empty();
        }
    }

    private static <T extends PlatformManagedObject> Optional<T> bean(Class<T> type) {
        try {
            return Optional.ofNullable(ManagementFactory.getPlatformMXBean(type));
        } catch (IllegalArgumentException notOffered) {
            return Optional.empty();
        }
    }

    /** The memory of the machine, or of the container, in bytes. */
    static OptionalLong physicalMemoryBytes() {
        return bean(OperatingSystemMXBean.class).stream()
                .mapToLong(OperatingSystemMXBean::getTotalMemorySize)
                .filter(bytes -> bytes > 0)
                .findFirst();
    }

    /** The widest vector registers that compiled code uses: {@code MaxVectorSize} where C2 has it, else what {@code UseAVX} implies. */
    static OptionalInt simdBits() {
        Optional<Integer> width = flag("MaxVectorSize")
                .map(Integer::parseInt)
                .filter(bytes -> bytes > 0)
                .map(bytes -> 8 * bytes);
        return width.or(() -> flag("UseAVX").map(Integer::parseInt).map(VirtualMachine::bitsOfAvx)).stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    private static int bitsOfAvx(int level) {
        return level == 0 ? 128 : level < 3 ? 256 : 512;
    }

    /** Whether classes of this package may use the Vector API: it is an incubating module, which a JVM does not load unasked. */
    static boolean canReadVectorApi() {
        return ModuleLayer.boot()
                .findModule("jdk.incubator.vector")
                .filter(VirtualMachine.class.getModule()::canRead)
                .isPresent();
    }

    /** Whether hot code gets as far as HotSpot's optimising compiler. */
    static boolean hasC2() {
        boolean interpreted = System.getProperty("java.vm.info", "").startsWith("interpreted");
        boolean server = System.getProperty("java.vm.name", "").contains("Server");
        boolean stopped = flag("TieredCompilation").filter("true"::equals).isPresent()
                && flag("TieredStopAtLevel")
                        .filter(level -> Integer.parseInt(level) < 4)
                        .isPresent();
        return server && !interpreted && !stopped;
    }
}
