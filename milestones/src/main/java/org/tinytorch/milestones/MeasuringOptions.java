package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of milestones that measure the network of {@code cifar10}, or with {@code --classroom} one that reads digits. */
final class MeasuringOptions {
    /** All of 6 runs lie on the same side of the true median with a probability of 2 · 0.5⁶, 3 %; of 5 it is 6 %, so that no interval of theirs holds it with 95 %. */
    private static final int FEWEST_REPEATS = 6;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder with CIFAR-10; by default where ./tito download cifar10 puts it")
    Optional<Path> data;

    @Option(
            names = "--cnn",
            paramLabel = "DIR",
            description = "folder that ./tito milestone cifar10 has left its network in; by default runs/cifar10/small")
    Optional<Path> cnn;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "measured runs, after those that warm up",
            defaultValue = "20")
    int repeats;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    /**
     * Says what is wrong, before anything is done.
     *
     * @throws ParameterException if there are too few runs, or options that do not go together
     */
    void check(boolean classroom) {
        if (repeats < FEWEST_REPEATS) {
            throw misuse("--repeats is " + repeats + ", but must be " + FEWEST_REPEATS
                    + " or more: the median of fewer runs is not known with a confidence of 95 %");
        }
        if (classroom && (data.isPresent() || cnn.isPresent())) {
            throw misuse("--classroom trains small models of its own; leave --data and --cnn out");
        }
    }

    private ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /**
     * CIFAR-10; not in a classroom.
     *
     * @throws IOException if files are missing or broken; the message says what to do
     */
    Optional<Cifar10Data> photographs(boolean classroom) throws IOException {
        return classroom ? Optional.empty() : Optional.of(Cifar10Data.load(data));
    }

    /** What measures as often as is asked for. */
    Meter meter(IntFunction<Meter> meters) {
        return meters.apply(repeats);
    }
}
