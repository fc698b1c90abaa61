package org.tinytorch.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;

/** The files of a package in a zip, read where they lie. None is compressed: what is in such a zip is never larger than the zip. */
final class ZippedFiles implements PackageFiles {
    private final Path path;
    private final GuardedZip zip;
    private final Map<String, ZipEntry> entries = new TreeMap<>();

    /**
     * Opens a zip.
     *
     * @throws IOException if it is none, or holds two files of one name
     */
    ZippedFiles(Path path) throws IOException {
        this.path = path;
        try {
            this.zip = GuardedZip.open(
                    path,
                    "a package is a folder that holds " + PackageFile.MANIFEST
                            + ", or a zip of its files: name one, or fetch it again");
        } catch (IOException e) {
            throw new IOException("package: " + path + ": " + e.getMessage(), e);
        }
        for (ZipEntry entry : zip.entries()) {
            if (entries.put(entry.getName(), entry) != null) {
                zip.close();
                throw new IOException(
                        "package: " + path + " holds two files called \"" + JsonFields.shorten(entry.getName())
                                + "\", of which only one can be meant: get the package anew");
            }
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Set<String> names() {
        return entries.keySet();
    }

    @Override
    public long size(PackageFile file) throws IOException {
        ZipEntry entry = entry(file);
        if (!GuardedZip.isStored(entry)) {
            throw new IOException("package: " + place(file)
                    + " is compressed, but in the zip of a package nothing is, so that none is larger than it looks;"
                    + " unpack the zip: the folder is a package too");
        }
        return entry.getSize();
    }

    @Override
    public InputStream open(PackageFile file) throws IOException {
        return zip.open(entry(file));
    }

    private ZipEntry entry(PackageFile file) throws IOException {
        ZipEntry entry = entries.get(file.toString());
        if (entry == null) {
            throw missing(file);
        }
        return entry;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
