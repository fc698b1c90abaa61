package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.interop.PackageManifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./tito package verify PATH}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Verify that a package is as it was written: nothing is missing, added or changed.")
final class PackageVerify implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", description = "the folder or the zip")
    Path path;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PackageManifest manifest = ModelPackage.verify(path);
        long bytes = manifest.files().values().stream()
                .mapToLong(PackageManifest.Entry::bytes)
                .sum();
        spec.commandLine()
                .getOut()
                .println(String.format(
                        Locale.ROOT,
                        "%s is as it was written: %s, %d files and the manifest, %,d bytes.",
                        path,
                        manifest.kind(),
                        manifest.files().size(),
                        bytes));
        return 0;
    }
}
