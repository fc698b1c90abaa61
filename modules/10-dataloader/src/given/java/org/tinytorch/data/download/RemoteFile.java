// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/RemoteFile.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.util.Locale;
import java.util.Objects;

/**
 * A file of which everything is known but its content.
 *
 * @param name its name, without a folder: letters, digits, dots, dashes and underscores, a letter or digit first
 * @param bytes its exact size
 * @param checksum what its bytes must add up to
 */
public record RemoteFile(String name, long bytes, Checksum checksum) {
    /**
     * Checks the name and the size.
     *
     * @throws IllegalArgumentException if the name could lead elsewhere, or the file would be empty
     */
    public RemoteFile {
        requireName(name);
        Objects.requireNonNull(checksum, "checksum");
        if (bytes < 1) {
            throw new IllegalArgumentException("file " + name + ": has " + bytes + " bytes; must be 1 or more");
        }
    }

    /** Names come from the catalogue and become paths: none may lead out of its folder, on any system. */
    static void requireName(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("file name '" + name
                    + "' must be letters, digits, '.', '-' and '_', and begin with a letter or digit");
        }
    }

    /** {@code 170,052,171 bytes, SHA-256 c4a3…}. */
    String facts() {
        return String.format(Locale.ROOT, "%,d bytes, %s", bytes, checksum);
    }
}
