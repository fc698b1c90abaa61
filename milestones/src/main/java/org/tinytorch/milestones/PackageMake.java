package org.tinytorch.milestones;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tito package make NAME}: the models that can be packaged. */
@Command(
        name = "make",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "NAME",
        description = "Package what a milestone has trained; the digits are learnt on the spot.",
        subcommands = {PackageDigits.class, PackageCifar10.class, PackageGpt.class},
        footer = {"", "make NAME --help says more about one of them."})
final class PackageMake implements Runnable {
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "make a package of what? digits, cifar10 or gpt");
    }
}
