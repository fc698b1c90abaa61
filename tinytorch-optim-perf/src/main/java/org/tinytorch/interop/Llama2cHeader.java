package org.tinytorch.interop;

import java.io.IOException;
import java.math.BigInteger;
import java.util.stream.LongStream;
import org.tinytorch.transformer.GptConfig;

/**
 * What a llama2.c checkpoint of version 0 says of itself: seven whole numbers of 32 bits. The names are llama2.c's own, so that a message speaks of what its documentation speaks of.
 *
 * @param dim the width of the vector that stands for a token
 * @param hiddenDim the width within the feed-forward layers
 * @param layers n_layers
 * @param heads n_heads
 * @param kvHeads n_kv_heads
 * @param vocabSize how many tokens there are
 * @param shared whether the last layer uses the table of the first, which the file says by the sign of vocab_size
 * @param seqLen the context
 */
record Llama2cHeader(
        int dim, int hiddenDim, int layers, int heads, int kvHeads, int vocabSize, boolean shared, int seqLen) {
    static final int BYTES = 7 * Integer.BYTES;

    /** With which files of later versions begin: the letters ak42. */
    private static final int LATER_VERSIONS = 0x616b3432;

    /** Ten times what the largest models have. A block is some kilobytes of objects, however few numbers it has. */
    private static final int MOST_LAYERS = 1024;

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private static final String DAMAGED =
            "; this is not a llama2.c checkpoint of version 0, or it is damaged: fetch it again";

    /**
     * Checks that the sizes are those of a possible model.
     *
     * @throws IllegalArgumentException if one is not; the message says which
     */
    Llama2cHeader {
        positive("dim", dim);
        positive("hidden_dim", hiddenDim);
        positive("n_layers", layers);
        positive("n_heads", heads);
        positive("n_kv_heads", kvHeads);
        positive("vocab_size", vocabSize);
        positive("seq_len", seqLen);
        require(layers <= MOST_LAYERS, "n_layers is " + layers + ", more than " + MOST_LAYERS);
        require(dim % heads == 0, "dim " + dim + " is not a multiple of n_heads " + heads);
        require(dim / heads % 2 == 0, "heads of " + dim / heads + " numbers cannot be turned in pairs");
        require(heads % kvHeads == 0, "n_heads " + heads + " is not a multiple of n_kv_heads " + kvHeads);
    }

    private static void positive(String what, int value) {
        require(value > 0, what + " is " + value + ", but must be 1 or more");
    }

    private static void require(boolean possible, String problem) {
        if (!possible) {
            throw new IllegalArgumentException("the header is impossible: " + problem + DAMAGED);
        }
    }

    /**
     * Reads and checks the header.
     *
     * @throws IOException if there is none, it is of a later version, or its sizes are impossible or not those of the file
     */
    static Llama2cHeader read(LittleEndianFile in) throws IOException {
        long fileBytes = in.unread();
        if (fileBytes < BYTES) {
            throw new IOException("the file has " + fileBytes + " bytes, but the header alone has " + BYTES
                    + "; it is cut off: fetch it again");
        }
        int dim = in.readInt();
        int hiddenDim = in.readInt();
        if (dim == LATER_VERSIONS) {
            throw new IOException("this is a llama2.c checkpoint of version " + hiddenDim
                    + ", and only version 0 is read; write it again in llama2.c's folder with"
                    + " python export.py model.bin --checkpoint model.pt --version 0");
        }
        int layers = in.readInt();
        int heads = in.readInt();
        int kvHeads = in.readInt();
        int signedVocabSize = in.readInt();
        int seqLen = in.readInt();
        // The lowest int has no positive partner: abs leaves it negative, and the constructor refuses it.
        int vocabSize = Math.abs(signedVocabSize);
        try {
            Llama2cHeader header =
                    new Llama2cHeader(dim, hiddenDim, layers, heads, kvHeads, vocabSize, signedVocabSize > 0, seqLen);
            header.checkSize(fileBytes);
            return header;
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The width of a head. */
    int headWidth() {
        return dim / heads;
    }

    /** How many numbers keys, or values, of a place have. */
    int kvDim() {
        return kvHeads * headWidth();
    }

    /** How many numbers follow the header. Seven ints can ask for more than a long can count. */
    BigInteger numbers() {
        BigInteger width = BigInteger.valueOf(dim);
        BigInteger layer = width.multiply(BigInteger.valueOf(2 + 2L * dim + 2L * kvDim() + 3L * hiddenDim));
        BigInteger tables = width.multiply(BigInteger.valueOf(vocabSize)).shiftLeft(shared ? 0 : 1);
        BigInteger angles = BigInteger.valueOf((long) seqLen * headWidth()); // as many cosines as sines
        return layer.multiply(BigInteger.valueOf(layers)).add(tables).add(width).add(angles);
    }

    private void checkSize(long fileBytes) throws IOException {
        BigInteger needed = numbers().multiply(BigInteger.valueOf(Float.BYTES)).add(BigInteger.valueOf(BYTES));
        int compared = BigInteger.valueOf(fileBytes).compareTo(needed);
        if (compared != 0) {
            throw new IOException(
                    "the header says " + sizes() + ", which takes " + needed
                            + " bytes, but the file has " + fileBytes
                            + (compared < 0
                                    ? "; it is cut off, or no llama2.c checkpoint of version 0: fetch it again"
                                    : "; something was appended, or it is no llama2.c checkpoint of version 0: fetch it again"));
        }
    }

    private String sizes() {
        return "dim " + dim + ", hidden_dim " + hiddenDim + ", n_layers " + layers + ", n_heads " + heads
                + ", n_kv_heads " + kvHeads + ", vocab_size " + (shared ? "" : "-") + vocabSize + ", seq_len " + seqLen;
    }

    /**
     * Checks that Java can hold the model.
     *
     * @param memory the most that the JVM may use, in bytes
     * @throws IOException if it cannot
     */
    void checkMemory(long memory) throws IOException {
        long largest = LongStream.of(
                        (long) vocabSize * dim,
                        (dim + 2L * kvDim()) * dim,
                        (long) hiddenDim * dim,
                        (long) seqLen * headWidth() / 2)
                .max()
                .orElseThrow();
        if (largest > LARGEST_ARRAY) {
            throw new IOException("its largest tensor has " + largest + " numbers, more than the " + LARGEST_ARRAY
                    + " of a Java array; use a smaller model");
        }
        BigInteger needed = numbers().multiply(BigInteger.valueOf(Double.BYTES));
        if (needed.compareTo(BigInteger.valueOf(memory)) > 0) {
            throw new IOException(
                    "its weights take " + megabytes(needed) + " MB in double precision, but this JVM may use "
                            + megabytes(BigInteger.valueOf(memory)) + " MB; give it more, for example with -Xmx"
                            + megabytes(needed.multiply(BigInteger.TWO)) + "m");
        }
    }

    private static BigInteger megabytes(BigInteger bytes) {
        return bytes.shiftRight(20);
    }

    /** The architecture, for {@link org.tinytorch.transformer.Gpt}. */
    GptConfig config() {
        return new GptConfig(
                vocabSize, seqLen, layers, heads, kvHeads, dim, hiddenDim, GptConfig.Style.LLAMA, false, shared, 0);
    }
}
