package org.tinytorch.interop;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipOutputStream;

/** Makes one file of a package's folder: a zip with the manifest first and then the others by name, none compressed, so that the same package has the same bytes. */
final class PackageZip {
    private static final String NAME = "package.zip";

    private PackageZip() {}

    /**
     * Writes the zip into the folder itself.
     *
     * @param folder with a manifest and the files that it lists
     * @return the zip
     */
    static Path write(Path folder, PackageManifest manifest, AtomicPackage.Disk disk) throws IOException {
        List<String> names = new ArrayList<>(List.of(PackageFile.MANIFEST.toString()));
        names.addAll(manifest.files().keySet());
        Path zip = folder.resolve(NAME);
        disk.write(zip, channel -> {
            OutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(channel));
            try (ZipOutputStream out = new ZipOutputStream(buffered, StandardCharsets.UTF_8)) {
                for (String name : names) {
                    Path file = folder.resolve(name);
                    out.putNextEntry(ZipEntries.stored(name, Files.size(file), crc(file)));
                    Files.copy(file, out);
                    out.closeEntry();
                }
            }
        });
        return zip;
    }

    private static long crc(Path file) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return crc.getValue();
    }
}
