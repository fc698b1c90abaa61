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
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModel;
import org.tinytorch.transformer.Sampler;

/** Writing 1,000 tokens with a GPT of 4 layers, 4 heads and a width of 128, with a cache of keys and values and without. Both must write the same, which is checked at the beginning of a text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xms2g", "-Xmx2g"})
public class GenerationBenchmark {
    private static final int TOKENS = 1000;
    private static final int CHECKED = 50;

    /** With a cache a text is over before the compiler has seen much of it; without one a single text is warm-up enough. */
    private static final int TEXTS_BEFORE = 5;

    private static final int VOCABULARY = 65;

    /** {@code none} works everything out anew for each token. */
    @Param({"none", "cached"})
    private String cache;

    private Gpt gpt;

    /** Makes the model, and checks that both ways write the same. */
    @Setup
    public void make() {
        Backend.use(new AutoBackend());
        gpt = new Gpt(GptConfig.gpt2(VOCABULARY, 1024, 4, 4, 128).bias(false), new Generator(1));
        int[] cached = write(CachedLanguageModel.of(gpt), CHECKED);
        int[] anew = write(LanguageModel.of(gpt), CHECKED);
        if (!Arrays.equals(cached, anew)) {
            throw new IllegalStateException("generation: with a cache the text is " + Arrays.toString(cached)
                    + ", without " + Arrays.toString(anew) + "; nothing was measured, as they must be the same");
        }
        for (int i = 0; cache.equals("cached") && i < TEXTS_BEFORE; i++) {
            write(CachedLanguageModel.of(gpt), TOKENS);
        }
    }

    /** 1,000 tokens, drawn from the likeliest 40. */
    @Benchmark
    public int[] tokens() {
        return write(cache.equals("cached") ? CachedLanguageModel.of(gpt) : LanguageModel.of(gpt), TOKENS);
    }

    static int[] write(LanguageModel model, int count) {
        Generator generator = new Generator(1);
        Sampler sampler = Sampler.temperature(1).topK(40);
        int[] text = {0};
        while (text.length <= count) {
            int next = sampler.pick(model.next(text), text, generator);
            text = Arrays.copyOf(text, text.length + 1);
            text[text.length - 1] = next;
        }
        return text;
    }
}
