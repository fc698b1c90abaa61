package org.tinytorch.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.tinytorch.setup.EnvironmentReport;

/**
 * What one run of benchmarks measured, as JSON: the kind of run, the day, the machine and the JDK, and a row for each measurement. {@link BenchmarkReport} makes
 * tables of it.
 */
public final class RunFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunFile() {}

    /**
     * Writes a run.
     *
     * @param kind {@code jmh} or {@code peers}
     */
    public static void write(Path file, String kind, ArrayNode rows) throws IOException {
        EnvironmentReport here = EnvironmentReport.collect();
        ObjectNode environment = JSON.createObjectNode();
        environment.put("jdk", here.jdkVersion());
        environment.put("vendor", here.jdkVendor());
        environment.put("system", here.operatingSystem().replaceAll("[ .-].*", ""));
        environment.put("processor", processor(here.architecture()));
        environment.put("cores", here.cores());
        OptionalInt simd = here.simdBits();
        if (simd.isPresent()) {
            environment.put("simdBits", simd.getAsInt());
        }
        ObjectNode run = JSON.createObjectNode();
        run.put("kind", kind);
        run.put("date", LocalDate.now().toString());
        run.set("environment", environment);
        run.set("rows", rows);
        Files.createDirectories(file.toAbsolutePath().getParent());
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), run);
    }

    /** The name of the processor where Linux tells it, or else its architecture. */
    private static String processor(String architecture) throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return architecture;
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(architecture);
        }
    }
}
