package org.tinytorch.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Sizes and SHA-256 checksums (FIPS 180-4) of files, read piece by piece. */
final class Checksums {
    private static final int BUFFER_BYTES = 1 << 16;

    private Checksums() {}

    static PackageManifest.Entry of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return of(in, Long.MAX_VALUE);
        }
    }

    /**
     * The size and the checksum of what is read.
     *
     * @param most reading ends after so many bytes and one buffer, if somebody makes the file longer meanwhile
     */
    static PackageManifest.Entry of(InputStream in, long most) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        long total = 0;
        for (int read = in.read(buffer); read >= 0 && total <= most; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
            total += read;
        }
        return new PackageManifest.Entry(total, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("checksums: this Java has no SHA-256, which every Java must have", e);
        }
    }
}
