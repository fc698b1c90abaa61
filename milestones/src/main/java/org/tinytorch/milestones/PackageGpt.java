package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.training.Evaluator;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.LanguageModelLoss;
import org.tinytorch.transformer.SequentialWindows;
import org.tinytorch.transformer.TokenLoss;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The GPT that the milestone {@code gpt} has trained. */
@Command(
        name = "gpt",
        header = "The GPT that ./tito milestone gpt has trained, with its tokenizer.",
        description = {"Its loss is measured on the last tenth of the text, which it has not learnt from.", ""})
final class PackageGpt extends PackageMaker {
    private static final int BATCH = 64;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "where the milestone left its weights; by default ${DEFAULT-VALUE}",
            defaultValue = "runs/gpt")
    Path from;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "the text that it learnt from, if that was not the tales that come with the project")
    Optional<Path> data;

    @Override
    ModelPackage make() throws IOException {
        GptText text = GptText.load(data);
        TrainedGpt trained = trained(text);
        Gpt model = trained.model();
        int[] tokens = trained.tokenizer().encode(text.validation());
        say("Measuring the GPT of %s on %,d tokens of %s …", from, tokens.length - 1, text.name());
        double loss = new Evaluator(model, new LanguageModelLoss(), new TokenLoss())
                .evaluate(new SequentialWindows(tokens, model.config().contextLength(), BATCH))
                .get("token_loss");
        return ModelPackage.languageModel(model, trained.tokenizer())
                .metrics(
                        Map.of("validation_loss", loss, "validation_tokens", tokens.length - 1.0, "parameters", (double)
                                model.parameterCount()));
    }

    private TrainedGpt trained(GptText text) throws IOException {
        try {
            return TrainedGpt.read(from, text);
        } catch (IOException e) {
            if (data.isEmpty() && Files.exists(new RunFolder(from).checkpoint())) { // perhaps only the text is another
                throw new IOException(e.getMessage() + ". A text of your own is named with --data", e);
            }
            throw e;
        }
    }
}
