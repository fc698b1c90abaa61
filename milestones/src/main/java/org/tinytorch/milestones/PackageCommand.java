package org.tinytorch.milestones;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tito package}: makes packages of trained models, verifies them, shows what they hold and exports them. Exit codes: 0 all is well, 1 something is not, 2 bad usage. */
@Command(
        name = "package",
        mixinStandardHelpOptions = true,
        versionProvider = Milestone.Version.class,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "A model package is a trained model with all that is needed to use it: weights, architecture, labels or tokenizer, what is done to"
                    + " an image first, how good it is, and checksums. It is a folder, or a zip of one."
        },
        subcommands = {PackageMake.class, PackageVerify.class, PackageShow.class, PackageExport.class},
        footer = {
            "",
            "./tito package make digits",
            "./tito package show packages/digits",
            "./tito package make cifar10 --float32 --out photographs.zip",
            "./tito package verify photographs.zip",
            "./tito package export packages/digits digits.onnx",
            "",
            "package COMMAND --help says more about one of them."
        })
public final class PackageCommand implements Runnable {
    @Spec
    CommandSpec spec;

    /** Made by picocli. */
    PackageCommand() {}

    /** Runs it. */
    public static void main(String... args) {
        System.exit(Milestones.execute(commandLine(), args));
    }

    static CommandLine commandLine() {
        return Milestones.commandLine(new PackageCommand());
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "package what? make, verify, show or export");
    }
}
