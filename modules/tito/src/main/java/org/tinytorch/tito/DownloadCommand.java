package org.tinytorch.tito;

import picocli.CommandLine.Command;

/** {@code tito download NAME}: the library's downloader, which knows the data sets. */
@Command(name = "download", description = "Download a data set for the milestones: cifar10, mnist or fashion-mnist.")
final class DownloadCommand extends ProgramCommand {
    DownloadCommand() {
        super("org.tinytorch.milestones.DownloadCommand");
    }
}
