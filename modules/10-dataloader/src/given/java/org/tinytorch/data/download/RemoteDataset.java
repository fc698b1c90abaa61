// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/RemoteDataset.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A data set that can be fetched: which files, from where, and what comes of them.
 *
 * @param name what users call it, such as {@code cifar10}; also the name of its cache directory
 * @param title its full name and what it holds
 * @param terms what is known of its licence, and whom to cite
 * @param address the folder that its files are in, an http or https address; {@link #from} gives a mirror
 * @param downloads the files to fetch
 * @param archive what is in the one file to fetch, if that is an archive
 */
public record RemoteDataset(
        String name,
        String title,
        String terms,
        URI address,
        List<RemoteFile> downloads,
        Optional<ArchiveLayout> archive) {
    /**
     * Checks that the parts fit together.
     *
     * @throws IllegalArgumentException if there is nothing to fetch, if an archive comes in several files, or if the address is not one of http or https
     */
    public RemoteDataset {
        RemoteFile.requireName(name);
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(terms, "terms");
        Objects.requireNonNull(archive, "archive");
        downloads = List.copyOf(downloads);
        if (downloads.isEmpty() || (archive.isPresent() && downloads.size() > 1)) {
            throw new IllegalArgumentException("data set " + name + ": has " + downloads.size()
                    + " files to fetch; must be one archive, or one or more files");
        }
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!List.of("http", "https").contains(scheme) || address.getHost() == null) {
            throw new IllegalArgumentException("data set " + name + ": '" + address
                    + "' is not an address to download from; it must begin with http:// or https:// and name a host");
        }
    }

    /**
     * The same data set from a mirror. The sizes and checksums stay: a mirror holds the same files or none.
     *
     * @param mirror the folder there; for a data set of one file also the address of that file itself
     * @throws IllegalArgumentException if it is not an http or https address
     */
    public RemoteDataset from(URI mirror) {
        return new RemoteDataset(name, title, terms, mirror, downloads, archive);
    }

    /** Where a file is fetched. */
    public URI addressOf(RemoteFile file) {
        String whole = address.toString();
        boolean fileItself =
                downloads.size() == 1 && (whole.endsWith("/" + file.name()) || address.getRawQuery() != null);
        return fileItself ? address : URI.create(whole + (whole.endsWith("/") ? "" : "/") + file.name());
    }

    /**
     * The folder that holds the data set's own files once it has been fetched into a directory: the directory itself, or the folder out of the archive.
     */
    public Path folder(Path directory) {
        return archive.map(layout -> directory.resolve(layout.folder())).orElse(directory);
    }

    /** The files that make up the data set in {@link #folder}. */
    public List<RemoteFile> files() {
        return archive.map(ArchiveLayout::files).orElse(downloads);
    }

    /** What to do by hand where there is no network. */
    String byHand(Path directory) {
        String files = downloads.stream()
                .map(file -> "  " + addressOf(file) + " (" + file.facts() + ")")
                .collect(Collectors.joining("\n"));
        return "Without a network here, fetch on another machine\n" + files + "\nput "
                + (downloads.size() == 1 ? "it" : "them") + " into " + directory.toAbsolutePath()
                + " and start the download again: it takes what is there, checks it"
                + (archive.isPresent() ? " and unpacks it." : ".");
    }
}
