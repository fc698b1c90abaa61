// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/Vocabulary.java. Read it, don't edit it.
package org.tinytorch.tokenization;

/** The bytes of every token. */
final class Vocabulary {
    private final String owner;
    private final byte[][] tokens;

    /**
     * A vocabulary.
     *
     * @param owner whose it is, for messages
     * @param tokens the bytes of each, by id
     */
    Vocabulary(String owner, byte[][] tokens) {
        this.owner = owner;
        this.tokens = tokens;
    }

    int size() {
        return tokens.length;
    }

    /** A copy of the bytes of one token. */
    byte[] bytes(int id) {
        if (id < 0 || id >= tokens.length) {
            throw new IndexOutOfBoundsException(owner + ": id " + id + " is not in 0 … " + (tokens.length - 1));
        }
        return tokens[id].clone();
    }

    /** The bytes of several tokens, one after the other. */
    byte[] join(int... ids) {
        int length = 0;
        for (int position = 0; position < ids.length; position++) {
            int id = ids[position];
            if (id < 0 || id >= tokens.length) {
                throw new IndexOutOfBoundsException(
                        owner + ": id " + id + " at position " + position + " is not in 0 … " + (tokens.length - 1));
            }
            length = Math.addExact(length, tokens[id].length);
        }
        byte[] joined = new byte[length];
        int end = 0;
        for (int id : ids) {
            System.arraycopy(tokens[id], 0, joined, end, tokens[id].length);
            end += tokens[id].length;
        }
        return joined;
    }
}
