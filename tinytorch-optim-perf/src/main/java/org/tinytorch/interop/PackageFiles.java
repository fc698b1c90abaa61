package org.tinytorch.interop;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** The files of a package, in a folder or in a zip. Nothing in them is looked at here; {@link PackageReader} does that, in the same way for both. */
interface PackageFiles extends Closeable {
    /** The folder or the zip. */
    Path path();

    /** The names of all files, but for those that a package may hold without listing them. */
    Set<String> names() throws IOException;

    /**
     * How many bytes a file has.
     *
     * @throws IOException if it is missing, or not one whose bytes lie here as they are; the message names it
     */
    long size(PackageFile file) throws IOException;

    /** The bytes of a file. */
    InputStream open(PackageFile file) throws IOException;

    /** A file as messages call it: a path in the folder, or as if the zip were one. */
    default Path place(PackageFile file) {
        return file.in(path());
    }

    /** What is said of a file that is not there. */
    default IOException missing(PackageFile file) {
        return new IOException("package: " + place(file) + " is missing; the package is incomplete, get it anew");
    }

    /** Whether a package of such a name is written as a zip. */
    static boolean isZipName(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    /**
     * Opens what is there.
     *
     * @throws IOException if there is nothing, or neither a folder nor a zip
     */
    static PackageFiles at(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return new FolderFiles(path);
        }
        if (Files.isRegularFile(path)) {
            return new ZippedFiles(path);
        }
        if (Files.exists(path)) {
            throw new IOException("package: " + path + " is a device or a pipe; a package is a folder or a zip");
        }
        String hint = AtomicPackage.interrupted(path)
                .map(old ->
                        "; a replacement of it was interrupted: the former one is " + old + ", give it back its name")
                .orElse("; check the path");
        throw new IOException("package: there is no folder or zip " + path + hint);
    }
}
