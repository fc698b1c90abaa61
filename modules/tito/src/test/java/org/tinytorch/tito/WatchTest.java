package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tito watch}: what it says follows what is saved. */
class WatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private MiniCourse mini;
    private PipedOutputStream keyboard;
    private CompletableFuture<Integer> watching;
    private final InputStream in = System.in;
    private final PrintStream out = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void startWatching() throws Exception {
        mini = new MiniCourse(directory);
        keyboard = new PipedOutputStream();
        System.setIn(new PipedInputStream(keyboard));
        System.setOut(new PrintStream(printed, true, Charset.defaultCharset()));
        System.setProperty("tito.root", directory.toString());
        watching = CompletableFuture.supplyAsync(() -> Tito.run("watch", "--every", "20"));
    }

    @AfterEach
    void restore() {
        System.setIn(in);
        System.setOut(out);
        System.clearProperty("tito.root");
    }

    private String text() {
        return printed.toString(Charset.defaultCharset());
    }

    private void waitFor(String words) {
        assertTimeoutPreemptively(
                PATIENCE,
                () -> {
                    while (!text().contains(words)) {
                        Thread.sleep(20);
                    }
                },
                () -> "waited for \"" + words + "\" and saw\n" + text());
    }

    private void type(String line) throws Exception {
        keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private void save(String twice, String square) throws Exception {
        mini.answer(twice, square);
        Path file = directory.resolve("modules/01-twice/src/main/java/org/tinytorch/one/Twice.java");
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 5_000));
    }

    @Test
    void followsWhatIsSavedAndGoesOnToTheNextModule() throws Exception {
        waitFor("Task 1.1: double a number is not written yet");
        waitFor("watching modules/01-twice");
        save("return x + x;", "System.exit(0); return 0;");
        waitFor("System.exit");
        save("return x + x;", "return x + ;");
        waitFor("illegal start");
        save("return x + x;", "return x * x;");
        waitFor("All of module 01 passes");
        waitFor("Task 2.1: four times is not written yet");
        waitFor("watching modules/02-four");
        int before = text().length();
        type("");
        assertTimeoutPreemptively(PATIENCE, () -> {
            while (!text().substring(before).contains("watching modules/02-four")) {
                Thread.sleep(20);
            }
        });
        type("q");
        assertThat(watching.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("exit code while a task is open")
                .isEqualTo(1);
    }
}
