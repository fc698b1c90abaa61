package org.tinytorch.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.tinytorch.tensor.Generator;
import org.tinytorch.transformer.Gpt;

/**
 * Reads models and tokenizers in the formats of llama2.c (Karpathy, 2023, <a href="https://github.com/karpathy/llama2.c">github.com/karpathy/llama2.c</a>: {@code export.py}, {@code tokenizer.py}), such as {@code stories15M.bin} with its {@code tokenizer.bin}.
 *
 * <pre>{@code
 * Gpt model = Llama2c.model(Path.of("stories15M.bin"));
 * Llama2cTokenizer tokenizer = Llama2c.tokenizer(Path.of("tokenizer.bin"), model.config().vocabularySize());
 * TextGenerator writer = TextGenerator.of(CachedLanguageModel.of(model), tokenizer)
 *         .sampler(Sampler.greedy())
 *         .stopAtToken(Llama2cTokenizer.BOS); // where llama2.c ends a text
 * writer.generate("Once upon a time", new Generator(1), System.out::print);
 * }</pre>
 *
 * <p>llama2.c computes in single, this library in double precision: logits agree to some six digits, and the greedy choice of tokens is the same, unless two logits are as close as that. A text longer than the context slides through it, where llama2.c ends it. Reading runs no code
 * from a file, and takes memory only for what the file's size warrants.
 */
public final class Llama2c {
    private Llama2c() {}

    /** Reads something from a file that is open. */
    @FunctionalInterface
    private interface Content<T> {
        T read(LittleEndianFile in) throws IOException;
    }

    /**
     * Reads a checkpoint of version 0, the one that {@code export.py} writes unless it is told otherwise: seven whole numbers of 32 bits (dim, hidden_dim, n_layers, n_heads, n_kv_heads, vocab_size, seq_len; a
     * negative vocab_size says that the last layer has weights of its own), then all weights in single precision, everything little-endian.
     *
     * @return a model in the style of Llama, in evaluation mode; its context is the checkpoint's seq_len
     * @throws IOException if there is no such file, it is cut off, damaged or of another version, or the model does not fit into memory; the message names the file and says what to do
     */
    public static Gpt model(Path file) throws IOException {
        return read("llama2.c checkpoint", file, in -> {
            Llama2cHeader header = Llama2cHeader.read(in);
            header.checkMemory(Runtime.getRuntime().maxMemory());
            Gpt model = new Gpt(header.config(), new Generator(0)); // what it draws is overwritten
            new Llama2cWeights(in, header, model).read();
            model.eval();
            return model;
        });
    }

    /**
     * Reads a tokenizer: the length of the longest token, a whole number of 32 bits; then of each token its score in single precision, its length as 32 bits, and its bytes; everything little-endian. The file does not say how many tokens
     * it has.
     *
     * @param vocabularySize how many tokens the model has, at least 260: three special ones, one for each byte, and a space
     * @throws IllegalArgumentException if the vocabulary size is smaller
     * @throws IOException if there is no such file, it is cut off or damaged, or has another number of tokens; the message names the file and says what to do
     */
    public static Llama2cTokenizer tokenizer(Path file, int vocabularySize) throws IOException {
        if (vocabularySize < Llama2cVocabulary.LEAST_TOKENS) {
            throw new IllegalArgumentException(
                    "llama2.c tokenizer: a vocabulary of " + vocabularySize
                            + " tokens has no room for three special tokens, 256 bytes and a space; give that of the model, as model.config().vocabularySize() says it");
        }
        return read("llama2.c tokenizer", file, in -> new Llama2cTokenizer(Llama2cVocabulary.read(in, vocabularySize)));
    }

    private static <T> T read(String what, Path file, Content<T> content) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, what + ": there is no such file; check the path");
        }
        try (LittleEndianFile in = new LittleEndianFile(file)) {
            return content.read(in);
        } catch (IOException e) {
            throw new IOException(what + ": " + file + ": " + e.getMessage(), e);
        }
    }
}
