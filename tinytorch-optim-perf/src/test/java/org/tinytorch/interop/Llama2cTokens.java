package org.tinytorch.interop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A small vocabulary, which can be written in llama2.c's format, byte by byte from its definition, and encoded with in llama2.c's plain way. */
final class Llama2cTokens {
    private final List<byte[]> pieces = new ArrayList<>();
    private final List<Float> scores = new ArrayList<>();

    /** Three special tokens and 256 for bytes. */
    Llama2cTokens() {
        add("<unk>", 0);
        add("\n<s>\n", 0);
        add("\n</s>\n", 0);
        for (int value = 0; value < 256; value++) {
            add(String.format("<0x%02X>", value), 0);
        }
    }

    /** These, and single characters, as SentencePiece gives them, with the lowest scores. */
    static Llama2cTokens of(String characters) {
        Llama2cTokens tokens = new Llama2cTokens();
        characters.codePoints().forEach(c -> tokens.add(Character.toString(c), -1e9f));
        return tokens;
    }

    /** The next token; its id is the number of those before. */
    Llama2cTokens add(String text, float score) {
        return add(text.getBytes(StandardCharsets.UTF_8), score);
    }

    Llama2cTokens add(byte[] bytes, float score) {
        pieces.add(bytes);
        scores.add(score);
        return this;
    }

    Llama2cTokens replace(int id, String text, float score) {
        pieces.set(id, text.getBytes(StandardCharsets.UTF_8));
        scores.set(id, score);
        return this;
    }

    int size() {
        return pieces.size();
    }

    /** The id of a token of text. */
    int id(String text) {
        return find(text.getBytes(StandardCharsets.UTF_8));
    }

    private int find(byte[] bytes) {
        for (int id = 0; id < size(); id++) {
            if (Arrays.equals(pieces.get(id), bytes)) {
                return id;
            }
        }
        return -1;
    }

    /** The file. */
    byte[] bytes() {
        return bytes(pieces.stream().mapToInt(piece -> piece.length).max().orElse(0));
    }

    byte[] bytes(int longest) {
        ByteBuffer out = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(longest);
        for (int id = 0; id < size(); id++) {
            out.putFloat(scores.get(id)).putInt(pieces.get(id).length).put(pieces.get(id));
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    /** As llama2.c does it with BOS and without EOS: looks through all pairs for the best, joins it, and begins again. */
    int[] encode(String text) {
        List<Integer> ids = new ArrayList<>();
        ids.add(id(" "));
        text.codePoints().forEach(c -> addCharacter(Character.toString(c), ids));
        while (joinBest(ids)) {
            // once more
        }
        ids.add(0, 1);
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private void addCharacter(String character, List<Integer> ids) {
        int id = id(character);
        if (id >= 0) {
            ids.add(id);
            return;
        }
        for (byte one : character.getBytes(StandardCharsets.UTF_8)) {
            ids.add((one & 0xFF) + 3);
        }
    }

    private boolean joinBest(List<Integer> ids) {
        float best = -1e10f;
        int place = -1;
        int joined = -1;
        for (int i = 0; i + 1 < ids.size(); i++) {
            int id = find(concat(pieces.get(ids.get(i)), pieces.get(ids.get(i + 1))));
            if (id >= 0 && scores.get(id) > best) {
                best = scores.get(id);
                place = i;
                joined = id;
            }
        }
        if (place >= 0) {
            ids.set(place, joined);
            ids.remove(place + 1);
        }
        return place >= 0;
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
