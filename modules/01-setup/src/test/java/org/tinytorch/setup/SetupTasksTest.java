package org.tinytorch.setup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.tinytorch.checks.Expect;

/**
 * The checks of module 01, task by task; a task's checks need its own code and that of the tasks before it. Clocks and counters are turned by the code
 * under measurement, so that nothing depends on how fast the machine is.
 */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class SetupTasksTest {

    private static final long GIB = 1L << 30;

    /** A machine with 16 GiB of memory. */
    private static EnvironmentReport machine(long heap, boolean vectorApi, boolean c2) {
        return new EnvironmentReport(
                "17.0.15", "Someone", "Linux 6.1", "amd64", 8, heap, OptionalLong.of(16 * GIB), OptionalInt.of(256), vectorApi, c2);
    }

    /** The timing of some runs by a naive formula. */
    private static Timing timing(long... nanos) {
        int n = nanos.length;
        double median = (ranked(nanos, (n - 1) / 2) + ranked(nanos, n / 2)) / 2.0;
        return new Timing(n, ranked(nanos, 0), median, ranked(nanos, n - 1));
    }

    /** The number that would stand at this position if the numbers were in order; found without sorting. */
    private static long ranked(long[] nanos, int rank) {
        return Arrays.stream(nanos)
                .filter(candidate -> Arrays.stream(nanos).filter(other -> other < candidate).count() <= rank
                        && Arrays.stream(nanos).filter(other -> other <= candidate).count() > rank)
                .findFirst()
                .orElseThrow();
    }

    /** Writes down what happens, in its order. Each event moves a clock, or a counter, on. */
    private static final class Diary {

        private final List<String> events = new ArrayList<>();
        private long now;

        /** Code that takes 10 ns, or bytes, the first time, 20 the second time, and so on. */
        Runnable code() {
            return () -> {
                events.add("run");
                now += 10L * count("run");
            };
        }

        long read() {
            events.add("read");
            return now;
        }

        long count(String event) {
            return events.stream().filter(event::equals).count();
        }

        @Override
        public String toString() {
            return String.join(" ", events);
        }
    }

    @Nested
    @Order(1)
    @DisplayName("Task 1.1: bytes in a unit for people")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Units {

        @Test
        @Order(1)
        @DisplayName("sixteen of them")
        void byHand() {
            Expect.that("EnvironmentReport.gibibytes(17_179_869_184L)")
                    .rule("a gibibyte has 1024 * 1024 * 1024 = 1,073,741,824 bytes, not a billion; GIB holds the number")
                    .value(() -> EnvironmentReport.gibibytes(17_179_869_184L), "16.0 GiB");
        }

        @Test
        @Order(2)
        @DisplayName("one and a half")
        void fraction() {
            Expect.that("EnvironmentReport.gibibytes(1_610_612_736L)")
                    .rule("divide as doubles: a long divided by a long drops what is behind the point")
                    .value(() -> EnvironmentReport.gibibytes(1_610_612_736L), "1.5 GiB");
            Expect.that("EnvironmentReport.gibibytes(524_288_000L), 500 MiB")
                    .rule("one digit behind the point, rounded: 0.488 becomes 0.5")
                    .value(() -> EnvironmentReport.gibibytes(524_288_000L), "0.5 GiB");
        }

        @Test
        @Order(3)
        @DisplayName("nothing, and very much")
        void edges() {
            Expect.that("EnvironmentReport.gibibytes(0)").value(() -> EnvironmentReport.gibibytes(0), "0.0 GiB");
            Expect.that("EnvironmentReport.gibibytes(1L << 50)")
                    .rule("2^50 / 2^30 = 2^20; an int is too small for these bytes")
                    .value(() -> EnvironmentReport.gibibytes(1L << 50), "1048576.0 GiB");
        }

        @Test
        @Order(4)
        @DisplayName("on a machine that speaks German")
        void language() {
            Locale before = Locale.getDefault();
            Locale.setDefault(Locale.GERMANY);
            try {
                Expect.that("EnvironmentReport.gibibytes(1_610_612_736L) on a German machine")
                        .rule("a point, not a comma: String.format follows the machine's language unless its first argument is Locale.ROOT")
                        .value(() -> EnvironmentReport.gibibytes(1_610_612_736L), "1.5 GiB");
            } finally {
                Locale.setDefault(before);
            }
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 1.2: what is missing, and its fix")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class WhatIsMissing {

        /** The first word that tells each missing thing from the others. */
        private static List<String> names(EnvironmentReport report) {
            return report.missing().stream()
                    .map(missing -> missing.what().contains("Vector API") ? "Vector API" : missing.what().contains("C2") ? "C2" : "heap")
                    .toList();
        }

        @Test
        @Order(1)
        @DisplayName("no Vector API")
        void vectorApi() {
            Expect.that("missing() of a machine with vectorApi = false, c2 = true and a heap of 4 GiB")
                    .rule("what the report does not have is missing: !vectorApi")
                    .value(() -> names(machine(4 * GIB, false, true)), List.of("Vector API"));
        }

        @Test
        @Order(2)
        @DisplayName("everything, or nothing")
        void allAndNothing() {
            Expect.that("missing() of a machine with vectorApi = false, c2 = false and a heap of 0.5 GiB")
                    .rule("three questions in this order, each asked on its own (no else); that about the heap asks for maxHeapBytes, not for the machine's 16 GiB of memory")
                    .value(() -> names(machine(GIB / 2, false, false)), List.of("Vector API", "C2", "heap"));
            Expect.that("missing() of a machine with vectorApi = true, c2 = true and a heap of 4 GiB")
                    .rule("a machine that has everything gets an empty list")
                    .value(() -> names(machine(4 * GIB, true, true)), List.of());
        }

        @Test
        @Order(3)
        @DisplayName("a heap of exactly 1 GiB")
        void boundary() {
            Expect.that("missing() of a machine that has both, and a heap of 1,073,741,824 bytes")
                    .rule("at least 1 GiB is asked for, so exactly 1 GiB is enough")
                    .value(() -> names(machine(GIB, true, true)), List.of());
            Expect.that("missing() of a machine that has both, and a heap of 1,073,741,823 bytes")
                    .rule("one byte less is too little")
                    .value(() -> names(machine(GIB - 1, true, true)), List.of("heap"));
        }

        @Test
        @Order(4)
        @DisplayName("each alone")
        void eachAlone() {
            for (int combination = 0; combination < 8; combination++) {
                boolean vectorApi = (combination & 1) != 0;
                boolean c2 = (combination & 2) != 0;
                boolean heap = (combination & 4) != 0;
                List<String> expected = new ArrayList<>(List.of("Vector API", "C2", "heap"));
                expected.removeIf(name -> name.equals("heap") ? heap : name.equals("C2") ? c2 : vectorApi);
                Expect.that("missing() with vectorApi = " + vectorApi + ", c2 = " + c2 + " and a heap of " + (heap ? "2 GiB" : "0.5 GiB"))
                        .rule("each of the three is asked for on its own, in the order Vector API, C2, heap")
                        .value(() -> names(machine(heap ? 2 * GIB : GIB / 2, vectorApi, c2)), expected);
            }
        }

        @Test
        @Order(5)
        @DisplayName("in a report")
        void use() {
            Expect.that("the report of a machine with C2, a heap of 0.5 GiB, and no Vector API")
                    .rule("the table shows your gibibytes and your missing things, each with its fix")
                    .value(() -> machine(GIB / 2, false, true).toString(), """
                            JDK              17.0.15 (Someone)
                            Operating system Linux 6.1
                            Architecture     amd64
                            Cores            8
                            Memory           16.0 GiB
                            Maximum heap     0.5 GiB
                            SIMD             256 bits
                            Vector API       not readable
                            C2 compiler      yes
                            Missing          the Vector API, for SIMD from module 15 on
                              fix            java --add-modules jdk.incubator.vector …
                            Missing          a heap of at least 1 GiB, for real data sets
                              fix            java -Xmx2g …""");
            Expect.that("the lines of EnvironmentReport.collect() that begin with Missing")
                    .rule("one for each thing that this machine lacks")
                    .value(
                            () -> EnvironmentReport.collect().toString().lines().filter(line -> line.startsWith("Missing")).count(),
                            (long) EnvironmentReport.collect().missing().size());
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 1.3: the median of several runs")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Median {

        private static double[] summary(long... nanos) {
            Timing timing = Timing.of(nanos);
            return new double[] {timing.runs(), timing.fastest(), timing.median(), timing.slowest()};
        }

        @Test
        @Order(1)
        @DisplayName("one run that was interrupted")
        void odd() {
            Expect.that("runs, fastest, median and slowest of Timing.of(30, 1_000_000, 10)")
                    .rule("in order they are 10, 30, 1,000,000: the median is the one in the middle, 30. The mean would be 333,346.7")
                    .numbers(() -> summary(30, 1_000_000, 10), 3, 10, 30, 1_000_000);
        }

        @Test
        @Order(2)
        @DisplayName("an even number of runs")
        void even() {
            Expect.that("runs, fastest, median and slowest of Timing.of(4, 1, 3, 100)")
                    .rule("in order they are 1, 3, 4, 100: two are in the middle, and their mean is 3.5; a long would drop the half")
                    .numbers(() -> summary(4, 1, 3, 100), 4, 1, 3.5, 100);
        }

        @Test
        @Order(3)
        @DisplayName("one run, and two")
        void few() {
            Expect.that("runs, fastest, median and slowest of Timing.of(7)")
                    .rule("a single run is the fastest, the middle and the slowest at once")
                    .numbers(() -> summary(7), 1, 7, 7, 7);
            Expect.that("runs, fastest, median and slowest of Timing.of(9, 6)")
                    .rule("of two runs both are in the middle: the mean of positions (n - 1) / 2 and n / 2")
                    .numbers(() -> summary(9, 6), 2, 6, 7.5, 9);
        }

        @Test
        @Order(4)
        @DisplayName("the array stays as it was")
        void untouched() {
            long[] nanos = {30, 20, 10};
            Timing.of(nanos);
            Expect.that("nanos after Timing.of(nanos), where nanos = {30, 20, 10}")
                    .rule("the array that was handed in is not yours to sort: work on a copy")
                    .value(Arrays.toString(nanos), "[30, 20, 10]");
        }

        @Test
        @Order(5)
        @DisplayName("any runs, in any order")
        void property() {
            Random random = new Random(13);
            for (int n = 1; n <= 12; n++) {
                long[] nanos = random.longs(n, 0, 1_000).toArray();
                Expect.that("Timing.of(" + Arrays.toString(nanos) + ")")
                        .rule("as many runs are faster than the median as are slower")
                        .value(() -> Timing.of(nanos), timing(nanos));
            }
        }

        @Test
        @Order(6)
        @DisplayName("in words")
        void use() {
            Expect.that("Timing.of(1_000_000, 61_500_000_000L, 1_250_000).toString()")
                    .rule("one run of a minute does not move the median of the three")
                    .value(() -> Timing.of(1_000_000, 61_500_000_000L, 1_250_000).toString(), "1.25 ms (3 runs, 1.00 ms to 61.50 s)");
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 1.4: warm up, then measure each run")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Measuring {

        private static final String CODE = ", where run 1 takes 10 ns, run 2 takes 20 ns, and so on";

        private final Diary diary = new Diary();
        private final Stopwatch stopwatch = new Stopwatch(diary::read);

        @Test
        @Order(1)
        @DisplayName("what happens, and when")
        void order() {
            stopwatch.warmUp(2).repeat(3).measure(diary.code());
            Expect.that("each run of the code and each reading of the clock, warmUp(2).repeat(3)")
                    .rule("first warmUps runs, here 2, that no clock sees; then repeats runs, here 3, each with a reading just before and a reading just after")
                    .value(diary.toString(), "run run read run read read run read read run read");
        }

        @Test
        @Order(2)
        @DisplayName("the times of the measured runs")
        void times() {
            Expect.that("stopwatch.warmUp(3).repeat(5).measure(code)" + CODE)
                    .rule("the three warm-up runs do not count: of 40, 50, 60, 70 and 80 the median is 60. A time is the end less the start")
                    .value(() -> stopwatch.warmUp(3).repeat(5).measure(diary.code()), new Timing(5, 40, 60, 80));
        }

        @Test
        @Order(3)
        @DisplayName("unless told otherwise")
        void defaults() {
            Expect.that("stopwatch.measure(code)" + CODE)
                    .rule("5 warm-up runs, then 9 measured ones, 60 to 140: take the numbers from the fields warmUps and repeats")
                    .value(() -> stopwatch.measure(diary.code()), new Timing(9, 60, 100, 140));
        }

        @Test
        @Order(4)
        @DisplayName("one run, not warmed up")
        void once() {
            Expect.that("stopwatch.warmUp(0).repeat(1).measure(code)" + CODE)
                    .rule("no warm-up means none: the very first run is measured")
                    .value(() -> stopwatch.warmUp(0).repeat(1).measure(diary.code()), new Timing(1, 10, 10, 10));
        }

        @Test
        @Order(5)
        @DisplayName("code that fails")
        void failing() {
            int[] runs = {0};
            Expect.that("stopwatch.warmUp(0).repeat(9).measure(code), where the second run throws")
                    .rule("the exception of the code is passed on: a measurement of failures is worth nothing")
                    .error(IllegalStateException.class, "no more data", () -> stopwatch.warmUp(0).repeat(9).measure(() -> {
                        if (++runs[0] == 2) {
                            throw new IllegalStateException("no more data");
                        }
                    }));
            Expect.that("the runs of a code that throws in the second").rule("the exception ends the measurement").value(runs[0], 2);
        }

        @Test
        @Order(6)
        @DisplayName("any number of runs, of any length")
        void property() {
            Random random = new Random(14);
            for (int number = 0; number < 20; number++) {
                int warmUps = number % 4;
                int repeats = 1 + number / 4;
                long[] lengths = random.longs(warmUps + repeats, 1, 100).toArray();
                long[] measured = Arrays.copyOfRange(lengths, warmUps, lengths.length);
                Expect.that("warmUp(" + warmUps + ").repeat(" + repeats + ").measure(code), where the runs take " + Arrays.toString(lengths) + " ns")
                        .rule("the first " + warmUps + " are warm-up; the others are measured, each on its own")
                        .value(() -> playBack(warmUps, repeats, lengths), timing(measured));
            }
        }

        private static Timing playBack(int warmUps, int repeats, long[] lengths) {
            long[] clock = {1_000};
            int[] run = {0};
            return new Stopwatch(() -> clock[0]).warmUp(warmUps).repeat(repeats).measure(() -> clock[0] += lengths[run[0]++]);
        }

        @Test
        @Order(7)
        @DisplayName("with the clock of the machine")
        void use() {
            Timing timing = new Stopwatch().warmUp(1).repeat(3).measure(() -> IntStream.range(0, 1_000).sum());
            Expect.that("new Stopwatch().warmUp(1).repeat(3).measure(...) of a thousand additions: 0 <= fastest <= median <= slowest")
                    .rule("System.nanoTime() never runs backwards")
                    .value(0 <= timing.fastest() && timing.fastest() <= timing.median() && timing.median() <= timing.slowest(), true);
            Expect.that("the number of its measured runs").value(timing.runs(), 3);
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 1.5: bytes that a block allocates")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Allocating {

        private final Diary diary = new Diary();
        private final AllocationMeter meter = new AllocationMeter(diary::read);

        @Test
        @Order(1)
        @DisplayName("what happens, and when")
        void order() {
            meter.measure(diary.code());
            Expect.that("each run of the code and each reading of the counter")
                    .rule("one run, between two readings. A meter does not warm up: a second run would allocate again")
                    .value(diary.toString(), "read run read");
        }

        @Test
        @Order(2)
        @DisplayName("from 500 to 542")
        void byHand() {
            long[] counter = {500};
            AllocationMeter onCounter = new AllocationMeter(() -> counter[0]);
            Expect.that("measure(code), where the code moves the counter from 500 to 542")
                    .rule("the counter never starts again: it holds all that the thread ever allocated. What is new is the end less the start, 542 - 500")
                    .value(() -> onCounter.measure(() -> counter[0] += 42), 42L);
        }

        @Test
        @Order(3)
        @DisplayName("nothing, and again")
        void edges() {
            Expect.that("measure(() -> {})").rule("code that does nothing allocates nothing").value(() -> meter.measure(() -> {}), 0L);
            meter.measure(diary.code());
            Expect.that("the second measure(code), where run 1 takes 10 bytes and run 2 takes 20")
                    .rule("each measurement begins anew")
                    .value(() -> meter.measure(diary.code()), 20L);
        }

        @Test
        @Order(4)
        @DisplayName("more than an int can count")
        void huge() {
            long[] counter = {1L << 40};
            AllocationMeter onCounter = new AllocationMeter(() -> counter[0]);
            Expect.that("measure(code), where the code allocates 3,000,000,000 bytes")
                    .rule("bytes are counted in a long: an int ends at 2,147,483,647")
                    .value(() -> onCounter.measure(() -> counter[0] += 3_000_000_000L), 3_000_000_000L);
        }

        @Test
        @Order(5)
        @DisplayName("code that fails")
        void failing() {
            Expect.that("measure(code), where the code throws")
                    .rule("the exception of the code is passed on")
                    .error(IllegalStateException.class, "no more data", () -> meter.measure(() -> {
                        throw new IllegalStateException("no more data");
                    }));
        }

        @Test
        @Order(6)
        @DisplayName("a real array")
        void use() {
            double[][] kept = new double[1][];
            AllocationMeter real = AllocationMeter.ofCurrentThread();
            Runnable code = () -> kept[0] = new double[100_000];
            code.run();
            long bytes = real.measure(code);
            Expect.that("the bytes of new double[100_000], which are " + bytes + ", lie between 800,000 and 810,000")
                    .rule("8 bytes for each double, and a header for the array")
                    .value(800_000 <= bytes && bytes <= 810_000, true);
        }
    }
}
