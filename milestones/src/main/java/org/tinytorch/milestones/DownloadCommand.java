package org.tinytorch.milestones;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.tinytorch.data.download.CacheDirectory;
import org.tinytorch.data.download.Datasets;
import org.tinytorch.data.download.Downloader;
import org.tinytorch.data.download.Patience;
import org.tinytorch.data.download.RemoteDataset;
import org.tinytorch.data.download.RemoteFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ./tito download NAME}: fetches a data set for the milestones. Exit codes: 0 it is there, 1 it is not, 2 bad usage. */
@Command(
        name = "download",
        mixinStandardHelpOptions = true,
        versionProvider = Milestone.Version.class,
        usageHelpAutoWidth = true,
        description = {
            "Download a data set, check it and unpack it. What is there already is not fetched again, and an interrupted"
                    + " download (Ctrl-C is fine) goes on where it ended.",
            "",
            "It goes to ~/.cache/tinytorch/NAME, or $XDG_CACHE_HOME/tinytorch/NAME where that variable is set, or to NAME"
                    + " below the folder that Java's property tinytorch.cache gives; --to names another place.",
            "Where there is no network, put the files listed below there by hand and run the command: it checks and"
                    + " unpacks them.",
            ""
        })
public final class DownloadCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NAME",
            converter = ByName.class,
            description = "cifar10, mnist or fashion-mnist; more about each below")
    RemoteDataset dataset;

    @Option(names = "--to", paramLabel = "DIR", description = "the folder to put it into; made if need be")
    Optional<Path> to;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "a mirror: the folder that holds the files listed below, or of a single file its own address;"
                    + " sizes and checksums must be the same")
    Optional<URI> url;

    @Spec
    CommandSpec spec;

    /** Made by picocli. */
    DownloadCommand() {}

    /** Runs it. */
    public static void main(String... args) {
        System.exit(Milestones.execute(commandLine(), args));
    }

    static CommandLine commandLine() {
        CommandLine command = Milestones.commandLine(new DownloadCommand());
        command.getCommandSpec().usageMessage().footer(footer().toArray(String[]::new));
        return command;
    }

    @Override
    public Integer call() throws IOException {
        RemoteDataset chosen = fromMirror();
        Path directory = to.orElseGet(() -> CacheDirectory.of(chosen));
        PrintWriter out = spec.commandLine().getOut();
        try (DownloadLines shown = Help.Ansi.AUTO.enabled() ? new DownloadBars(out) : new DownloadLines(out)) {
            Path folder = new Downloader(Patience.standard(), shown).fetch(chosen, directory);
            shown.say(chosen.name() + " is in " + folder.toAbsolutePath());
        }
        return 0;
    }

    private RemoteDataset fromMirror() {
        try {
            return url.map(dataset::from).orElse(dataset);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--url: " + e.getMessage(), e);
        }
    }

    private static List<String> footer() {
        List<String> lines = new ArrayList<>();
        for (RemoteDataset dataset : Datasets.all()) {
            lines.add("");
            lines.add(dataset.name() + ": " + dataset.title() + ".");
            lines.add("  " + dataset.terms());
            dataset.archive()
                    .ifPresent(layout -> lines.add(String.format(
                            Locale.ROOT,
                            "  Unpacked in a folder %s: up to %,d bytes.",
                            layout.folder(),
                            layout.unpackedBytes())));
            lines.add("  " + dataset.address());
            for (RemoteFile file : dataset.downloads()) {
                lines.add(String.format(Locale.ROOT, "    %s, %,d bytes", file.name(), file.bytes()));
                lines.add("    " + file.checksum());
            }
        }
        lines.add("");
        lines.add("./tito download fashion-mnist");
        lines.add("./tito milestone digits --data ~/.cache/tinytorch/fashion-mnist");
        lines.add("");
        lines.add("Behind a proxy, set (for addresses with http, the same with http):");
        lines.add("JAVA_TOOL_OPTIONS='-Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT'");
        return lines;
    }

    /** A name as the user types it. */
    static final class ByName implements CommandLine.ITypeConverter<RemoteDataset> {
        @Override
        public RemoteDataset convert(String name) {
            return Datasets.named(name)
                    .orElseThrow(() -> new TypeConversionException("no data set is called '" + name
                            + "'; choose one of "
                            + Datasets.all().stream().map(RemoteDataset::name).collect(Collectors.joining(", "))));
        }
    }
}
