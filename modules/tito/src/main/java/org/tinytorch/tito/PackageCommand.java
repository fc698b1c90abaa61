package org.tinytorch.tito;

import picocli.CommandLine.Command;

/** {@code tito package make|verify|show}: packages of trained models. */
@Command(
        name = "package",
        description = "Make a package of a trained model (digits, cifar10 or gpt), verify one, or show what is in it.")
final class PackageCommand extends ProgramCommand {
    PackageCommand() {
        super("org.tinytorch.milestones.PackageCommand");
    }
}
