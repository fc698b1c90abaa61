package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GptTextTest {
    @TempDir
    private Path folder;

    private Path file(byte... content) throws IOException {
        return Files.write(folder.resolve("text.txt"), content);
    }

    private Path file(String content) throws IOException {
        return file(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theTalesThatComeWithTheProjectAreLongEnough() throws IOException {
        GptText tales = GptText.load(Optional.empty());

        assertThat(tales.whole()).hasSizeGreaterThan(100 * 1024);
        assertThat(tales.whole().chars().allMatch(c -> c < 128))
                .as("plain ASCII")
                .isTrue();
    }

    @Test
    void nineTenthsAreToLearnFrom() throws IOException {
        GptText text = GptText.load(Optional.of(file("abcdefghi\n".repeat(200))));

        assertThat(text.training()).hasSize(1800);
        assertThat(text.training() + text.validation()).isEqualTo(text.whole());
    }

    @Test
    void aCharacterOfTwoHalvesIsNotCut() throws IOException {
        GptText text = GptText.load(Optional.of(file("🦉".repeat(1000))));

        assertThat(text.validation()).isEqualTo("🦉".repeat(100));
    }

    @Test
    void badFilesAreNamed() throws IOException {
        Path nowhere = folder.resolve("nowhere.txt");
        assertThatThrownBy(() -> GptText.load(Optional.of(nowhere)))
                .isInstanceOf(IOException.class)
                .hasMessage("--data: there is no " + nowhere + "; name a text file, or leave --data out");
        Path empty = file("");
        assertThatThrownBy(() -> GptText.load(Optional.of(empty))).hasMessageContaining(empty + " is empty; a text");
        Path brief = file("too short");
        assertThatThrownBy(() -> GptText.load(Optional.of(brief))).hasMessageContaining("has 9 characters; a text");
        Path binary = file((byte) 0xC3, (byte) 0x28);
        assertThatThrownBy(() -> GptText.load(Optional.of(binary)))
                .hasMessageContaining(binary + " is not text in UTF-8");
        assertThatThrownBy(() -> GptText.load(Optional.of(folder))).hasMessageContaining("cannot be read");
    }
}
