package org.tinytorch.interop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tinytorch.training.AtomicFile;

/**
 * The tokens of a llama2.c tokenizer and their scores. The first three are special (unknown, begin, end), the next 256 stand for one byte each, and the others are made of text, a space among them.
 *
 * <p>As keys, bytes are written as Latin-1: a character for each.
 */
final class Llama2cVocabulary {
    /** Where the tokens for bytes begin: llama2.c adds it to a byte for which there is no other token. */
    static final int FIRST_BYTE = 3;

    /** Where the tokens of text begin. */
    static final int FIRST_TEXT = FIRST_BYTE + 256;

    static final int LEAST_TOKENS = FIRST_TEXT + 1;

    private static final int TOKEN_HEAD_BYTES = Float.BYTES + Integer.BYTES;

    private final int longest;
    private final List<Token> tokens;
    private final Map<String, Integer> ids = new HashMap<>();

    /** A token as the file has it. */
    record Token(String bytes, float score) {}

    /**
     * A vocabulary.
     *
     * @param longest how many bytes the longest token has, as the file says
     * @throws IllegalArgumentException if a token that llama2.c takes for granted is missing
     */
    private Llama2cVocabulary(int longest, List<Token> tokens) {
        this.longest = longest;
        this.tokens = List.copyOf(tokens);
        for (int value = 0; value < FIRST_TEXT - FIRST_BYTE; value++) {
            checkByte(value);
        }
        for (int id = FIRST_TEXT; id < tokens.size(); id++) {
            ids.putIfAbsent(tokens.get(id).bytes(), id);
        }
        if (find(" ") < 0) {
            throw new IllegalArgumentException("there is no token for a space, with which every text begins;"
                    + " this is not a llama2.c tokenizer, or it is damaged: fetch it again");
        }
    }

    private void checkByte(int value) {
        int id = FIRST_BYTE + value;
        String expected = String.format(Locale.ROOT, "<0x%02X>", value);
        if (!tokens.get(id).bytes().equals(expected)) {
            throw new IllegalArgumentException("token " + id + " is not " + expected
                    + ", which stands for a byte; the file is damaged, or of an early llama2.c, which wrote these otherwise:"
                    + " make it again with llama2.c's tokenizer.py");
        }
    }

    /**
     * Reads a vocabulary.
     *
     * @param size how many tokens there must be
     * @throws IOException if the file is cut off or damaged, or has another number of tokens
     */
    static Llama2cVocabulary read(LittleEndianFile in, int size) throws IOException {
        long fileBytes = in.unread();
        long least = Integer.BYTES + (TOKEN_HEAD_BYTES + 1L) * size;
        if (fileBytes < least) {
            throw new IOException("the file has " + fileBytes + " bytes, but " + size + " tokens take at least " + least
                    + otherVocabulary(size, "smaller"));
        }
        int longest = in.readInt();
        if (longest < 1) {
            throw new IOException("it says that its longest token has " + longest
                    + " bytes; this is not a llama2.c tokenizer, or it is damaged: fetch it again");
        }
        List<Token> tokens = new ArrayList<>();
        for (int id = 0; id < size; id++) {
            tokens.add(readToken(in, id, size, longest));
        }
        if (in.unread() > 0) {
            throw new IOException("after " + size + " tokens there are " + in.unread() + " more bytes"
                    + otherVocabulary(size, "larger"));
        }
        try {
            return new Llama2cVocabulary(longest, tokens);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Token readToken(LittleEndianFile in, int id, int size, int longest) throws IOException {
        if (in.unread() < TOKEN_HEAD_BYTES) {
            throw new IOException(
                    "the file ends before token " + id + " of " + size + otherVocabulary(size, "smaller"));
        }
        float score = in.readFloat();
        int length = in.readInt();
        if (!Float.isFinite(score)) {
            throw new IOException(
                    "token " + id + " has the score " + score + ", which is no number; it is damaged: fetch it again");
        }
        if (length < 1 || length > longest) {
            throw new IOException("token " + id + " has " + length + " bytes, which is not in 1 … " + longest
                    + ", the longest that the file announces; it is damaged: fetch it again");
        }
        if (length > in.unread()) {
            throw new IOException("the file ends within token " + id + " of " + size + ", which has " + length
                    + " bytes" + otherVocabulary(size, "smaller"));
        }
        return new Token(new String(in.readBytes(length), StandardCharsets.ISO_8859_1), score);
    }

    private static String otherVocabulary(int size, String how) {
        return "; it is damaged, or of a " + how + " vocabulary than the model's " + size
                + ": use the tokenizer that the model was trained with";
    }

    /** Writes the vocabulary as it was read. */
    void write(WritableByteChannel channel) throws IOException {
        AtomicFile.writeFully(channel, buffer(Integer.BYTES).putInt(longest).flip());
        for (Token token : tokens) {
            byte[] bytes = token.bytes().getBytes(StandardCharsets.ISO_8859_1);
            ByteBuffer one = buffer(TOKEN_HEAD_BYTES + bytes.length)
                    .putFloat(token.score())
                    .putInt(bytes.length)
                    .put(bytes);
            AtomicFile.writeFully(channel, one.flip());
        }
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    int size() {
        return tokens.size();
    }

    float score(int id) {
        return tokens.get(id).score();
    }

    /** The bytes of a token, in Latin-1, as the file has them. */
    String bytes(int id) {
        return tokens.get(id).bytes();
    }

    /** The token of text that has these bytes, in Latin-1, or −1. Special tokens and those for bytes are not found, so that no text can pass for one. */
    int find(String bytes) {
        return ids.getOrDefault(bytes, -1);
    }

    /** The token that two others make together, or −1. */
    int join(int left, int right) {
        if (left < FIRST_TEXT || right < FIRST_TEXT) {
            return -1; // what they are called is not what they stand for
        }
        String a = bytes(left);
        String b = bytes(right);
        return a.length() > longest - b.length() ? -1 : find(a + b);
    }
}
