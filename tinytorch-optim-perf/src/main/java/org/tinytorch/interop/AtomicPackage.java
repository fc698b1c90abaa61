package org.tinytorch.interop;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import org.tinytorch.training.AtomicFile;

/** Writes a package, a folder or a zip, as a whole or not at all, as {@link AtomicFile} does any file. */
final class AtomicPackage {
    private static final String TEMPORARY = ".tmp";
    private static final String ASIDE = ".old";

    private AtomicPackage() {}

    /** What is to be written. */
    @FunctionalInterface
    interface Content {
        /**
         * Writes into an empty folder. Each file must be forced to the disk.
         *
         * @return what is to get the name: the folder, or a file in it
         */
        Path writeTo(Path folder) throws IOException;
    }

    /** The steps that can fail for want of a disk, so that a test can let them, or die there. */
    interface Disk {
        /** The real one. */
        Disk REAL = new Disk() {};

        default void write(Path file, AtomicFile.Content content) throws IOException {
            AtomicFile.write(file, content);
        }

        default void rename(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    static void write(Path path, boolean replace, Content content, Disk disk) throws IOException {
        Path target = target(path);
        Path parent = target.getParent();
        checkFree(path, target, replace);
        String hidden = "." + target.getFileName() + "." + UUID.randomUUID();
        Path temporary = parent.resolve(hidden + TEMPORARY);
        Files.createDirectory(temporary);
        try {
            Path made = content.writeTo(temporary);
            force(temporary);
            checkFree(path, target, replace); // somebody may have been faster
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                replace(target, made, parent.resolve(hidden + ASIDE), disk);
            } else {
                disk.rename(made, target); // of two files, one takes the place of the other in one step
            }
        } finally {
            discard(temporary); // after the rename of a folder there is nothing left to delete
        }
        force(parent);
    }

    /**
     * Checks that a package could be written.
     *
     * @throws IOException if the folder above is missing, or the name is taken
     */
    static void check(Path path, boolean replace) throws IOException {
        checkFree(path, target(path), replace);
    }

    private static void replace(Path target, Path made, Path aside, Disk disk) throws IOException {
        disk.rename(target, aside);
        try {
            disk.rename(made, target);
        } catch (IOException e) {
            disk.rename(aside, target);
            throw e;
        }
        discard(aside);
    }

    private static Path target(Path path) throws IOException {
        // What a symbolic link points to is replaced, not the link.
        Path target = Files.isSymbolicLink(path) && Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path name = target.getFileName();
        if (name == null
                || name.toString().isEmpty()
                || name.toString().equals(".")
                || name.toString().equals("..")) {
            throw new IOException("package: \"" + path + "\" is not a name for a new package; give one");
        }
        if (!Files.isDirectory(target.getParent())) {
            throw new IOException("package: " + path + " cannot be written: the folder " + target.getParent()
                    + " does not exist; create it first");
        }
        return target;
    }

    private static void checkFree(Path path, Path target, boolean replace) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!replace) {
            throw new IOException("package: " + path
                    + " exists already; choose another name, or replace it with ModelPackageWriter.replacing()");
        }
        if (!(Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS) ? isPackage(target) : isZip(path, target))) {
            throw new IOException("package: " + path
                    + " is not a model package, or holds other things too, and is not replaced; choose another name");
        }
    }

    /** Whether there is a manifest, and nothing that a package has not: what is deleted must not be anything else. */
    private static boolean isPackage(Path target) throws IOException {
        if (!Files.exists(PackageFile.MANIFEST.in(target))) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                boolean known = name.startsWith(".") || PackageFile.named(name).isPresent();
                if (!known || Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The same of a zip, which can only give way to another one. */
    private static boolean isZip(Path path, Path target) throws IOException {
        if (!PackageFiles.isZipName(path) || !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (ZippedFiles zip = new ZippedFiles(target)) {
            return zip.names().contains(PackageFile.MANIFEST.toString())
                    && zip.names().stream()
                            .allMatch(name -> PackageFile.named(name).isPresent());
        } catch (IOException e) {
            return false; // whatever it is, it is not what may be replaced
        }
    }

    /** The former package, if the process that replaced it died between the two renames. */
    static Optional<Path> interrupted(Path path) {
        Path target = path.toAbsolutePath();
        if (target.getFileName() == null || !Files.isDirectory(target.getParent())) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(target.getParent(), entry -> {
            String name = entry.getFileName().toString();
            return name.startsWith("." + target.getFileName() + ".") && name.endsWith(ASIDE);
        })) {
            Iterator<Path> found = entries.iterator();
            return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
        } catch (IOException e) {
            // It is only for a hint in the message of another exception, which is on its way.
            return Optional.empty();
        }
    }

    private static void discard(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Files.deleteIfExists(entry);
            }
            Files.deleteIfExists(folder);
        } catch (IOException second) {
            // Either what failed before is on its way to the caller, or the new package is in place, and only remains
            // of the old one take up space under a hidden name.
        }
    }

    /** Makes names survive a power cut, where the system lets a folder be opened; Windows does not. */
    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            // The files are complete either way; when their names reach the disk is left to the system.
        }
    }
}
