package org.tinytorch.interop;

import java.time.LocalDateTime;
import java.util.zip.ZipEntry;

/** Entries of zips that are written: the same content gives the same bytes, whenever and wherever. */
final class ZipEntries {
    /** Always the same. For the first of January, which NumPy writes, the JDK would add a second time that depends on the time zone. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private ZipEntries() {}

    /** One that will be deflated. */
    static ZipEntry deflated(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        return entry;
    }

    /** One whose bytes are kept as they are; it says how many and their checksum before they come. */
    static ZipEntry stored(String name, long bytes, long crc) {
        ZipEntry entry = deflated(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes);
        entry.setCrc(crc);
        return entry;
    }
}
