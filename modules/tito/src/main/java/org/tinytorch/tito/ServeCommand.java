package org.tinytorch.tito;

import picocli.CommandLine.Command;

/** {@code tito serve PACKAGE}: the model server. */
@Command(
        name = "serve",
        description = "Serve a packaged model over HTTP, with a page to try it; with --mine on what you have written.")
final class ServeCommand extends ProgramCommand {
    ServeCommand() {
        super("org.tinytorch.milestones.ServeCommand");
    }
}
