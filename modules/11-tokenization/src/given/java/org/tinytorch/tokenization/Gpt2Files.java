// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/Gpt2Files.java. Read it, don't edit it.
package org.tinytorch.tokenization;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads GPT-2's tokenizer from its two published files: {@code encoder.json}, the id of each token, and {@code vocab.bpe}, the merges in order. Hugging
 * Face calls the same files {@code vocab.json} and {@code merges.txt}. Both write bytes as visible characters.
 *
 * <pre>{@code
 * BpeTokenizer gpt2 = Gpt2Files.load(Path.of("gpt2"));
 * gpt2.encode("This is some text");  // 1212 318 617 2420
 * gpt2.specialToken("<|endoftext|>"); // 50256
 * }</pre>
 *
 * <p>Tokens of {@code encoder.json} that are neither bytes nor made by a merge are special tokens; they must be written {@code <…>}, so that the files
 * of two different models are not mistaken for one.
 */
public final class Gpt2Files {
    private static final String FETCH =
            "; fetch encoder.json and vocab.bpe from https://openaipublic.blob.core.windows.net/gpt-2/models/124M/ (1.5 MB in all)"
                    + " and name the folder that you put them in";

    private final Path encoderJson;
    private final Path vocabBpe;
    private final Map<String, Integer> tokens;

    /** The line that made each token; 0 for bytes, −1 for those not made yet. */
    private final int[] madeBy;

    private Gpt2Files(Path encoderJson, Path vocabBpe) throws IOException {
        this.encoderJson = encoderJson;
        this.vocabBpe = vocabBpe;
        this.tokens = EncoderJson.parse(encoderJson, read(encoderJson));
        this.madeBy = new int[tokens.size()];
        Arrays.fill(madeBy, -1);
    }

    /**
     * Reads {@code encoder.json} and {@code vocab.bpe} from a folder.
     *
     * @throws IOException if one is missing, or is not such a file, or they do not belong together; the message names file and line
     */
    public static BpeTokenizer load(Path folder) throws IOException {
        return load(folder.resolve("encoder.json"), folder.resolve("vocab.bpe"));
    }

    /**
     * Reads the two files from anywhere.
     *
     * @throws IOException if one is missing, or is not such a file, or they do not belong together; the message names file and line
     */
    public static BpeTokenizer load(Path encoderJson, Path vocabBpe) throws IOException {
        Gpt2Files files = new Gpt2Files(encoderJson, vocabBpe);
        int[] bytes = files.bytes();
        List<Merge> merges = files.merges();
        return new BpeTokenizer(new BpeRules(bytes, merges, files.specialTokens()));
    }

    private static byte[] read(Path file) throws IOException {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("gpt2 files: " + file + " does not exist" + FETCH, e);
        } catch (IOException e) {
            throw new IOException("gpt2 files: " + file + " cannot be read: " + e + FETCH, e);
        }
        if (content.length == 0) {
            throw new IOException("gpt2 files: " + file + " is empty" + FETCH);
        }
        return content;
    }

    private int[] bytes() throws IOException {
        int[] ids = new int[BpeRules.BYTES];
        for (int value = 0; value < ids.length; value++) {
            String token = String.valueOf(ByteCharacters.of(value));
            Integer id = tokens.get(token);
            if (id == null) {
                throw new IOException("gpt2 files: " + encoderJson + " has no token \"" + token + "\" for the byte "
                        + value + "; it is not of a byte-level tokenizer" + FETCH);
            }
            ids[value] = id;
            madeBy[id] = 0;
        }
        return ids;
    }

    private List<Merge> merges() throws IOException {
        List<String> lines = lines();
        if (!lines.get(0).startsWith("#version")) {
            throw malformed(
                    1, "is \"" + shorten(lines.get(0)) + "\", not \"#version: 0.2\"; this is not a list of merges");
        }
        List<Merge> merges = new ArrayList<>(lines.size());
        for (int number = 2; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            Merge merge = merge(line, number);
            int earlier = madeBy[merge.id()];
            if (earlier >= 0) {
                boolean repeated = earlier > 0 && lines.get(earlier - 1).equals(line);
                throw malformed(
                        number,
                        repeated ? "repeats line " + earlier : "makes a token that line " + earlier + " makes too");
            }
            madeBy[merge.id()] = number;
            merges.add(merge);
        }
        return merges;
    }

    private List<String> lines() throws IOException {
        ByteBuffer content = ByteBuffer.wrap(read(vocabBpe));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(content)
                    .toString()
                    .lines()
                    .toList();
        } catch (CharacterCodingException e) {
            throw new IOException("gpt2 files: " + vocabBpe + " is not text in UTF-8" + FETCH, e);
        }
    }

    private Merge merge(String line, int number) throws IOException {
        int space = line.indexOf(' ');
        if (space <= 0 || space == line.length() - 1 || space != line.lastIndexOf(' ')) {
            throw malformed(number, "is \"" + shorten(line) + "\", not two tokens with a space between them");
        }
        String left = line.substring(0, space);
        String right = line.substring(space + 1);
        Pair pair = new Pair(made(left, number), made(right, number));
        Integer id = tokens.get(left.concat(right));
        if (id == null) {
            throw malformed(
                    number,
                    "makes \"" + shorten(left + right) + "\", which " + encoderJson
                            + " does not have; the two files are of different models");
        }
        return new Merge(pair, id);
    }

    private int made(String token, int number) throws IOException {
        Integer id = tokens.get(token);
        if (id == null || madeBy[id] < 0) {
            throw malformed(
                    number, "joins \"" + shorten(token) + "\", which is neither a byte nor made by an earlier line");
        }
        return id;
    }

    private IOException malformed(int number, String what) {
        return new IOException("gpt2 files: " + vocabBpe + ": line " + number + " " + what + FETCH);
    }

    private Map<String, Integer> specialTokens() throws IOException {
        Map<String, Integer> special = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> token : tokens.entrySet()) {
            if (madeBy[token.getValue()] < 0) {
                String text = token.getKey();
                if (text.length() < 3 || !text.startsWith("<") || !text.endsWith(">")) {
                    throw new IOException(
                            "gpt2 files: the token \"" + shorten(text) + "\" (id " + token.getValue() + ") of "
                                    + encoderJson + " is made by no line of " + vocabBpe
                                    + "; that file is cut short, or the two are of different models" + FETCH);
                }
                special.put(text, token.getValue());
            }
        }
        return special;
    }

    private static String shorten(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
