package org.tinytorch.benchmarking;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.tinytorch.benchmarking.AbTest.Verdict;
import org.tinytorch.checks.Expect;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Parameter;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * The checks of module 19, task by task; a task's checks need its own code and that of the tasks before it. None of them looks at a real clock:
 * times are recorded ones, or of a clock that counted work turns.
 */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class BenchmarkingTasksTest {

    private final Counter clock = new Counter();
    private final Counter memory = new Counter();
    private Backend before = Backend.current();

    /** The plain loops: who computes is not what is checked here. */
    @BeforeEach
    void plainLoops() {
        before = Backend.use(Backend.reference());
    }

    @AfterEach
    void asItWas() {
        Backend.use(before);
    }

    // ---- a machine whose clock is turned by what is done

    /** Stands still until somebody turns it: a clock in nanoseconds, or a meter of bytes. */
    private static final class Counter implements LongSupplier {
        private long now;

        void advance(long more) {
            now += more;
        }

        @Override
        public long getAsLong() {
            return now;
        }
    }

    /** 1 FLOP and 2 bytes in a nanosecond, as a backend: an operation takes whichever of the two takes longer, and allocates its result. */
    private final class Machine implements Backend {
        static final long BYTES_IN_A_NANO = 2;

        @Override
        public Tensor compute(Operation op, Tensor... inputs) {
            Tensor out = op.forward(inputs);
            long flops = op instanceof MatMul ? 2L * out.size() * inputs[0].dim(-1) : out.size();
            long bytes = 8 * (out.size() + Arrays.stream(inputs).mapToLong(Tensor::size).sum());
            clock.advance(Math.max(flops, bytes / BYTES_IN_A_NANO));
            memory.advance(8L * out.size());
            return out;
        }
    }

    /** A layer that works by itself, and then lets its children work. */
    private final class Busy extends Layer {
        private final long nanos;
        private final long bytes;

        Busy(long nanos, long bytes, Layer... children) {
            this.nanos = nanos;
            this.bytes = bytes;
            for (int i = 0; i < children.length; i++) {
                child(Integer.toString(i), children[i]);
            }
        }

        @Override
        protected Tensor compute(Tensor x) {
            clock.advance(nanos);
            memory.advance(bytes);
            Tensor y = x;
            for (Layer child : children().values()) {
                y = child.forward(y);
            }
            return y;
        }
    }

    // ---- a model in which somebody has hidden waste

    private static final int WIDTH = 16;

    /** Its children one after the other, by name. */
    private static final class Chain extends Layer {
        Chain(Map<String, Layer> children) {
            children.forEach(this::child);
        }

        @Override
        protected Tensor compute(Tensor x) {
            Tensor y = x;
            for (Layer child : children().values()) {
                y = child.forward(y);
            }
            return y;
        }
    }

    /** Computes its product twice, and forgets the first. */
    private static final class Twice extends Layer {
        private final Parameter weight = parameter("weight", new Parameter(random(1, WIDTH, WIDTH)));

        @Override
        protected Tensor compute(Tensor x) {
            x.matmul(weight);
            return x.matmul(weight);
        }
    }

    /** Copies its input a hundred times. */
    private static final class Copies extends Layer {
        @Override
        protected Tensor compute(Tensor x) {
            Tensor y = x;
            for (int i = 0; i < 50; i++) {
                y = y.neg().neg();
            }
            return y;
        }
    }

    /** Four times as wide as it need be. */
    private static final class Wide extends Layer {
        private final Parameter out = parameter("out", new Parameter(random(2, WIDTH, 4 * WIDTH)));
        private final Parameter back = parameter("back", new Parameter(random(3, 4 * WIDTH, WIDTH)));

        @Override
        protected Tensor compute(Tensor x) {
            return x.matmul(out).matmul(back);
        }
    }

    /** Makes itself a megabyte of room, and uses none of it. */
    private final class Hoards extends Layer {
        @Override
        protected Tensor compute(Tensor x) {
            memory.advance(8L * new double[125_000].length);
            return x;
        }
    }

    private static Tensor random(int seed, int... dims) {
        return Tensors.randn(new Generator(seed), dims);
    }

    private static Layer linear() {
        return new Linear(WIDTH, WIDTH, false, new Generator(4));
    }

    private static Layer chain(Object... namesAndLayers) {
        Map<String, Layer> children = new LinkedHashMap<>();
        for (int i = 0; i < namesAndLayers.length; i += 2) {
            children.put((String) namesAndLayers[i], (Layer) namesAndLayers[i + 1]);
        }
        return new Chain(children);
    }

    private Layer wasteful() {
        Layer body = chain("first", linear(), "second", new Twice(), "third", new Copies());
        Layer head = chain("fourth", new Wide(), "fifth", linear(), "sixth", new Hoards());
        return chain("body", body, "head", head);
    }

    private static final Tensor ROWS = random(5, 8, WIDTH);

    // ---- recorded times, in nanoseconds

    private static final double[] OLD = {976, 977, 1013, 954, 997, 955, 1850, 1004, 1027, 990, 1008, 994, 985, 1003, 975, 993, 1014, 1001, 992, 1044};
    private static final double[] FIVE_PERCENT_LESS = {951, 939, 1320, 940, 943, 943, 988, 950, 953, 963, 988, 946, 938, 2410, 922, 943, 963, 993, 932, 904};

    private static final double[] SAME = {1000, 923, 1070, 1008, 965, 1039, 1012, 1001, 1042, 1090, 1022, 1063, 1086, 959, 979, 1031, 932, 989, 1052, 1042};
    private static final double[] SAME_AGAIN = {1026, 979, 985, 1018, 1720, 1012, 983, 1052, 1060, 1001, 982, 1029, 1019, 958, 982, 1560, 996, 987, 1008, 999};

    private static final double[] HEATING = {1005, 1039, 1046, 1045, 1069, 1093, 1118, 1145, 1148, 1182, 1212, 1214, 1225, 1250, 1301, 1312, 1323, 1337, 1347, 1389};
    private static final double[] HEATING_BETTER = {955, 994, 1013, 1016, 1064, 1065, 1091, 1108, 1097, 1147, 1163, 1187, 1193, 1225, 1249, 1263, 1276, 1275, 1306, 1346};

    private static List<Double> list(double... values) {
        return DoubleStream.of(values).boxed().toList();
    }

    @Nested
    @Order(1)
    @DisplayName("Task 19.1: a share of all runs")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Quantiles {

        @Test
        @Order(1)
        @DisplayName("a quarter of 10, 20, 30, 40")
        void byHand() {
            Expect.that("Statistics.quantile(0.25, 10, 20, 30, 40)")
                    .rule("there are n - 1 = 3 steps from the first to the last: place 0.25 * 3 = 0.75, three quarters of the way from the first to the second")
                    .number(Statistics.quantile(0.25, 10, 20, 30, 40), 17.5);
            Expect.that("Statistics.quantile(0.25, 10, 20, 100, 400)")
                    .rule("below is the place without its fraction, 0; (int) cuts off, and does not round")
                    .number(Statistics.quantile(0.25, 10, 20, 100, 400), 17.5);
        }

        @Test
        @Order(2)
        @DisplayName("the ends")
        void ends() {
            Expect.that("Statistics.quantile(q, 10, 20, 30, 40) for q = 0 and q = 1")
                    .rule("q = 0 is the smallest, q = 1 the largest; above the last there is nothing")
                    .numbers(() -> new double[] {Statistics.quantile(0, 10, 20, 30, 40), Statistics.quantile(1, 10, 20, 30, 40)}, 10, 40);
            Expect.that("Statistics.quantile(0.5, 7)").rule("a single value is all its quantiles").numbers(() -> new double[] {Statistics.quantile(0.5, 7)}, 7);
        }

        @Test
        @Order(3)
        @DisplayName("the order of the runs does not matter")
        void order() {
            Expect.that("Statistics.quantile(0.5, 4, 1, 3, 100)")
                    .rule("places are counted in sorted: in the order of their size, not in that in which they came")
                    .number(Statistics.quantile(0.5, 4, 1, 3, 100), 3.5);
            Expect.that("Statistics.quantile(0.75, 100, 4, 3, 1)")
                    .rule("place 0.75 * 3 = 2.25: a quarter of the way from 4 to 100")
                    .number(Statistics.quantile(0.75, 100, 4, 3, 1), 28);
        }

        @Test
        @Order(4)
        @DisplayName("in use: an interrupted run")
        void spread() {
            double[] calm = {99, 100, 101, 102, 103};
            double[] interrupted = {99, 100, 101, 102, 5000};
            Expect.that("the quartiles and the median of 99, 100, 101, 102 and 103 ns").rule("places 1, 2 and 3").numbers(quartiles(calm), 100, 101, 102);
            Expect.that("the same where the last run was interrupted, and took 5000 ns")
                    .rule("one wild run moves the mean to 1080 ns, the quartiles not at all")
                    .numbers(quartiles(interrupted), 100, 101, 102);
        }

        private double[] quartiles(double... nanos) {
            Measurement runs = new Measurement("step", list(nanos), new WarmUp.Outcome(0, true));
            return new double[] {runs.quantile(0.25), runs.quantile(0.5), runs.quantile(0.75)};
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 19.2: draw again")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Bootstrap {

        private List<List<Integer>> draws(int n, int seed) {
            List<List<Integer>> draws = new ArrayList<>();
            ToDoubleFunction<int[]> notes = picks -> {
                draws.add(Arrays.stream(picks).boxed().toList());
                return 0;
            };
            Statistics.bootstrap(n, notes, 0.95, new Generator(seed));
            return draws;
        }

        @Test
        @Order(1)
        @DisplayName("two thousand draws of n")
        void asked() {
            List<List<Integer>> draws = draws(5, 1);
            Expect.that("how often bootstrap(5, …) asks the statistic").rule("RESAMPLES = 2000 times, however few the measurements").value(draws.size(), 2000);
            Expect.that("how many numbers the statistic is given, at least and at most, of 5 measurements")
                    .rule("a draw is as large as what was measured: n picks")
                    .ints(new int[] {draws.stream().mapToInt(List::size).min().orElseThrow(), draws.stream().mapToInt(List::size).max().orElseThrow()}, 5, 5);
        }

        @Test
        @Order(2)
        @DisplayName("with replacement")
        void replacement() {
            List<List<Integer>> draws = draws(5, 1);
            long repeats = draws.stream().filter(draw -> new HashSet<>(draw).size() < 5).count();
            Expect.that("whether more than 1800 of 2000 draws of 5 hold a measurement twice; it was " + repeats)
                    .rule("each pick is among all n again, as if what was drawn were put back; of all draws, 120 in 3125 have no number twice")
                    .value(repeats > 1800, true);
            Set<Integer> drawn = new HashSet<>();
            draws.forEach(drawn::addAll);
            Expect.that("which of 5 measurements are ever drawn").rule("each of the n: 0 … n - 1").value(drawn, Set.of(0, 1, 2, 3, 4));
            int different = new HashSet<>(draws).size();
            Expect.that("whether 2000 draws are more than 1000 different ones; they were " + different)
                    .rule("every pick asks the generator that you were given, for each draw anew")
                    .value(different > 1000, true);
            Expect.that("whether another seed draws others").rule("every pick asks the generator that you were given").value(draws(5, 2).equals(draws), false);
        }

        @Test
        @Order(3)
        @DisplayName("the middle of what came out")
        void tails() {
            Expect.that("the ends of a 95 % interval if the statistic gives 0, 1, 2, … 1999, one after the other")
                    .rule("5 % are left out, half of that on each side: the quantiles 0.025 and 0.975")
                    .numbers(ends(0.95), 0.025 * 1999, 0.975 * 1999);
            Expect.that("the ends of an 80 % interval of the same").rule("the quantiles 0.1 and 0.9").numbers(ends(0.8), 0.1 * 1999, 0.9 * 1999);
            Expect.that("the confidence of the interval")
                    .rule("it says what was asked for")
                    .number(Statistics.bootstrap(3, picks -> 1, 0.8, new Generator(1)).confidence(), 0.8);
        }

        private double[] ends(double confidence) {
            int[] next = {0};
            Interval interval = Statistics.bootstrap(4, picks -> next[0]++, confidence, new Generator(1));
            return new double[] {interval.low(), interval.high()};
        }

        @Test
        @Order(4)
        @DisplayName("two coins")
        void coins() {
            double[] values = {0, 1};
            ToDoubleFunction<int[]> mean = picks -> (values[picks[0]] + values[picks[1]]) / 2;
            Interval wide = Statistics.bootstrap(2, mean, 0.95, new Generator(1));
            Interval narrow = Statistics.bootstrap(2, mean, 0.4, new Generator(1));
            Expect.that("the ends of a 95 % and of a 40 % interval of the mean of 0 and 1")
                    .rule("of the draws a quarter are 0 0, a quarter 1 1, half one of each: 95 % of them reach from 0 to 1, the middle 40 % are 0.5")
                    .numbers(new double[] {wide.low(), wide.high(), narrow.low(), narrow.high()}, 0, 1, 0.5, 0.5);
        }

        @Test
        @Order(5)
        @DisplayName("in use: more runs, a narrower interval")
        void narrower() {
            double[] all = DoubleStream.of(OLD).flatMap(x -> DoubleStream.of(x - 3, x - 1, x, x + 1, x + 3)).toArray();
            Interval few = Statistics.medianInterval(0.95, new Generator(1), OLD);
            Interval many = Statistics.medianInterval(0.95, new Generator(1), all);
            Expect.that("whether the interval of the median of 20 recorded runs holds their median, 995.5; it is " + few)
                    .rule("the middle of the medians of all draws")
                    .value(few.contains(995.5), true);
            Expect.that("whether 100 such runs have less than three quarters of its width; theirs is " + many)
                    .rule("the more runs, the less the median of a draw varies")
                    .value(many.high() - many.low() < 0.75 * (few.high() - few.low()), true);
            Interval again = Statistics.medianInterval(0.95, new Generator(1), OLD);
            Expect.that("the same runs with the same seed").rule("the same draws, the same interval").value(again, few);
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 19.3: in turn")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class InTurn {

        /** Both works on a machine that has become slower by 1 ns with each run. */
        private Pairs heating(int number) {
            int[] run = {0};
            return Pairs.inTurn(number, () -> 100 + run[0]++, () -> 100 + run[0]++);
        }

        private double[] times(List<Double> nanos) {
            return nanos.stream().mapToDouble(time -> time).toArray();
        }

        @Test
        @Order(1)
        @DisplayName("who runs when")
        void order() {
            StringBuilder order = new StringBuilder();
            Pairs pairs = Pairs.inTurn(4, () -> order.append('A').length(), () -> order.append('B').length());
            Expect.that("how many runs of A and of B 4 pairs have")
                    .rule("as many pairs as asked for, in each one of A and one of B")
                    .ints(new int[] {pairs.a().size(), pairs.b().size()}, 4, 4);
            Expect.that("the order of the runs of 4 pairs")
                    .rule("the first pair begins with A, the second pair begins with B, and so on: neither is always the first, and no pair is torn apart")
                    .value(order.toString(), "ABBAABBA");
        }

        @Test
        @Order(2)
        @DisplayName("whose time it is")
        void whose() {
            Pairs pairs = Pairs.inTurn(3, () -> 10, () -> 20);
            Expect.that("the times of A, then those of B, of three pairs, where A takes 10 and B 20")
                    .rule("a holds the times of A and b those of B, whoever ran first")
                    .numbers(DoubleStream.concat(pairs.a().stream().mapToDouble(t -> t), pairs.b().stream().mapToDouble(t -> t)).toArray(), 10, 10, 10, 20, 20, 20);
        }

        @Test
        @Order(3)
        @DisplayName("a pair stays a pair")
        void together() {
            Pairs pairs = heating(4);
            Expect.that("the times of A in 4 pairs, if the runs take 100, 101, 102, … ns whoever runs")
                    .rule("run 0, then 3, 4 and 7")
                    .numbers(times(pairs.a()), 100, 103, 104, 107);
            Expect.that("those of B").rule("run 1, then 2, 5 and 6: at each place what ran beside A").numbers(times(pairs.b()), 101, 102, 105, 106);
        }

        @Test
        @Order(4)
        @DisplayName("in use: a machine that heats up")
        void heating() {
            Pairs pairs = heating(10);
            Expect.that("the sum of all times of A less that of B, of 10 pairs on a machine that takes 1 ns longer each run; both do the same")
                    .rule("what the machine does happens to both alike; ten runs of A first, and then ten of B, would be 100 ns apart")
                    .number(Arrays.stream(times(pairs.a())).sum() - Arrays.stream(times(pairs.b())).sum(), 0);
            Expect.that("the median of A less that of B").rule("the same").number(Statistics.median(times(pairs.a())) - Statistics.median(times(pairs.b())), 0);
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 19.4: a coin for each pair")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Coins {

        @Test
        @Order(1)
        @DisplayName("no rank, one rank")
        void one() {
            Expect.that("probabilities(0)")
                    .rule("before the first coin the sum is 0, for sure: the probability of the sum 0 is 1")
                    .numbers(SignedRankTest.probabilities(0), 1);
            Expect.that("probabilities(2, 2): a single rank, 2")
                    .rule("heads: the sum is 2; tails: it is 0. A sum comes from itself without this rank, and from the sum less this rank with it, half of each;"
                            + " go from the largest sum down, or you read what this coin has already changed")
                    .numbers(() -> SignedRankTest.probabilities(2, 2), 0.5, 0, 0.5);
        }

        @Test
        @Order(2)
        @DisplayName("the ranks 1, 2, 3")
        void three() {
            Expect.that("probabilities(6, 1, 2, 3)")
                    .rule("eight ways to toss three coins: the sum 3 comes of 1 + 2 and of 3 alone, every other of one way")
                    .numbers(() -> SignedRankTest.probabilities(6, 1, 2, 3), 0.125, 0.125, 0.125, 0.25, 0.125, 0.125, 0.125);
            Expect.that("probabilities(4, 2, 2): two equal ranks")
                    .rule("the sum 2 comes of either")
                    .numbers(() -> SignedRankTest.probabilities(4, 2, 2), 0.25, 0, 0.5, 0, 0.25);
        }

        @Test
        @Order(3)
        @DisplayName("against all ways, one by one")
        void allWays() {
            int[] ranks = {1, 2, 3, 5, 5, 5, 8, 9, 10, 12};
            int all = Arrays.stream(ranks).sum();
            double[] expected = new double[all + 1];
            for (int way = 0; way < 1 << ranks.length; way++) {
                int tosses = way;
                int sum = IntStream.range(0, ranks.length).filter(i -> (tosses >> i & 1) == 1).map(i -> ranks[i]).sum();
                expected[sum] += 1.0 / (1 << ranks.length);
            }
            Expect.that("probabilities(60, 1, 2, 3, 5, 5, 5, 8, 9, 10, 12)").rule("of 1024 ways").numbers(() -> SignedRankTest.probabilities(all, ranks), expected);
        }

        @Test
        @Order(4)
        @DisplayName("sixty pairs")
        void sixty() {
            int[] ranks = IntStream.rangeClosed(1, 60).toArray();
            double[] got = assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> SignedRankTest.probabilities(1830, ranks),
                    "sixty coins have 2^60 ways, too many to try each; the table of sums needs 60 * 1831 steps");
            Expect.that("the sum of all probabilities of the ranks 1 … 60").rule("some sum there is, for sure").number(Arrays.stream(got).sum(), 1);
            Expect.that("how probable the sum 0 is, times 2^60").rule("all sixty coins on the other side").number(got[0] * 0x1p60, 1);
        }

        @Test
        @Order(5)
        @DisplayName("in use: how one-sided is one-sided?")
        void inUse() {
            Expect.that("SignedRankTest.pValue(1, 2, 3, -4)").rule("of 16 ways, 14 have a side of 4 or less").number(SignedRankTest.pValue(1, 2, 3, -4), 14 / 16.0);
            Expect.that("SignedRankTest.pValue(5, 3, 8, 1, 9, 4): six pairs, and A was slower each time")
                    .rule("2 of 64 ways are so one-sided")
                    .number(SignedRankTest.pValue(5, 3, 8, 1, 9, 4), 2 / 64.0);
            Expect.that("the same where one of the runs was interrupted: SignedRankTest.pValue(5, 3, 8, 1, 9000, 4)")
                    .rule("only the order of the differences counts")
                    .number(SignedRankTest.pValue(5, 3, 8, 1, 9000, 4), 2 / 64.0);
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 19.5: real or noise")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class RealOrNoise {

        private final Interval above = new Interval(1.1, 1.3, 0.95);

        private String seen(AbResult result) {
            return "new AbTest() found: " + result;
        }

        private AbResult of(double[] a, double[] b) {
            return AbResult.of("old", list(a), "new", list(b), 0.95);
        }

        @Test
        @Order(1)
        @DisplayName("both ways of asking must agree")
        void agree() {
            Expect.that("20 pairs, p = 0.2, the ratio from 1.1 to 1.3 with 95 %")
                    .rule("noise would look so one-sided in 20 of 100 tests: p must not be above 1 - 0.95, and both must say so")
                    .value(AbTest.verdict(20, 0.2, above), Verdict.NO_DIFFERENCE_SHOWN);
            Expect.that("20 pairs, p = 0.01, the ratio from 0.99 to 1.3 with 95 %")
                    .rule("the interval must leave 1 out, as fast as before; both must say so")
                    .value(AbTest.verdict(20, 0.01, new Interval(0.99, 1.3, 0.95)), Verdict.NO_DIFFERENCE_SHOWN);
            Expect.that("20 pairs, p = 0.01, the ratio from 1 to 1.3 with 95 %")
                    .rule("the interval must leave 1 out; its ends belong to it")
                    .value(AbTest.verdict(20, 0.01, new Interval(1, 1.3, 0.95)), Verdict.NO_DIFFERENCE_SHOWN);
        }

        @Test
        @Order(2)
        @DisplayName("faster and slower")
        void direction() {
            Expect.that("20 pairs, p = 0.01, the ratio from 1.1 to 1.3 with 95 %")
                    .rule("the ratio is the time of A over that of B: above 1, B takes less")
                    .value(AbTest.verdict(20, 0.01, above), Verdict.FASTER);
            Expect.that("20 pairs, p = 0.01, the ratio from 0.7 to 0.9 with 95 %")
                    .rule("below 1, B takes more")
                    .value(AbTest.verdict(20, 0.01, new Interval(0.7, 0.9, 0.95)), Verdict.SLOWER);
        }

        @Test
        @Order(3)
        @DisplayName("too few pairs")
        void few() {
            Expect.that("5 pairs, p = 0.0625, the ratio from 1.1 to 1.3 with 95 %")
                    .rule("with 5 pairs all fall to one side by chance in one test of 16: no times could have shown a difference, and the verdict says that first")
                    .value(AbTest.verdict(5, 0.0625, above), Verdict.TOO_FEW_PAIRS);
            Expect.that("6 pairs, p = 0.03125, the same interval")
                    .rule("pairsNeeded(0.95) = 6 pairs are enough")
                    .value(AbTest.verdict(6, 0.03125, above), Verdict.FASTER);
            Expect.that("7 pairs, p = 0.001, the ratio from 1.1 to 1.3 with 99 %")
                    .rule("whoever wants 99 % needs 8 pairs: ask pairsNeeded for the interval's own confidence")
                    .value(AbTest.verdict(7, 0.001, new Interval(1.1, 1.3, 0.99)), Verdict.TOO_FEW_PAIRS);
        }

        @Test
        @Order(4)
        @DisplayName("how sure is sure")
        void confidence() {
            Expect.that("20 pairs, p = 0.03, the ratio from 1.1 to 1.3 with 95 %")
                    .rule("p is compared with 1 - 0.95 = 0.05")
                    .value(AbTest.verdict(20, 0.03, above), Verdict.FASTER);
            Expect.that("20 pairs, p = 0.03, the ratio from 1.1 to 1.3 with 99 %")
                    .rule("p is compared with 1 - 0.99 = 0.01")
                    .value(AbTest.verdict(20, 0.03, new Interval(1.1, 1.3, 0.99)), Verdict.NO_DIFFERENCE_SHOWN);
            Expect.that("20 pairs, p = 1 - 0.95, the ratio from 1.1 to 1.3 with 95 %")
                    .rule("p may be as much as 1 - confidence, but no more")
                    .value(AbTest.verdict(20, 1 - 0.95, above), Verdict.FASTER);
        }

        @Test
        @Order(5)
        @DisplayName("in use: 20 recorded pairs, B 5 % better, four wild runs")
        void real() {
            AbResult result = of(OLD, FIVE_PERCENT_LESS);
            Expect.that(seen(result))
                    .rule("a gain of 5 % where the runs of one side are 2 % apart: it is real, whatever the runs of 1850 and 2410 ns say")
                    .value(result.verdict(), Verdict.FASTER);
            Expect.that("the ratio of the medians")
                    .rule("the median does not mind the wild runs")
                    .number(result.ratio(), Statistics.median(OLD) / Statistics.median(FIVE_PERCENT_LESS));
        }

        @Test
        @Order(6)
        @DisplayName("in use: 20 recorded pairs of the same work")
        void noise() {
            AbResult result = of(SAME, SAME_AGAIN);
            Expect.that(seen(result)).rule("the same code ran both times: 1 % is noise here").value(result.verdict(), Verdict.NO_DIFFERENCE_SHOWN);
        }

        @Test
        @Order(7)
        @DisplayName("in use: 20 recorded pairs on a machine that heated up")
        void drift() {
            Interval a = Statistics.medianInterval(0.95, new Generator(1), HEATING);
            Interval b = Statistics.medianInterval(0.95, new Generator(1), HEATING_BETTER);
            Expect.that("whether the intervals of both medians, " + a + " and " + b + ", overlap")
                    .rule("side by side, the drift of 40 % hides a gain of 3 %")
                    .value(b.high() > a.low(), true);
            AbResult result = of(HEATING, HEATING_BETTER);
            Expect.that(seen(result)).rule("pair by pair B took less each time").value(result.verdict(), Verdict.FASTER);
        }

        @Test
        @Order(8)
        @DisplayName("in use: a whole test, on a clock that work turns")
        void whole() {
            int[] run = {0};
            Runnable same = () -> clock.advance(1000 + 10L * run[0]++);
            Runnable better = () -> clock.advance(900 + 10L * run[0]++);
            AbTest test = new AbTest(clock).warmUp(WarmUp.runs(3)).pairs(16);
            AbResult nothing = test.compare("old", same, "same", same);
            Expect.that(seen(nothing)).rule("both do the same on a machine that slows down").value(nothing.verdict(), Verdict.NO_DIFFERENCE_SHOWN);
            AbResult gain = test.compare("old", same, "better", better);
            Expect.that(seen(gain)).rule("100 ns less in each pair").value(gain.verdict(), Verdict.FASTER);
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 19.6: what a convolution costs")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Formula {

        private long of(Convolution convolution, Shape x, Shape weight) {
            return MultiplyAdds.of(convolution, convolution.sizes(x, weight));
        }

        private Convolution square(int size, int stride, int padding, int groups) {
            return new Convolution(Window.of(size, stride, padding), Window.of(size, stride, padding), groups);
        }

        @Test
        @Order(1)
        @DisplayName("an image of 3 channels, 8 kernels of 3 x 3")
        void byHand() {
            Expect.that("multiply-adds for an image (1, 3, 12, 12) and kernels (8, 3, 3, 3): the result is (1, 8, 10, 10)")
                    .rule("each number of the result is a sum over a window of all channels: 800 numbers, 3 * 3 * 3 = 27 products each")
                    .value(of(square(3, 1, 0, 1), Shape.of(1, 3, 12, 12), Shape.of(8, 3, 3, 3)), 21_600L);
        }

        @Test
        @Order(2)
        @DisplayName("more images, longer strides, padding")
        void more() {
            Expect.that("the same for 5 images")
                    .rule("the result holds all images: 5 times as much")
                    .value(of(square(3, 1, 0, 1), Shape.of(5, 3, 12, 12), Shape.of(8, 3, 3, 3)), 108_000L);
            Expect.that("an image (1, 3, 12, 12), kernels (8, 3, 3, 3), stride 2, padding 1: the result is (1, 8, 6, 6)")
                    .rule("who computes fewer numbers needs less; products with the zeros of the padding count like others")
                    .value(of(square(3, 2, 1, 1), Shape.of(1, 3, 12, 12), Shape.of(8, 3, 3, 3)), 288L * 27);
        }

        @Test
        @Order(3)
        @DisplayName("a window that is no square")
        void flat() {
            Convolution flat = new Convolution(Window.of(3, 1, 0), Window.of(1, 1, 0), 1);
            Expect.that("an image (1, 2, 5, 4), kernels (6, 2, 3, 1): the result is (1, 6, 3, 4)")
                    .rule("a window of 3 rows and 1 column of 2 channels has 6 numbers")
                    .value(of(flat, Shape.of(1, 2, 5, 4), Shape.of(6, 2, 3, 1)), 72L * 6);
        }

        @Test
        @Order(4)
        @DisplayName("groups")
        void groups() {
            Expect.that("an image (1, 8, 10, 10), kernels (8, 1, 3, 3) in 8 groups: the result is (1, 8, 8, 8)")
                    .rule("with groups, an output sees C / groups channels only: windows of 9 numbers, where one group has 72")
                    .value(of(square(3, 1, 0, 8), Shape.of(1, 8, 10, 10), Shape.of(8, 1, 3, 3)), 512L * 9);
        }

        @Test
        @Order(5)
        @DisplayName("large ones")
        void large() {
            Expect.that("64 images (256, 56, 56), kernels (256, 256, 3, 3), padding 1")
                    .rule("51,380,224 numbers of 2,304 products are more than an int can hold: multiply longs")
                    .value(of(square(3, 1, 1, 1), Shape.of(64, 256, 56, 56), Shape.of(256, 256, 3, 3)), 118_380_036_096L);
        }

        @Test
        @Order(6)
        @DisplayName("in use: counted one by one, and in the table of costs")
        void inUse() {
            Convolution op = square(2, 1, 0, 1);
            Tensor x = random(1, 2, 3, 4, 5);
            Tensor weight = random(2, 6, 3, 2, 2);
            Tensor out = Operation.run(op, x, weight);
            long products = 0;
            for (int number = 0; number < out.size(); number++) {
                for (int tap = 0; tap < 3 * 2 * 2; tap++) {
                    products++;
                }
            }
            Cost cost = CostTable.standard().of(op, out, x, weight);
            Expect.that("multiply-adds and FLOPs of images (2, 3, 4, 5) and kernels (6, 3, 2, 2)")
                    .rule("a multiply-add is two FLOPs")
                    .numbers(new double[] {cost.multiplyAdds(), cost.flops()}, products, 2 * products);
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 19.7: its own, and all inside")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Counting {

        /** (3, 4) → 6 → 2: products of 72 and 36 multiply-adds, the first one two layers deep. */
        private final Layer model = new Sequential(
                new Sequential(new Linear(4, 6, new Generator(1)), new ReLU()), new Linear(6, 2, new Generator(2)));

        private final Tensor x = random(3, 3, 4);

        private long[] own(FlopCount count, String... paths) {
            return Arrays.stream(paths).mapToLong(path -> count.layer(path).own().multiplyAdds()).toArray();
        }

        private long[] all(FlopCount count, String... paths) {
            return Arrays.stream(paths).mapToLong(path -> count.layer(path).all().multiplyAdds()).toArray();
        }

        private double[] numbers(long... counts) {
            return Arrays.stream(counts).asDoubleStream().toArray();
        }

        @Test
        @Order(1)
        @DisplayName("who does it")
        void whose() {
            FlopCount count = FlopCounter.count(model, x);
            Expect.that("multiply-adds that a layer does itself: \"0.0\", a Linear(4, 6) of 3 rows; \"0\" around it; \"1\", a Linear(6, 2); \"\" around all")
                    .rule("an operation is its own for the innermost layer alone, and is added to what that layer did before")
                    .numbers(numbers(own(count, "0.0", "0", "1", "")), 72, 0, 36, 0);
        }

        @Test
        @Order(2)
        @DisplayName("inside whom it is done")
        void inside() {
            FlopCount count = FlopCounter.count(model, x);
            Expect.that("multiply-adds that are done inside \"0.0\", \"0\", \"1\" and \"\"")
                    .rule("every layer around it has it inside, from the outermost to the innermost: 72, 72, 36 and 72 + 36")
                    .numbers(numbers(all(count, "0.0", "0", "1", "")), 72, 72, 36, 108);
            Expect.that("all FLOPs inside \"0.0\", inside \"0\": two for a multiply-add, one for each of 18 numbers of the bias, one for each number of ReLU")
                    .rule("everything that an operation costs is added, not its products alone")
                    .numbers(new double[] {count.layer("0.0").all().flops(), count.layer("0").all().flops()}, 162, 180);
        }

        @Test
        @Order(3)
        @DisplayName("what belongs to no layer")
        void outside() {
            FlopCount count = FlopCounter.count(CostTable.standard(), model, () -> model.forward(x).sum().neg());
            Expect.that("FLOPs outside of all layers, if the 6 results are added up behind the model, and the sum changes its sign")
                    .rule("where no layer is at work, it belongs to no layer: outside, added to what is there")
                    .number(count.outside().flops(), 7);
            Expect.that("the multiply-adds of all").rule("everything is counted once: own of all layers, and what is outside").number(count.total().multiplyAdds(), 108);
            Expect.that("FLOPs inside of the model").rule("what is outside is in no layer").number(count.layer("").all().flops(), 162 + 18 + 72 + 6);
        }

        @Test
        @Order(4)
        @DisplayName("twice")
        void twice() {
            FlopCount count = FlopCounter.count(CostTable.standard(), model, () -> {
                model.forward(x);
                model.forward(x);
            });
            Expect.that("multiply-adds inside \"0.0\" and \"\" of two passes")
                    .rule("what is done again is added again")
                    .numbers(numbers(all(count, "0.0", "")), 144, 216);
        }

        @Test
        @Order(5)
        @DisplayName("in use: two of the four hidden bottlenecks")
        void planted() {
            FlopCount count = FlopCounter.count(wasteful(), ROWS);
            LayerCount most = count.layers().stream().max(Comparator.comparingLong(layer -> layer.own().multiplyAdds())).orElseThrow();
            Expect.that("the layer that multiplies most, of six layers in two groups")
                    .rule("it is far too wide; the groups around it do nothing themselves")
                    .value(most.path(), "head.fourth");
            List<String> more = count.layers().stream()
                    .filter(layer -> layer.own().multiplyAdds() > ROWS.dim(0) * layer.parameters())
                    .map(LayerCount::path)
                    .toList();
            Expect.that("layers that do more multiply-adds than they have weights, for each of 8 rows")
                    .rule("a product needs every weight once a row; this one computes it twice")
                    .value(more, List.of("body.second"));
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 19.8: without the layers inside")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class SelfTime {

        private final Tensor x = Tensors.zeros(1);

        private Profile profile(Layer model, Tensor input) {
            try (Profiler profiler = Profiler.attach(model, CostTable.standard(), clock, memory)) {
                model.forward(input);
                return profiler.profile();
            }
        }

        private double[] self(Profile profile, String... paths) {
            return Arrays.stream(paths).mapToDouble(path -> profile.layer(path).selfNanos()).toArray();
        }

        private double[] total(Profile profile, String... paths) {
            return Arrays.stream(paths).mapToDouble(path -> profile.layer(path).totalNanos()).toArray();
        }

        @Test
        @Order(1)
        @DisplayName("3 of 10")
        void byHand() {
            Profile profile = profile(new Busy(3, 0, new Busy(7, 0)), x);
            Expect.that("the own time of a model that works for 3 ns and then lets a layer work for 7 ns, and that of the layer")
                    .rule("its own time is what it took without the layers inside: 10 - 7 = 3")
                    .numbers(self(profile, "(model)", "0"), 3, 7);
            Expect.that("the total time of both").rule("total is from beginning to end, with all that is inside").numbers(total(profile, "(model)", "0"), 10, 7);
        }

        @Test
        @Order(2)
        @DisplayName("several inside")
        void several() {
            Profile profile = profile(new Busy(3, 0, new Busy(7, 0), new Busy(20, 0), new Busy(100, 0)), x);
            Expect.that("the own time of a model that works for 3 ns around layers of 7, 20 and 100 ns")
                    .rule("the times of all layers inside add up: 130 - 127")
                    .numbers(self(profile, "(model)"), 3);
        }

        @Test
        @Order(3)
        @DisplayName("three deep")
        void deep() {
            Profile profile = profile(new Busy(3, 0, new Busy(20, 0, new Busy(100, 0))), x);
            Expect.that("own times of layers of 3, 20 and 100 ns, each inside the one before")
                    .rule("a layer tells the one around it all that it took, its own inside included: 123 - 120, 120 - 100, 100")
                    .numbers(self(profile, "(model)", "0", "0.0"), 3, 20, 100);
            Expect.that("their total times").rule("from beginning to end").numbers(total(profile, "(model)", "0", "0.0"), 123, 120, 100);
            Expect.that("the sum of all own times").rule("every nanosecond has one owner").number(profile.nanos(), 123);
        }

        @Test
        @Order(4)
        @DisplayName("bytes, too")
        void bytes() {
            Profile profile = profile(new Busy(1, 300, new Busy(1, 5000), new Busy(1, 20, new Busy(1, 70_000))), x);
            double[] self = List.of("(model)", "0", "1", "1.0").stream().mapToDouble(path -> profile.layer(path).selfAllocated()).toArray();
            Expect.that("bytes that layers allocate themselves: 300 around 5000 and around 20, which is around 70000")
                    .rule("bytes go the way of time, each to the sum of its own kind")
                    .numbers(self, 300, 5000, 20, 70_000);
            double[] total = List.of("(model)", "0", "1", "1.0").stream().mapToDouble(path -> profile.layer(path).totalAllocated()).toArray();
            Expect.that("the same with all that is inside").rule("bytes from beginning to end").numbers(total, 75_320, 5000, 70_020, 70_000);
        }

        @Test
        @Order(5)
        @DisplayName("in use: the other two hidden bottlenecks")
        void planted() {
            Backend.use(new Machine());
            Profile profile = profile(wasteful(), ROWS);
            Expect.that("where the time goes on a machine of 1 FLOP and 2 bytes a nanosecond, in the model of 19.7")
                    .rule("a hundred copies, which multiply nothing; what is around them took longer, but did not do it")
                    .value(profile.bottleneck().path(), "body.third");
            LayerProfile most = profile.layers().stream().max(Comparator.comparingLong(LayerProfile::selfAllocated)).orElseThrow();
            Expect.that("where most is allocated").rule("a megabyte that is no result of any operation").value(most.path(), "head.sixth");
        }

        @Test
        @Order(6)
        @DisplayName("in use: watching changes nothing")
        void unchanged() {
            Layer model = wasteful();
            double[] plain = model.forward(ROWS).data();
            Backend backend = Backend.current();
            double[] watched;
            try (Profiler profiler = Profiler.attach(model, CostTable.standard(), clock, memory)) {
                watched = model.forward(ROWS).data();
                Expect.that("how often the profiler saw the model").rule("once").value(profiler.profile().layer("(model)").calls(), 1);
            }
            Expect.that("what a model computes while it is watched").rule("the same as before").numbers(watched, plain);
            Expect.that("whether the backend that was there before is back").rule("closing takes the profiler away").value(Backend.current() == backend, true);
        }
    }

    @Nested
    @Order(9)
    @DisplayName("Task 19.9: memory or compute")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Roof {

        private final Roofline roof = new Roofline(100, 20, "by hand");

        @Test
        @Order(1)
        @DisplayName("under the slope")
        void slope() {
            Expect.that("FLOPs in a second that work of 2 FLOPs a byte can reach; peak 100, bandwidth 20")
                    .rule("20 bytes a second come, and with each byte 2 FLOPs: 40")
                    .number(roof.attainable(2), 40);
            Expect.that("what limits it").rule("left of the ridge, 100 / 20 = 5 FLOPs a byte, it waits for memory").value(roof.bound(2), Roofline.Bound.MEMORY);
        }

        @Test
        @Order(2)
        @DisplayName("under the flat part")
        void flat() {
            Expect.that("FLOPs in a second that work of 7 FLOPs a byte can reach; peak 100, bandwidth 20")
                    .rule("memory would bring enough for 140, but nobody computes faster than the peak")
                    .number(roof.attainable(7), 100);
            Expect.that("what limits it").rule("right of the ridge it waits for the arithmetic").value(roof.bound(7), Roofline.Bound.COMPUTE);
        }

        @Test
        @Order(3)
        @DisplayName("the ridge")
        void ridge() {
            Expect.that("what 5 FLOPs a byte can reach; peak 100, bandwidth 20").rule("at the ridge both give the same").number(roof.attainable(5), 100);
            Expect.that("what limits work at the ridge").rule("from the ridge on, the ridge included, it is the processor").value(roof.bound(5), Roofline.Bound.COMPUTE);
        }

        @Test
        @Order(4)
        @DisplayName("in use: what would help?")
        void inUse() {
            Backend.use(new Machine());
            Layer model = wasteful();
            Profile profile;
            try (Profiler profiler = Profiler.attach(model, CostTable.standard(), clock, memory)) {
                model.forward(ROWS);
                profile = profiler.profile();
            }
            Map<String, String> bounds = new LinkedHashMap<>();
            for (RooflinePoint point : new Roofline(1e9, Machine.BYTES_IN_A_NANO * 1e9, "a machine that counts").place(profile)) {
                if (point.name().equals("body.third") || point.name().equals("head.fourth")) {
                    bounds.put(point.name(), point.bound() + ", at " + Math.round(100 * point.share()) + " %");
                }
            }
            Expect.that("what limits the hundred copies and the wide layer, on the machine of 19.8")
                    .rule("1 FLOP for 16 bytes is left of the ridge of 0.5, so faster arithmetic would not help the copies; the wide layer has more than 0.5")
                    .value(bounds.toString(), "{body.third=memory, at 100 %, head.fourth=compute, at 100 %}");
        }
    }
}
