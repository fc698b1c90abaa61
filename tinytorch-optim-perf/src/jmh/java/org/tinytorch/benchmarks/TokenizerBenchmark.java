package org.tinytorch.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tokenization.BpeTokenizer;
import org.tinytorch.tokenization.BpeTrainer;
import org.tinytorch.tokenization.Gpt2Files;

/**
 * Byte-pair encoding of a million bytes of text, in one thread. An operation is a byte, so that the score, {@code ops/us}, is in megabytes a second. Each round takes the same text, so that
 * its words are in the tokenizer's cache, as most words of a longer text are; the first round has to merge them all and is some three times slower. With GPT-2's tokenizer and a
 * text of one's own: {@code -p gpt2=FOLDER -p text=FILE}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class TokenizerBenchmark {
    private static final int BYTES = 1_000_000;
    private static final String NONE = "none";

    /** The folder with {@code encoder.json} and {@code vocab.bpe}; otherwise a tokenizer of 8,000 merges is trained on the text. */
    @Param(NONE)
    private String gpt2;

    /** A file with text in UTF-8; otherwise words are made up. */
    @Param(NONE)
    private String text;

    private BpeTokenizer tokenizer;
    private byte[] bytes;
    private String string;
    private int[] ids;

    /** Makes text and tokenizer. */
    @Setup
    public void make() throws IOException {
        bytes = exactly(
                text.equals(NONE) ? madeUp().getBytes(StandardCharsets.UTF_8) : Files.readAllBytes(Path.of(text)));
        string = new String(bytes, StandardCharsets.UTF_8);
        tokenizer = gpt2.equals(NONE) ? BpeTrainer.ofMerges(8_000).train(string) : Gpt2Files.load(Path.of(gpt2));
        ids = tokenizer.encode(string);
        System.out.println("# " + BYTES + " bytes are " + ids.length + " tokens of " + tokenizer.vocabularySize());
    }

    /** The file's first million bytes, from its start again if it is shorter; a character that would be cut is left out. */
    private static byte[] exactly(byte[] file) {
        if (file.length == 0) {
            throw new IllegalArgumentException("benchmark: the text is empty; name a file with text");
        }
        byte[] exact = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            exact[i] = file[i % file.length];
        }
        int end = BYTES;
        while (end > BYTES - 4 && exact[end - 1] < 0) {
            end--;
        }
        Arrays.fill(exact, end, BYTES, (byte) '\n');
        return exact;
    }

    /** Words of which, as in a language, few are frequent and most are rare. */
    private static String madeUp() {
        Generator generator = new Generator(1);
        String[] words = new String[20_000];
        for (int i = 0; i < words.length; i++) {
            StringBuilder word = new StringBuilder();
            for (int letter = 0; letter < 2 + i % 8; letter++) {
                word.append((char) ('a' + (int) (26 * Math.pow(generator.nextDouble(), 2))));
            }
            words[i] = word.toString();
        }
        StringBuilder text = new StringBuilder();
        while (text.length() < BYTES) {
            int rank = (int) Math.pow(words.length, generator.nextDouble());
            text.append(words[rank - 1]).append(generator.nextDouble() < 0.1 ? ".\n" : " ");
        }
        return text.toString();
    }

    /** A String to ids. */
    @Benchmark
    @OperationsPerInvocation(BYTES)
    public int[] encode() {
        return tokenizer.encode(string);
    }

    /** Bytes to ids. */
    @Benchmark
    @OperationsPerInvocation(BYTES)
    public int[] encodeBytes() {
        return tokenizer.encode(bytes);
    }

    /** Ids to a String. */
    @Benchmark
    @OperationsPerInvocation(BYTES)
    public String decode() {
        return tokenizer.decode(ids);
    }
}
