package org.tinytorch.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tinytorch.acceleration.AutoBackend;
import org.tinytorch.caching.CachedLanguageModel;
import org.tinytorch.precision.DynamicQuantization;
import org.tinytorch.precision.Quantizer;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/**
 * The next token by a GPT of the size of GPT-2 small (12 layers, 12 heads, a width of 768; 124 million weights, drawn at random) after a prompt of 16 tokens that is remembered. Each weight is read once
 * for a token, so its size decides.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xms4g", "-Xmx4g"})
public class DecodeBenchmark {
    private static final int VOCABULARY = 50_257;
    private static final int PROMPT = 16;

    /** Double precision, or integers of 8 bits with a scale for each output. */
    @Param({"float64", "int8"})
    private String weights;

    private CachedLanguageModel model;
    private int[] text;

    /** Makes the model, and has it read the prompt. */
    @Setup
    public void make() {
        Backend.use(new AutoBackend());
        Generator generator = new Generator(1);
        Gpt gpt = new Gpt(GptConfig.gpt2(VOCABULARY, 1024, 12, 12, 768), generator);
        if (weights.equals("int8")) {
            DynamicQuantization.apply(gpt, Quantizer.symmetric(8).perChannel());
        }
        model = CachedLanguageModel.of(gpt);
        text = Arrays.copyOf(generator.permutation(VOCABULARY), PROMPT + 1);
        model.next(text);
    }

    /** One token more: of a text that was read before, only the last token is computed again. */
    @Benchmark
    public double[] token() {
        return model.next(text);
    }
}
