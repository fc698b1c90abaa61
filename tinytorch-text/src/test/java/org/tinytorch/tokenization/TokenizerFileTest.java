package org.tinytorch.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerFileTest {
    private static final String TEXT = "the cat sat on the mat, 👋 the \"hat\"\n";

    @TempDir
    Path folder;

    @Test
    void aBpeTokenizerComesBack() throws IOException {
        BpeTokenizer saved = BpeTrainer.ofMerges(20, "<|end|>", "\"\u0000\\").train(TEXT);
        Path file = folder.resolve("bpe.json");
        saved.save(file);
        BpeTokenizer loaded = BpeTokenizer.load(file);
        assertThat(loaded.merges()).isEqualTo(saved.merges());
        assertThat(loaded.specialTokens()).containsExactlyEntriesOf(saved.specialTokens());
        assertThat(loaded.encode(TEXT)).containsExactly(saved.encode(TEXT));
        assertThat(Tokenizers.load(file)).isInstanceOf(BpeTokenizer.class);
    }

    @Test
    void aCharTokenizerComesBack() throws IOException {
        CharTokenizer saved = CharTokenizer.of(TEXT);
        Path file = folder.resolve("chars.json");
        saved.save(file);
        assertThat(CharTokenizer.load(file).vocabulary()).isEqualTo(saved.vocabulary());
        Tokenizer loaded = Tokenizers.load(file);
        assertThat(loaded).isInstanceOf(CharTokenizer.class);
        assertThat(loaded.encode(TEXT)).containsExactly(saved.encode(TEXT));
    }

    @Test
    void savingReplacesTheFileAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("t.json");
        CharTokenizer.of("ab").save(file);
        CharTokenizer.of("cd").save(file);
        assertThat(CharTokenizer.load(file).vocabulary()).isEqualTo("cd");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void savingToAFolderThatIsNotThereIsRefused() {
        Path file = folder.resolve("missing").resolve("t.json");
        assertThatThrownBy(() -> CharTokenizer.of("ab").save(file))
                .isInstanceOf(IOException.class)
                .hasMessage("write: " + file + ": the directory "
                        + file.getParent().toAbsolutePath() + " does not exist; create it first");
        assertThatThrownBy(() -> BpeTrainer.ofMerges(0).train("a").save(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("write: " + folder + " is a directory; name a file in it");
    }

    @Test
    void theWrongKindIsNamed() throws IOException {
        Path file = folder.resolve("chars.json");
        CharTokenizer.of("ab").save(file);
        assertThatThrownBy(() -> BpeTokenizer.load(file))
                .isInstanceOf(IOException.class)
                .hasMessage("tokenizer file: " + file
                        + " holds a CharTokenizer, not a BpeTokenizer; read it with Tokenizers.load");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("none.json");
        assertThatThrownBy(() -> Tokenizers.load(file))
                .isInstanceOf(IOException.class)
                .hasMessage("tokenizer file: " + file + " does not exist; save a tokenizer there first");
        assertThatThrownBy(() -> Tokenizers.load(folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("tokenizer file: " + folder + " cannot be read: ");
    }

    private static final String HEAD = "{'format': 'tinytorch-tokenizer', 'version': 1, 'kind': ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~ | this is not a saved tokenizer",
                "hello | is not JSON, or cut short: Unrecognized token",
                "[1, 2] | this is not a saved tokenizer",
                "{'a': 1} | this is not a saved tokenizer: \"format\" is not \"tinytorch-tokenizer\"; use a file that a tokenizer's save wrote",
                "{'format': 'tinytorch-tokenizer', 'version': 2} | the file is of version 2, this library reads version 1",
                "{'format': 'tinytorch-tokenizer'} | \"version\" is missing, or is not a whole number",
                "{'format': 'tinytorch-tokenizer', 'format': 'x'} | is not JSON, or cut short: Duplicate field",
                "HEAD'words'} | the kind \"words\" is unknown; it can be \"characters\" or \"bpe\"",
                "HEAD'characters'} | \"vocabulary\" is missing, or is not a text",
                "HEAD'characters', 'vocabulary': 'ba'} | the characters of the vocabulary do not ascend",
                "HEAD'characters', 'vocabulary': ''} | the text is empty",
                "HEAD'characters', 'vocabulary': 'ab'} x | is not JSON, or cut short",
                "HEAD'characters', 'vocab | is not JSON, or cut short",
                "HEAD'bpe'} | \"bytes\" is missing, or is not a list of ids",
                "HEAD'bpe', 'bytes': [1, 2], 'merges': [], 'specialTokens': {}} | there are ids for 2 bytes; all 256 need one",
                "HEAD'bpe', 'bytes': [1, 'a'], 'merges': [], 'specialTokens': {}} | \"bytes\" is missing, or is not a list of ids",
                "HEAD'bpe', BYTES, 'specialTokens': {}} | \"merges\" is missing, or is not a list",
                "HEAD'bpe', BYTES, 'merges': [[97, 98]], 'specialTokens': {}} | \"merges\" is missing, or is not a list of three ids each",
                "HEAD'bpe', BYTES, 'merges': []} | \"specialTokens\" is missing, or is not an object",
                "HEAD'bpe', BYTES, 'merges': [], 'specialTokens': {'x': 1.5}} | \"x\" is missing, or is not a whole number",
                "HEAD'bpe', BYTES, 'merges': [], 'specialTokens': {'x': 7}} | the special token \"x\" has the id 7, which another token has too",
                "HEAD'bpe', BYTES, 'merges': [], 'specialTokens': {'x': 300}} | the special token \"x\" has the id 300; 257 tokens need the ids 0 … 256, each once",
                "HEAD'bpe', BYTES, 'merges': [[97, 256, 256]], 'specialTokens': {}} | merge 0 joins id 256, which is neither a byte nor made by an earlier merge",
                "HEAD'bpe', BYTES, 'merges': DOUBLING, 'specialTokens': {}} | up to merge 25 the tokens have more than 67108864 bytes together",
                "HEAD'bpe', BYTES, 'merges': [[97, -1, 256]], 'specialTokens': {}} | merge 0 joins id -1, which is neither",
                "HEAD'bpe', BYTES, 'merges': [[97, 98, 256], [97, 98, 257]], 'specialTokens': {}} | merge 1 joins the ids 97 and 98, as an earlier one does",
                "HEAD'bpe', BYTES, 'merges': [[97, 98, 256], [98, 98, 256]], 'specialTokens': {}} | merge 1 has the id 256, which another token has too",
                "HEAD'bpe', BYTES, 'merges': [[97, 98, 300]], 'specialTokens': {}} | merge 0 has the id 300; 257 tokens need the ids 0 … 256, each once",
            })
    void whatIsWrongWithAFileIsSaid(String content, String message) throws IOException {
        StringBuilder bytes = new StringBuilder("'bytes': [0");
        for (int id = 1; id < 256; id++) {
            bytes.append(", ").append(id);
        }
        StringBuilder doubling = new StringBuilder("[[0, 0, 256]");
        for (int id = 256; id < 300; id++) {
            doubling.append(", [")
                    .append(id)
                    .append(", ")
                    .append(id)
                    .append(", ")
                    .append(id + 1)
                    .append(']');
        }
        Path file = folder.resolve("t.json");
        Files.writeString(
                file,
                content.replace("HEAD", HEAD)
                        .replace("DOUBLING", doubling.append(']'))
                        .replace("BYTES", bytes.append(']'))
                        .replace('\'', '"'));
        assertThatThrownBy(() -> Tokenizers.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("tokenizer file: " + file)
                .hasMessageContaining(message);
    }

    @Test
    void theFormatStaysReadable() throws IOException {
        Path file = folder.resolve("t.json");
        BpeTrainer.ofMerges(1, "<|end|>").train("aa").save(file);
        assertThat(Files.readString(file))
                .startsWith("{\"format\":\"tinytorch-tokenizer\",\"version\":1,\"kind\":\"bpe\",\"bytes\":[0,1,2,")
                .endsWith(",255],\"merges\":[[97,97,256]],\"specialTokens\":{\"<|end|>\":257}}");
        CharTokenizer.of("cab").save(file);
        assertThat(Files.readAllLines(file))
                .isEqualTo(
                        List.of(
                                "{\"format\":\"tinytorch-tokenizer\",\"version\":1,\"kind\":\"characters\",\"vocabulary\":\"abc\"}"));
    }
}
