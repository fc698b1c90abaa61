package org.tinytorch.milestones;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A text to learn from: its first nine tenths. The rest is for measuring only.
 *
 * @param name where it comes from
 * @param whole all of it
 * @param training its first nine tenths
 * @param validation its last tenth
 */
record GptText(String name, String whole, String training, String validation) {
    private static final String TALES = "tales.txt";

    /** What is too short for this is no text to learn writing from. */
    private static final int LEAST = 1_000;

    /**
     * Reads a file, or the tales that come with the project.
     *
     * @throws IOException if the file cannot be read, is not text in UTF-8, or is too short; the message says so in terms of {@code --data}
     */
    static GptText load(Optional<Path> file) throws IOException {
        return file.isPresent() ? of(file.get()) : tales();
    }

    private static GptText tales() throws IOException {
        try (InputStream in = GptText.class.getResourceAsStream(TALES)) {
            return of("the tales that come with the project", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static GptText of(Path file) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new IOException("--data: there is no " + file + "; name a text file, or leave --data out", e);
        } catch (CharacterCodingException e) {
            throw new IOException("--data: " + file + " is not text in UTF-8; convert it, or name another file", e);
        } catch (IOException e) {
            throw new IOException("--data: " + file + " cannot be read: " + e, e);
        }
        if (text.length() < LEAST) {
            throw new IOException(
                    "--data: " + file + (text.isEmpty() ? " is empty" : " has " + text.length() + " characters")
                            + "; a text to learn from has at least " + LEAST + ", better a hundred thousand");
        }
        return of(file.toString(), text);
    }

    private static GptText of(String name, String text) {
        int end = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 10 * 9);
        return new GptText(name, text, text.substring(0, end), text.substring(end));
    }
}
