package org.tinytorch.tito.course;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A zip file of texts. */
final class TextArchive {

    private TextArchive() {}

    /** Writes texts by name; the file is there whole or not at all, and equal texts give equal bytes. */
    static void write(Path file, SortedMap<String, String> texts) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            Path fresh = Files.createTempFile(directory, "archive", ".new");
            try (OutputStream out = Files.newOutputStream(fresh);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                for (Map.Entry<String, String> text : texts.entrySet()) {
                    ZipEntry entry = new ZipEntry(text.getKey());
                    entry.setTime(0);
                    zip.putNextEntry(entry);
                    zip.write(text.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CourseException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** The texts by name. */
    static SortedMap<String, String> read(Path file) {
        SortedMap<String, String> texts = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                texts.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
            return texts;
        } catch (IOException e) {
            throw new CourseException(file + " is not a readable archive: " + e.getMessage(), e);
        }
    }
}
