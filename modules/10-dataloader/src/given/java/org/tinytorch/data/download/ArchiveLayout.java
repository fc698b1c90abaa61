// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/ArchiveLayout.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a {@code .tar.gz} archive may hold: one folder, in it the files of the data set, and perhaps others that nobody needs. Anything else is refused.
 *
 * @param folder the name of the folder
 * @param files what must be there, with exact sizes
 * @param extras what may be there besides, by name, with the largest size in bytes; it is unpacked too
 */
public record ArchiveLayout(String folder, List<RemoteFile> files, Map<String, Long> extras) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a name occurs twice or could lead elsewhere, if there are no files, or if an extra may have no bytes
     */
    public ArchiveLayout {
        RemoteFile.requireName(folder);
        files = List.copyOf(files);
        extras = Map.copyOf(extras);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("archive " + folder + ": lists no files");
        }
        Set<String> names = new LinkedHashSet<>(extras.keySet());
        for (RemoteFile file : files) {
            if (!names.add(file.name())) {
                throw new IllegalArgumentException("archive " + folder + ": " + file.name() + " is listed twice");
            }
        }
        for (Map.Entry<String, Long> extra : extras.entrySet()) {
            RemoteFile.requireName(extra.getKey());
            if (extra.getValue() < 1) {
                throw new IllegalArgumentException("archive " + folder + ": " + extra.getKey() + " may have "
                        + extra.getValue() + " bytes; must be 1 or more");
            }
        }
    }

    /** The most that can come out of it, in bytes. */
    public long unpackedBytes() {
        return files.stream().mapToLong(RemoteFile::bytes).sum()
                + extras.values().stream().mapToLong(Long::longValue).sum();
    }
}
