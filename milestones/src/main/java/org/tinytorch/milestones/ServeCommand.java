package org.tinytorch.milestones;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.interop.PackageKind;
import org.tinytorch.serving.ModelServer;
import org.tinytorch.serving.ServerOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ./tito serve PACKAGE}: a model over HTTP. Exit codes: 1 the package cannot be read or the port not be had, 2 bad usage; a server that a signal has ended in order leaves with the signal's, 130 for Ctrl-C and
 * 143 for SIGTERM, as is usual.
 */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Milestone.Version.class,
        usageHelpAutoWidth = true,
        showDefaultValues = true,
        description = {
            "Serve a packaged model over HTTP, with a page for people at / and JSON for programs, until Ctrl-C or"
                    + " SIGTERM; then what is being answered is finished first.",
            "",
            "There is no authentication and no TLS. Only this machine can reach the server unless --host says"
                    + " otherwise; for others, put a reverse proxy with both before it.",
            ""
        },
        footer = {
            "",
            "./tito serve packages/digits",
            "./tito serve packages/tales --port 9000 --max-tokens 500",
            "",
            "docs/serving.md describes the routes and what the limits protect. -Dtinytorch.log=debug in"
                    + " JAVA_TOOL_OPTIONS logs each request."
        })
public final class ServeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PACKAGE", description = "the folder or zip of a packaged model")
    Path path;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            showDefaultValue = Help.Visibility.NEVER, // the description says it
            description = "the model's name as clients see it; by default that of the folder or zip")
    Optional<String> name = Optional.empty();

    @Mixin
    ServingOptions serving;

    @Mixin
    ComputeOptions compute;

    @Spec
    CommandSpec spec;

    /** Made by picocli. */
    ServeCommand() {}

    /** Runs it. */
    public static void main(String... args) {
        Milestones.exit(Milestones.execute(commandLine(), args));
    }

    static CommandLine commandLine() {
        return Milestones.commandLine(new ServeCommand());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerOptions options = options();
        try (ComputeOptions.Scope scope = compute.apply()) {
            ModelPackage pack = ModelPackage.read(path);
            try (ModelServer server = ModelServer.start(name(), pack, options)) {
                greet(server, pack);
                serveUntilASignalComes(server);
            }
        }
        return 0;
    }

    private ServerOptions options() {
        try {
            return serving.options();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private String name() {
        return name.orElseGet(() -> name(path));
    }

    /** The file's name without an extension. */
    static String name(Path path) {
        Path last = path.toAbsolutePath().normalize().getFileName();
        String name = last == null ? "model" : last.toString();
        return name.endsWith(".zip") ? name.substring(0, name.length() - ".zip".length()) : name;
    }

    private void greet(ModelServer server, ModelPackage pack) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s: %s, %,d parameters.%n", name(), pack.kind(), pack.model().parameterCount());
        out.println("The page: " + server.uri());
        out.println("Try:      " + example(server, pack.kind()));
        out.println("Ctrl-C stops the server.");
        out.flush();
        if (!InetAddress.getByName(serving.host).isLoopbackAddress()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("serve: warning: whoever can reach " + serving.host
                    + " can use this server, and read what others ask: it has no authentication and no TLS."
                    + " Put a reverse proxy with both before it.");
            err.flush();
        }
    }

    private static String example(ModelServer server, PackageKind kind) {
        return switch (kind) {
            case IMAGE_CLASSIFIER ->
                "curl " + server.uri()
                        + "v1/classify -H 'Content-Type: image/png' --data-binary @a-picture-of-yours.png";
            case LANGUAGE_MODEL ->
                "curl -N " + server.uri()
                        + "v1/generate -H 'Content-Type: application/json' -d '{\"prompt\": \"Once\", \"max_tokens\":"
                        + " 100}'";
        };
    }

    /** Java ends when its hooks have, so the hook closes the server; this thread has nothing more to do. */
    private static void serveUntilASignalComes(ModelServer server) throws InterruptedException {
        Thread hook = new Thread(server::close, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            new CountDownLatch(1).await();
        } finally {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
