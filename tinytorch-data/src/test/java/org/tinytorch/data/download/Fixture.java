package org.tinytorch.data.download;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Small data sets, and patience that does not try a test's. */
final class Fixture {
    /** Waits for minutes if it must, which no test makes it do; pauses for a millisecond. */
    static final Patience PATIENT =
            new Patience(Duration.ofSeconds(60), Duration.ofSeconds(60), 4, Duration.ofMillis(1));

    /** Takes a short silence for the end. */
    static final Patience HASTY = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(1), 4, Duration.ofMillis(1));

    private Fixture() {}

    static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static Checksum sha256(byte[] content) {
        try {
            return Checksum.sha256(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static RemoteFile file(String name, byte[] content) {
        return new RemoteFile(name, content.length, sha256(content));
    }

    static RemoteDataset files(URI address, RemoteFile... files) {
        return new RemoteDataset("numbers", "Numbers", "None.", address, List.of(files), Optional.empty());
    }

    static RemoteDataset archive(URI address, RemoteFile archive, ArchiveLayout layout) {
        return new RemoteDataset("numbers", "Numbers", "None.", address, List.of(archive), Optional.of(layout));
    }
}
