package org.tinytorch.milestones;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tinytorch.milestones.load.Endpoint;
import org.tinytorch.milestones.load.LoadPlan;
import org.tinytorch.milestones.load.LoadReport;
import org.tinytorch.milestones.load.LoadRun;
import org.tinytorch.milestones.load.LoadTarget;
import org.tinytorch.milestones.load.Targets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./tito load URL}: how a model server bears up. Exit codes: 0 it reached the targets, 1 it did not, 2 bad usage. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        versionProvider = Milestone.Version.class,
        usageHelpAutoWidth = true,
        showDefaultValues = true,
        description = {
            "Ask a model server, started with ./tito serve, again and again, and measure how it answers.",
            "",
            "Requests are due at fixed times, and a latency is counted from the moment a request was due: a server that"
                    + " stalls is not spared the requests that it would have been sent meanwhile. Answers of 429 are counted"
                    + " as refused, and all others but 200 as errors; latencies are those of all but the refused.",
            "",
            "Heap (what survived a collection of garbage) and threads of the server come from its /metrics once a"
                    + " second. The least heap of the last third of the run may be greater than that of the first third by"
                    + " --heap-growth, the most threads by --thread-growth.",
            ""
        },
        footer = {"", "./tito serve digits &", "./tito load http://127.0.0.1:8080 --seconds 60"})
public final class LoadCommand implements Callable<Integer> {
    private static final int SOAK_SECONDS = 30 * 60;

    @Parameters(paramLabel = "URL", description = "the server, such as http://127.0.0.1:8080")
    String url;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "16",
            description = "that ask at once, each on a connection")
    int clients;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "60", description = "how long to ask")
    int seconds;

    @Option(names = "--soak", description = "ask for 30 minutes, in place of --seconds")
    boolean soak;

    @Option(
            names = "--rate",
            paramLabel = "X",
            defaultValue = "600",
            description =
                    "requests per second, of all clients; 0 for as fast as it goes, each client waiting for its answer")
    double rate;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "5",
            description = "seconds that do not count, before the others")
    int warmUp;

    @Option(names = "--timeout", paramLabel = "N", defaultValue = "10", description = "seconds to wait for an answer")
    int timeout;

    @Option(
            names = "--body",
            paramLabel = "FILE",
            description =
                    "what to send: a .json, .png or .jpg; by default an image of random pixels, as the model takes it")
    Optional<Path> body;

    @Option(
            names = "--target-rate",
            paramLabel = "X",
            defaultValue = "500",
            description = "requests per second answered with 200, at least")
    double targetRate;

    @Option(
            names = "--target-p99",
            paramLabel = "X",
            defaultValue = "50",
            description = "milliseconds for 99 of 100 requests, at most")
    double targetP99;

    @Option(names = "--heap-growth", paramLabel = "N", defaultValue = "16", description = "MiB, at most")
    int heapGrowth;

    @Option(names = "--thread-growth", paramLabel = "N", defaultValue = "2", description = "threads, at most")
    int threadGrowth;

    @Option(names = "--allow-remote", description = "ask a server on another machine; it should be yours")
    boolean allowRemote;

    @Spec
    CommandSpec spec;

    /** Made by picocli. */
    LoadCommand() {}

    /** Runs it. */
    public static void main(String... args) {
        System.exit(Milestones.execute(commandLine(), args));
    }

    static CommandLine commandLine() {
        return Milestones.commandLine(new LoadCommand());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Endpoint server = server();
        LoadPlan plan = plan(server);
        LoadTarget target = target(plan);
        say("%s", intention(target, plan));
        LoadReport report = new LoadRun(plan, target.request(), line -> say("%s", line)).run();
        List<String> missed = new Targets(targetRate, targetP99, heapGrowth, threadGrowth).missed(report);
        say("");
        say("%s", report.summary());
        if (!missed.isEmpty()) {
            say("Missed: %s.", String.join("; ", missed));
        }
        say("");
        say("%s", report.line(missed.isEmpty()));
        return missed.isEmpty() ? 0 : 1;
    }

    private Endpoint server() {
        try {
            Endpoint server = Endpoint.of(url);
            if (!allowRemote && !server.loopback()) {
                throw misuse(server + " is not on this machine, and a load may be unwelcome there; if it is yours, say"
                        + " --allow-remote");
            }
            return server;
        } catch (IllegalArgumentException e) {
            throw misuse(e.getMessage());
        } catch (UnknownHostException e) {
            throw misuse("the host of " + url + " is not known; give an address such as http://127.0.0.1:8080");
        }
    }

    private LoadPlan plan(Endpoint server) {
        try {
            return new LoadPlan(
                    server,
                    clients,
                    rate,
                    Duration.ofSeconds(warmUp),
                    Duration.ofSeconds(soak ? SOAK_SECONDS : seconds),
                    Duration.ofSeconds(timeout));
        } catch (IllegalArgumentException e) {
            throw misuse(e.getMessage());
        }
    }

    private LoadTarget target(LoadPlan plan) throws IOException {
        try {
            return LoadTarget.of(plan.server(), body, plan.timeout());
        } catch (IllegalArgumentException e) {
            throw misuse(e.getMessage());
        }
    }

    private static String intention(LoadTarget target, LoadPlan plan) {
        return String.format(
                Locale.ROOT,
                "%s at http://%s%s: %d clients, %s, for %d s, %,d bytes each time.",
                target.model(),
                plan.server(),
                target.request().path(),
                plan.clients(),
                plan.open()
                        ? String.format(Locale.ROOT, "%.0f requests/s, latencies from when each was due", plan.rate())
                        : "as fast as they are answered",
                plan.length().toSeconds(),
                target.request().body().length);
    }

    private void say(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
    }

    private ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
