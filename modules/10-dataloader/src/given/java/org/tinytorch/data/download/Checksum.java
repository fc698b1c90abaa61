// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/Checksum.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * What a file's bytes must add up to.
 *
 * @param algorithm how it is computed
 * @param hex the value in hexadecimal digits, in lower case
 */
public record Checksum(Algorithm algorithm, String hex) {
    private static final int BUFFER = 1 << 16;

    /** The two that publishers of data sets give. */
    public enum Algorithm {
        /** Finds damage, but a forger can make two files with the same value: RFC 1321. */
        MD5("MD5", 32),
        /** Finds damage and forgery: FIPS 180-4. */
        SHA_256("SHA-256", 64);

        private final String title;
        private final int digits;

        Algorithm(String title, int digits) {
            this.title = title;
            this.digits = digits;
        }

        MessageDigest digest() {
            try {
                return MessageDigest.getInstance(title);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has " + title, e);
            }
        }
    }

    /**
     * Checks the digits; upper case becomes lower case.
     *
     * @throws IllegalArgumentException if they are not as many hexadecimal digits as the algorithm gives
     */
    public Checksum {
        Objects.requireNonNull(algorithm, "algorithm");
        hex = hex.toLowerCase(Locale.ROOT);
        if (!hex.matches("[0-9a-f]{" + algorithm.digits + "}")) {
            throw new IllegalArgumentException("checksum: " + algorithm.title + " has " + algorithm.digits
                    + " hexadecimal digits, found '" + hex + "'");
        }
    }

    /** An MD5 checksum of 32 hexadecimal digits. */
    public static Checksum md5(String hex) {
        return new Checksum(Algorithm.MD5, hex);
    }

    /** A SHA-256 checksum of 64 hexadecimal digits. */
    public static Checksum sha256(String hex) {
        return new Checksum(Algorithm.SHA_256, hex);
    }

    /**
     * Computes the checksum of a file with the same algorithm; equal to this one if the file is right.
     *
     * @throws IOException if the file cannot be read
     */
    public Checksum of(Path file) throws IOException {
        MessageDigest digest = algorithm.digest();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return of(digest);
    }

    /** The checksum that a digest of this algorithm has come to. */
    Checksum of(MessageDigest digest) {
        return new Checksum(algorithm, HexFormat.of().formatHex(digest.digest()));
    }

    /** {@code SHA-256 3552…}. */
    @Override
    public String toString() {
        return algorithm.title + " " + hex;
    }
}
