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

/** Writes the folder of a package as a whole or not at all, as {@link org.tinytorch.training.AtomicFile} does a file. */
final class AtomicFolder {
    private static final String TEMPORARY = ".tmp";
    private static final String ASIDE = ".old";

    private AtomicFolder() {}

    /** What is to be in the folder. Each file must be forced to the disk. */
    @FunctionalInterface
    interface Content {
        void writeTo(Path folder) throws IOException;
    }

    /** The step that makes things visible, so that a test can let it fail, or die there. */
    interface Disk {
        /** The real one. */
        Disk REAL = new Disk() {};

        default void rename(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    static void write(Path folder, boolean replace, Content content, Disk disk) throws IOException {
        Path target = target(folder);
        Path parent = target.getParent();
        checkFree(folder, target, replace);
        String hidden = "." + target.getFileName() + "." + UUID.randomUUID();
        Path temporary = parent.resolve(hidden + TEMPORARY);
        Files.createDirectory(temporary);
        try {
            content.writeTo(temporary);
            force(temporary);
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                checkFree(folder, target, replace); // somebody may have been faster
                replace(target, temporary, parent.resolve(hidden + ASIDE), disk);
            } else {
                disk.rename(temporary, target);
            }
        } finally {
            discard(temporary); // after the rename there is nothing left to delete
        }
        force(parent);
    }

    private static void replace(Path target, Path temporary, Path aside, Disk disk) throws IOException {
        disk.rename(target, aside);
        try {
            disk.rename(temporary, target);
        } catch (IOException e) {
            disk.rename(aside, target);
            throw e;
        }
        discard(aside);
    }

    private static Path target(Path folder) throws IOException {
        // The folder that a symbolic link points to is replaced, not the link.
        Path target =
                Files.isSymbolicLink(folder) && Files.exists(folder) ? folder.toRealPath() : folder.toAbsolutePath();
        Path name = target.getFileName();
        if (name == null
                || name.toString().isEmpty()
                || name.toString().equals(".")
                || name.toString().equals("..")) {
            throw new IOException("package: \"" + folder + "\" is not a name for a new folder; give one");
        }
        if (!Files.isDirectory(target.getParent())) {
            throw new IOException("package: " + folder + " cannot be written: the folder " + target.getParent()
                    + " does not exist; create it first");
        }
        return target;
    }

    private static void checkFree(Path folder, Path target, boolean replace) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!replace) {
            throw new IOException("package: " + folder
                    + " exists already; choose another name, or replace it with ModelPackageWriter.replacing()");
        }
        if (!isPackage(target)) {
            throw new IOException("package: " + folder
                    + " is not a model package, or holds other things too, and is not replaced; choose another name");
        }
    }

    /** Whether there is a manifest, and nothing that a package has not: what is deleted must not be anything else. */
    private static boolean isPackage(Path target) throws IOException {
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS) || !Files.exists(PackageFile.MANIFEST.in(target))) {
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

    /** The former package, if the process that replaced it died between the two renames. */
    static Optional<Path> interrupted(Path folder) {
        Path target = folder.toAbsolutePath();
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
