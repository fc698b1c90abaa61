package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.interop.OnnxExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./tito package export PATH FILE.onnx}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Write a package's model as an ONNX file, in single precision, which ONNX Runtime and others run in many languages. Labels, preprocessing and metrics go into its metadata.")
final class PackageExport implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "PATH", description = "the folder or the zip")
    Path path;

    @Parameters(index = "1", paramLabel = "FILE", description = "the ONNX file, such as digits.onnx")
    Path file;

    @Option(names = "--replace", description = "replace a file of that name")
    boolean replace;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(file) && !replace) {
            throw new IOException(file + " exists already; name another, or give --replace");
        }
        ModelPackage pack = ModelPackage.read(path);
        new OnnxExport().write(pack, file);
        spec.commandLine()
                .getOut()
                .println(String.format(
                        Locale.ROOT, "%s is the %s %s as ONNX: %,d bytes.", file, pack.kind(), path, Files.size(file)));
        return 0;
    }
}
