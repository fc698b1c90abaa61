package org.tinytorch.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of a package in a folder. Links in it are refused; what begins with a dot, which some systems leave everywhere, is passed over.
 *
 * @param path the folder
 */
record FolderFiles(Path path) implements PackageFiles {
    @Override
    public Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!name.startsWith(".")) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    @Override
    public long size(PackageFile file) throws IOException {
        Path place = place(file);
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw missing(file);
        }
        if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("package: " + place + " is a link, a folder or a device; a package has only files");
        }
        return Files.size(place);
    }

    @Override
    public InputStream open(PackageFile file) throws IOException {
        return Files.newInputStream(place(file), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() {
        // A folder is not held open.
    }
}
