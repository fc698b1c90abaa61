package org.tinytorch.data.download;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes tar.gz archives, honest and dishonest ones. */
final class TarBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    TarBytes() throws IOException {
        tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes));
    }

    TarBytes folder(String name) throws IOException {
        tar.putArchiveEntry(new TarArchiveEntry(name, true));
        tar.closeArchiveEntry();
        return this;
    }

    TarBytes file(String name, byte[] content) throws IOException {
        return entry(name, TarConstants.LF_NORMAL, content);
    }

    /** An entry of any name and kind. */
    TarBytes entry(String name, byte kind, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
        return this;
    }

    TarBytes link(String name, byte kind, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
        return this;
    }

    byte[] toBytes() throws IOException {
        tar.close();
        return bytes.toByteArray();
    }
}
