package org.tinytorch.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files in the format of GPT-2's; the real ones are read by {@link Gpt2KnownIdsTest}. */
class Gpt2FilesTest {
    private static final String MERGES = "#version: 0.2\nh e\nl l\nhe ll\nhell o\nĠ w\n# #\nÃ ©\n";

    @TempDir
    Path folder;

    private Path encoder;
    private Path vocab;

    /** The 256 characters in GPT-2's order, the merges, a special token. */
    private final List<String> tokens = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        encoder = folder.resolve("encoder.json");
        vocab = folder.resolve("vocab.bpe");
        IntStream.concat(
                        IntStream.concat(IntStream.rangeClosed('!', '~'), IntStream.rangeClosed('¡', '¬')),
                        IntStream.concat(IntStream.rangeClosed('®', 'ÿ'), IntStream.range(256, 256 + 68)))
                .forEach(c -> tokens.add(Character.toString(c)));
        tokens.addAll(List.of("he", "ll", "hell", "hello", "Ġw", "##", "Ã©", "<|endoftext|>"));
        writeEncoder();
        Files.writeString(vocab, MERGES);
    }

    private void writeEncoder() throws IOException {
        List<String> entries = new ArrayList<>();
        for (int id = 0; id < tokens.size(); id++) {
            String escaped = tokens.get(id).replace("\\", "\\\\").replace("\"", "\\\"");
            entries.add("\"" + escaped + "\": " + id);
        }
        Files.writeString(encoder, "{" + String.join(", ", entries) + "}");
    }

    @Test
    void bytesAndMergesAreRead() throws IOException {
        BpeTokenizer tokenizer = Gpt2Files.load(folder);
        assertThat(tokenizer.vocabularySize()).isEqualTo(264);
        assertThat(tokenizer.encode("hello")).containsExactly(259);
        assertThat(tokenizer.encode("!hell we")).containsExactly(0, 258, 260, 68);
        assertThat(tokenizer.encode("###é")).containsExactly(261, 2, 262);
        assertThat(tokenizer.specialTokens()).isEqualTo(Map.of("<|endoftext|>", 263));
        for (int value = 0; value < 256; value++) {
            byte[] one = {(byte) value};
            assertThat(tokenizer.decodeBytes(tokenizer.encode(one))).containsExactly(one);
        }
    }

    @Test
    void spaceAndLineFeedAreWrittenVisibly() {
        assertThat(ByteCharacters.of(' ')).isEqualTo('Ġ');
        assertThat(ByteCharacters.of('\n')).isEqualTo('Ċ');
        assertThat(ByteCharacters.of('a')).isEqualTo('a');
        assertThat(ByteCharacters.of(0xAD)).isEqualTo('\u0143');
        assertThat(ByteCharacters.of(0)).isEqualTo('\u0100');
    }

    @Test
    void whatWasReadCanBeSaved() throws IOException {
        BpeTokenizer gpt2 = Gpt2Files.load(encoder, vocab);
        Path file = folder.resolve("own.json");
        gpt2.save(file);
        String text = "hello we ##é\u0000 zé";
        assertThat(BpeTokenizer.load(file).encode(text)).containsExactly(gpt2.encode(text));
    }

    @Test
    void linesMayEndAsOnWindows() throws IOException {
        Files.writeString(vocab, MERGES.replace("\n", "\r\n"));
        assertThat(Gpt2Files.load(folder).encode("hello")).containsExactly(259);
    }

    private void refuses(Path file, String message) {
        assertThatThrownBy(() -> Gpt2Files.load(folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("gpt2 files: ")
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    private void refusesMerges(String merges, String message) throws IOException {
        Files.writeString(vocab, merges);
        refuses(vocab, message);
    }

    @Test
    void aMissingFileIsNamedWithWhatToFetch() throws IOException {
        Files.delete(vocab);
        refuses(vocab, " does not exist; fetch encoder.json and vocab.bpe from https://");
        Files.delete(encoder);
        refuses(encoder, " does not exist; fetch encoder.json and vocab.bpe from https://");
        Files.createDirectory(encoder);
        refuses(encoder, " cannot be read: ");
    }

    @Test
    void anEmptyFileIsNamed() throws IOException {
        refusesMerges("", "vocab.bpe is empty; fetch");
        Files.writeString(encoder, "");
        refuses(encoder, "encoder.json is empty; fetch");
    }

    @Test
    void aListOfMergesStartsWithItsVersion() throws IOException {
        refusesMerges("h e\nl l\n", "line 1 is \"h e\", not \"#version: 0.2\"; this is not a list of merges");
        refusesMerges("<html>" + "x".repeat(99), "line 1 is \"<html>" + "x".repeat(34) + "…\", not");
        Files.write(vocab, "#version: 0.2\n\u00E9 e".getBytes(StandardCharsets.ISO_8859_1));
        refuses(vocab, "vocab.bpe is not text in UTF-8");
    }

    @Test
    void aLineHoldsTwoTokens() throws IOException {
        refusesMerges(
                MERGES.replace("l l\n", "l l l\n"), "line 3 is \"l l l\", not two tokens with a space between them");
        refusesMerges(MERGES.replace("l l\n", "ll\n"), "line 3 is \"ll\", not two tokens");
        refusesMerges(MERGES.replace("l l\n", " ll\n"), "line 3 is \" ll\", not two tokens");
        refusesMerges(MERGES.replace("l l\n", "ll \n"), "line 3 is \"ll \", not two tokens");
        refusesMerges(MERGES.replace("l l\n", "\n"), "line 3 is \"\", not two tokens");
    }

    @Test
    void aMergeJoinsWhatIsThere() throws IOException {
        refusesMerges(
                MERGES.replace("l l\n", ""),
                "line 3 joins \"ll\", which is neither a byte nor made by an earlier line");
        refusesMerges(MERGES.replace("l l\n", "qq l\n"), "line 3 joins \"qq\", which is neither a byte nor");
        refusesMerges(
                MERGES.replace("l l\n", "l m\n"),
                "line 3 makes \"lm\", which " + encoder + " does not have; the two files are of different models");
    }

    @Test
    void aTokenIsMadeOnce() throws IOException {
        refusesMerges(MERGES + "l l\n", "line 9 repeats line 3");
        tokens.add(263, "ell");
        tokens.add(263, "el");
        writeEncoder();
        refusesMerges(MERGES + "e l\nel l\nh ell\n", "line 11 makes a token that line 4 makes too");
    }

    @Test
    void theFilesBelongTogether() throws IOException {
        refusesMerges(
                "#version: 0.2\nh e\n",
                "the token \"ll\" (id 257) of " + encoder + " is made by no line of " + vocab
                        + "; that file is cut short, or the two are of different models");
        tokens.remove(0);
        writeEncoder();
        refuses(encoder, "has no token \"!\" for the byte 33; it is not of a byte-level tokenizer");
    }

    @Test
    void encoderJsonIsAnObjectOfTokensAndIds() throws IOException {
        refusesEncoder("[1]", "is not a JSON object of tokens and ids; use the published file");
        refusesEncoder("hello", "is not JSON, or cut short: Unrecognized token");
        refusesEncoder("{\"a\": 0, \"b", "is not JSON, or cut short");
        refusesEncoder("{\"a\": 0", "is not JSON, or cut short");
        refusesEncoder("{\"<\\ud83d>\": 0}", "is not JSON, or cut short");
        refusesEncoder("{\"a\": 0} {}", "goes on after its end");
        refusesEncoder("{\"a\": \"x\"}", "gives the token \"a\" the id x, which is no whole number");
        refusesEncoder("{\"a\": 1.5}", "gives the token \"a\" the id 1.5, which is no whole number");
        refusesEncoder("{\"a\": 99999999999}", "is not JSON, or cut short: Numeric value");
        refusesEncoder("{\"a\": 0, \"a\": 1}", "has the token \"a\" twice");
    }

    @Test
    void idsHaveNoHoles() throws IOException {
        refusesEncoder("{\"a\": 0, \"b\": 0}", "gives the id 0 to \"a\" and to \"b\"");
        refusesEncoder(
                "{\"a\": 0, \"b\": 2, \"c\": 3}",
                "has no token with the id 1: 3 tokens need the ids 0 … 2, but the token \"c\" has 3");
        refusesEncoder(
                "{\"a\": -1}", "has no token with the id 0: 1 tokens need the ids 0 … 0, but the token \"a\" has -1");
    }

    private void refusesEncoder(String json, String message) throws IOException {
        Files.writeString(encoder, json);
        refuses(encoder, message);
    }
}
