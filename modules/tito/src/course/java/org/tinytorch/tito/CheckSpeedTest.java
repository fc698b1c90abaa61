package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.SourceText;

/**
 * How long a student waits for an answer, in a student edition and through its start script. The answers are asserted, the times are not: they go to
 * {@code target/check-speed.txt}, as the median, the fastest and the slowest.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckSpeedTest {

    private static final int REPEATS = 10;
    private static final String FILE = "modules/02-tensor/src/main/java/org/tinytorch/tensor/Shape.java";
    private static final long PATIENCE_SECONDS = 60;

    private final List<String> report = new ArrayList<>();

    @TempDir
    private static Path directory;

    private StudentEdition edition;
    private String solved = "";

    @BeforeAll
    void prepare() throws Exception {
        edition = new StudentEdition(directory);
        edition.skip(1);
        edition.skip(2);
        edition.tito(0, "start", "2");
        edition.tito(0, "check", "2");
        solved = SourceText.read(edition.root(), edition.root().resolve(FILE)).text();
    }

    @AfterAll
    void write() {
        String text = String.join("\n", report) + "\n";
        FileTrees.write(Repository.root().resolve("modules/tito/target/check-speed.txt"), text);
        System.out.println(text);
    }

    /** Another answer in one file each time, all of them right. */
    private void save(int number) {
        String mark = "// region Task 2.1: strides of a row-major array";
        assertThat(solved).contains(mark);
        FileTrees.write(edition.root().resolve(FILE), solved.replace(mark, mark + "\n        // draft " + number));
    }

    @Test
    void afterAChangeToOneFile() throws Exception {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < REPEATS; i++) {
            save(i);
            long start = System.nanoTime();
            assertThat(edition.tito(0, "check", "2")).contains("All of module 02 passes");
            seconds.add((System.nanoTime() - start) / 1e9);
        }
        note("check after a change to one file", seconds);
    }

    @Test
    void theFirstTimeInAModule() throws Exception {
        List<Double> seconds = new ArrayList<>();
        for (CourseModule module : Course.load(edition.root()).modules()) {
            if (!module.tasks().isEmpty()) {
                long start = System.nanoTime();
                String printed = edition.tito(module.number() > 2 ? 1 : 0, "check", Integer.toString(module.number()));
                seconds.add((System.nanoTime() - start) / 1e9);
                assertThat(printed).contains("Module " + module.id());
            }
        }
        note("first check in a module", seconds);
    }

    @Test
    void watchAfterASave() throws Exception {
        List<Double> seconds = new ArrayList<>();
        Process watch = edition.command(edition.root(), "watch", "2").start();
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(watch, lines));
        reader.setDaemon(true);
        reader.start();
        try {
            awaitAnswer(lines);
            for (int i = 0; i < REPEATS; i++) {
                TimeUnit.SECONDS.sleep(1); // a student thinks
                lines.clear();
                save(100 + i);
                long start = System.nanoTime();
                awaitAnswer(lines);
                seconds.add((System.nanoTime() - start) / 1e9);
            }
        } finally {
            watch.destroy();
        }
        note("watch after a save", seconds);
    }

    private static void awaitAnswer(BlockingQueue<String> lines) throws InterruptedException {
        String line = "";
        while (!line.contains("All of module 02 passes")) {
            line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(line).as("a line from tito watch").isNotNull();
        }
    }

    private static void read(Process process, BlockingQueue<String> lines) {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(lines::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(String what, List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        double median = (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
        report.add(String.format(
                Locale.ROOT,
                "%-34s median %.2f s, from %.2f s to %.2f s, of %d",
                what,
                median,
                sorted.get(0),
                sorted.get(sorted.size() - 1),
                sorted.size()));
    }
}
