package org.tinytorch.tito.check;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.tinytorch.tito.course.TaskId;

/** A running {@link Worker}, seen from tito. Starting one takes a moment, so start it before compiling. */
public final class WorkerProcess implements AutoCloseable {

    private static final int START_SECONDS = 60;
    private static final int SLACK_SECONDS = 20;
    private static final int NOISE_LINES = 5;

    private final Process process;
    private final String secret = UUID.randomUUID().toString();
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>(10_000);
    private final Deque<String> noise = new ArrayDeque<>();

    /**
     * Starts a JVM that waits for {@link #run}.
     *
     * @param libraries its class path; see {@link Libraries#classPath}
     * @param flags more JVM flags, from {@code module.yaml}
     */
    public WorkerProcess(List<Path> libraries, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"));
        command.addAll(flags);
        command.addAll(List.of("-cp", Libraries.join(libraries), Worker.class.getName()));
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            write(secret);
        } catch (IOException e) {
            throw new UncheckedIOException("the JVM for the checks does not start: " + command, e);
        }
        Thread reader = new Thread(this::read, "worker-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Runs checks and waits for their end, or for the worker's.
     *
     * @param classPath the directories with the checks' and the student's classes
     * @param testClasses the names of the classes with checks
     * @param tasks the tasks whose checks to run, empty for all
     * @param checkSeconds how long one check may take
     * @return what happened
     */
    public CheckRun run(List<Path> classPath, List<String> testClasses, Collection<TaskId> tasks, int checkSeconds) {
        RunRecord record = new RunRecord();
        Message request = new Message(
                Message.Kind.RUN,
                String.join("\n", classPath.stream().map(Path::toString).toList()),
                String.join("\n", testClasses),
                String.join("\n", tasks.stream().map(TaskId::toString).toList()),
                Integer.toString(checkSeconds));
        try {
            write(request.encode(secret));
            int patience = START_SECONDS;
            while (true) {
                Optional<String> line = lines.poll(patience, TimeUnit.SECONDS);
                if (line == null) {
                    process.destroyForcibly();
                    return record.end("nothing was heard of the checks for " + patience + " s, so they were stopped");
                }
                if (line.isEmpty()) {
                    return record.end(died());
                }
                Optional<Message> message = Message.decode(secret, line.get());
                if (message.isPresent()) {
                    patience = checkSeconds + SLACK_SECONDS;
                    if (record.take(message.get(), checkSeconds)) {
                        return record.end("");
                    }
                } else if (!line.get().isBlank()) {
                    noise.addLast(line.get());
                    if (noise.size() > NOISE_LINES) {
                        noise.removeFirst();
                    }
                }
            }
        } catch (IOException e) {
            return record.end(died());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return record.end("interrupted");
        }
    }

    /** Lets it end by itself, which gives its JVM time to write an archive, and waits for that. */
    public void finish() {
        try {
            process.getOutputStream().close();
            process.waitFor(START_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            // It has ended already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether it can be given more to do.
     *
     * @return false once a check has ended it
     */
    public boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String died() {
        int code;
        try {
            code = process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            code = -1;
        }
        String words = noise.isEmpty() ? "" : "\nIts last words:\n" + String.join("\n", noise);
        return "the program ended in the middle of the check (exit code " + code
                + "): Runtime.halt, or a crash of the JVM" + words;
    }

    private void write(String line) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void read() {
        LineReader reader = new LineReader(process.getInputStream());
        try {
            Optional<String> line = reader.next();
            while (line.isPresent()) {
                lines.put(line);
                line = reader.next();
            }
            lines.put(Optional.empty());
        } catch (IOException e) {
            // The pipe broke: the same as its end.
            lines.offer(Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
