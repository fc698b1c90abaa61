package org.tinytorch.milestones;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.interop.ModelPackageWriter;
import org.tinytorch.training.DataType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the makers of packages share: where the package goes, and how it is written. */
@Command(mixinStandardHelpOptions = true, usageHelpAutoWidth = true)
abstract class PackageMaker implements Callable<Integer> {
    private static final Path FOLDER = Path.of("packages");

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description =
                    "the folder that becomes the package, or a name that ends in .zip for a single file; by default"
                            + " packages/NAME")
    Optional<Path> out;

    @Option(
            names = "--float32",
            description = "keep the weights in single precision: half the size, and results differ in the last digits")
    boolean float32;

    @Option(names = "--replace", description = "replace a package of that name; anything else stays")
    boolean replace;

    @Spec
    CommandSpec spec;

    /** The model with all that belongs to it, measured; may take a while and say so. */
    abstract ModelPackage make() throws IOException;

    @Override
    public final Integer call() throws IOException {
        Path target = out.orElse(FOLDER.resolve(spec.name()));
        ModelPackageWriter writer = new ModelPackageWriter(float32 ? DataType.F32 : DataType.F64, replace);
        checkFree(target, writer); // what is wrong with the name must not come out after a training
        ModelPackage pack = make();
        writer.write(pack, target);
        say("%s is a package: %s, %s.", target, pack.kind(), PackageShow.metrics(pack));
        say("./tito package show %s says what is in it, ./tito serve %s serves it.", target, target);
        return 0;
    }

    private void checkFree(Path target, ModelPackageWriter writer) throws IOException {
        if (Files.exists(target) && !replace) {
            throw new IOException(target + " exists already; name another with --out, or give --replace");
        }
        Path parent = target.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        writer.checkFree(target);
    }

    final void say(String format, Object... arguments) {
        PrintWriter screen = spec.commandLine().getOut();
        screen.println(String.format(Locale.ROOT, format, arguments));
        screen.flush();
    }
}
