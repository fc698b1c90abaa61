package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;

/** Something that will be so in a while. */
final class Condition {
    private static final long PATIENCE_MILLIS = 60_000;
    private static final long STEP_MILLIS = 5;

    private Condition() {}

    /** Waits until it is so; fails if that takes a minute. */
    static void await(String what, BooleanSupplier so) throws InterruptedException {
        for (long waited = 0; !so.getAsBoolean(); waited += STEP_MILLIS) {
            if (waited > PATIENCE_MILLIS) {
                fail("after a minute it is not yet so that " + what);
            }
            Thread.sleep(STEP_MILLIS);
        }
    }

    /** Waits until the server has nothing to do: no request but the one that asks, and nothing in a queue. */
    static void awaitIdle(ModelServer server) throws InterruptedException {
        await(
                "nothing is left to do",
                () -> metric(server, "tinytorch_http_requests_in_flight") == 1
                        && metric(server, "tinytorch_queue_length") == 0
                        && metric(server, "tinytorch_generations_running") == 0);
    }

    /** The value of a line of /metrics; 0 if there is none. */
    static double metric(ModelServer server, String name) {
        try {
            return RawConnection.ask(server, RawConnection.get("/metrics"))
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
