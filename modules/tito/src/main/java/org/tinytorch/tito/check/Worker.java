package org.tinytorch.tito.check;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.tinytorch.tito.course.TaskId;

/**
 * The main class of the JVM that runs a student's code. It loads JUnit while tito is still compiling, then waits for requests; each gets a
 * class loader of its own, so that several states of a module can be checked by one worker.
 */
public final class Worker {

    /** The flag of a worker that leaves its JVM time to write an archive of its classes. */
    static final String ENDS_NORMALLY = "-Dtito.worker.ends=normally";

    private final Outbox outbox;
    private final CappedOutput printed = new CappedOutput();
    private final Watchdog watchdog;
    private final Launcher launcher = LauncherFactory.create();

    private Worker(Outbox outbox) {
        this.outbox = outbox;
        this.watchdog = new Watchdog(outbox);
    }

    /**
     * Runs until the standard input ends. The first line is the secret that starts every message.
     *
     * @param args none
     * @throws IOException if the pipe to tito breaks
     */
    public static void main(String[] args) throws IOException {
        LineReader in = new LineReader(System.in);
        Optional<String> secret = in.next();
        if (secret.isEmpty()) {
            return;
        }
        PrintStream pipe = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Worker worker = new Worker(new Outbox(secret.get(), pipe));
        worker.takeOverStreams();
        worker.outbox.send(new Message(Message.Kind.READY));
        for (Optional<String> line = in.next(); line.isPresent(); line = in.next()) {
            Optional<Message> request = Message.decode(secret.get(), line.get());
            if (request.isPresent()) {
                worker.run(request.get());
            }
        }
        if (System.getProperty("tito.worker.ends") == null) {
            Runtime.getRuntime().halt(0);
        }
    }

    private void takeOverStreams() {
        PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(capture);
        System.setErr(capture);
        System.setIn(InputStream.nullInputStream());
        watchdog.start();
    }

    private void run(Message request) {
        Thread runner = new Thread(null, () -> runQuietly(request), "checks");
        watchdog.watch(runner, Duration.ofSeconds(Long.parseLong(request.field(3))));
        runner.start();
        try {
            runner.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Whatever a student's code throws, even an OutOfMemoryError that JUnit lets through, must end as a message.
    private void runQuietly(Message request) {
        try (URLClassLoader loader = loader(request.field(0))) {
            Thread.currentThread().setContextClassLoader(loader);
            List<DiscoverySelector> selectors = new ArrayList<>();
            for (String name : request.field(1).lines().toList()) {
                selectors.add(DiscoverySelectors.selectClass(loader.loadClass(name)));
            }
            Set<TaskId> tasks = new TreeSet<>();
            request.field(2).lines().forEach(line -> tasks.add(TaskId.parse(line)));
            LauncherDiscoveryRequest discovery = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectors)
                    .filters(new TaskFilter(tasks), EngineFilter.includeEngines("junit-jupiter"))
                    // whatever a junit-platform.properties on the class path says: the watchdog watches one thread
                    .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                    .configurationParameter(
                            "junit.jupiter.testclass.order.default",
                            "org.junit.jupiter.api.ClassOrderer$OrderAnnotation")
                    .configurationParameter(
                            "junit.jupiter.testmethod.order.default",
                            "org.junit.jupiter.api.MethodOrderer$OrderAnnotation")
                    .build();
            launcher.execute(discovery, new Reporter(outbox, watchdog, printed));
            outbox.send(new Message(Message.Kind.DONE));
        } catch (Throwable broken) {
            outbox.send(new Message(Message.Kind.BROKEN, Failures.describe(broken)));
        }
    }

    private static URLClassLoader loader(String classPath) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.lines().toList()) {
            urls.add(new File(entry).toURI().toURL());
        }
        return new URLClassLoader(urls.toArray(new URL[0]), Worker.class.getClassLoader());
    }
}
