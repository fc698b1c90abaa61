package org.tinytorch.milestones;

import java.util.Optional;
import org.tinytorch.acceleration.AutoBackend;
import org.tinytorch.acceleration.MatMulPrecision;
import org.tinytorch.tensor.Backend;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options on how to compute, for milestones that compute for long. Taken up before the first operation, which starts the threads. */
final class ComputeOptions {
    private static final String THREADS = "tinytorch.threads";
    private static final String BACKEND = "tinytorch.backend";

    @Option(
            names = "--threads",
            paramLabel = "N",
            showDefaultValue = Help.Visibility.NEVER, // the description says it
            description = "how many threads compute; by default as many as there are cores")
    Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--float32",
            description =
                    "matrix products and convolutions in single precision: faster, and the results differ in the last digits")
    boolean float32;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    /** How products are computed, in a word. */
    String arithmetic() {
        return float32 ? "float32" : "float64";
    }

    /** Puts things back as they were. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Checks the options and makes them hold.
     *
     * @throws ParameterException if they are not possible
     */
    Scope apply() {
        threads.ifPresent(count -> {
            if (count < 1) {
                throw new ParameterException(spec.commandLine(), "--threads is " + count + ", but must be 1 or more");
            }
            System.setProperty(THREADS, Integer.toString(count));
        });
        if (!float32) {
            return () -> {};
        }
        String backend = System.getProperty(BACKEND, "auto");
        if (!backend.equals("auto")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--float32 is for the automatic backend, but -D" + BACKEND + "=" + backend
                            + " asks for another; leave one of them out");
        }
        Backend before = Backend.use(new AutoBackend(MatMulPrecision.FLOAT32));
        return () -> Backend.use(before);
    }
}
