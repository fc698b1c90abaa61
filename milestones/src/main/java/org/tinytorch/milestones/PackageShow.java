package org.tinytorch.milestones;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.tinytorch.interop.ImagePreprocessing;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.interop.PackageManifest;
import org.tinytorch.transformer.GptConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./tito package show PATH}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Show what a package holds: kind, labels or tokenizer, metrics, files with their sizes, and the layers.")
final class PackageShow implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", description = "the folder or the zip")
    Path path;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PackageManifest manifest = ModelPackage.verify(path);
        ModelPackage pack = ModelPackage.read(path);
        line("kind", pack.kind().toString());
        line("parameters", String.format(Locale.ROOT, "%,d", pack.model().parameterCount()));
        if (!pack.labels().isEmpty()) {
            line("labels", pack.labels().size() + ": " + String.join(", ", pack.labels()));
        }
        pack.preprocessing().ifPresent(this::show);
        pack.tokenizer()
                .ifPresent(tokenizer -> line(
                        "tokenizer",
                        tokenizer.getClass().getSimpleName() + ", " + tokenizer.vocabularySize() + " tokens"));
        if (pack.tokenizer().isPresent()) {
            show(pack.gpt().config());
        }
        if (!pack.metrics().isEmpty()) {
            line("metrics", metrics(pack));
        }
        line("files", files(manifest));
        PrintWriter screen = spec.commandLine().getOut();
        screen.println();
        screen.println(pack.model());
        return 0;
    }

    private void show(ImagePreprocessing preprocessing) {
        line(
                "image",
                preprocessing.image() + ", pixels 0 to 1, less "
                        + preprocessing.normalize().mean() + ", divided by "
                        + preprocessing.normalize().deviation());
    }

    private void show(GptConfig config) {
        line(
                "gpt",
                config.layers() + " layers, " + config.heads() + " heads, width " + config.width() + ", context "
                        + config.contextLength());
    }

    private void line(String name, String value) {
        spec.commandLine().getOut().println(String.format(Locale.ROOT, "%-12s%s", name, value));
    }

    private static String files(PackageManifest manifest) {
        return manifest.files().entrySet().stream()
                .map(file -> String.format(
                        Locale.ROOT,
                        "%s %,d bytes",
                        file.getKey(),
                        file.getValue().bytes()))
                .collect(Collectors.joining(", "));
    }

    /** How good a model is, in a line. */
    static String metrics(ModelPackage pack) {
        return pack.metrics().entrySet().stream()
                .map(metric -> metric.getKey() + " " + number(metric.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** A count as a whole number, and anything else with four digits behind the point. */
    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%.4f", value);
    }
}
