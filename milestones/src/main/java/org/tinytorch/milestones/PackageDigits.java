package org.tinytorch.milestones;

import java.util.Map;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.UciDigits;
import org.tinytorch.interop.ImagePreprocessing;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.tensor.Generator;
import org.tinytorch.training.ProgressListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A network that reads digits, trained now. */
@Command(
        name = "digits",
        header = "A CNN that reads handwritten digits, trained now.",
        description = {
            "It learns, in some seconds, from the 1797 UCI digits of 8 by 8 pixels that come with TinyTorch. A fifth of them is held back, and its accuracy"
                    + " measured on them.",
            ""
        })
final class PackageDigits extends PackageMaker {
    private static final double TEST = 0.2;
    private static final double LEARNING_RATE = 1e-3;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "rounds through the training images; by default ${DEFAULT-VALUE}",
            defaultValue = "40")
    int epochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "start of the random numbers; by default ${DEFAULT-VALUE}",
            defaultValue = "1")
    long seed;

    @Override
    ModelPackage make() {
        if (epochs < 1) {
            throw new ParameterException(spec.commandLine(), "--epochs is " + epochs + ", but must be 1 or more");
        }
        DataSplit digits = UciDigits.load().split(TEST, new Generator(seed));
        say("%s to learn from, %s to be tested on.", digits.train(), digits.test());
        ProgressListener progress = ProgressListener.of(spec.commandLine().getOut(), Help.Ansi.AUTO.enabled());
        DigitsTraining.Trained trained = new DigitsTraining(epochs, LEARNING_RATE, seed, progress)
                .train(DigitModel.CNN, digits.train(), digits.train(), digits.test());
        // The training takes pixels from 0 to 1 as they are.
        return ModelPackage.classifier(trained.model(), digits.train().classNames())
                .preprocessing(ImagePreprocessing.none(digits.train().imageShape()))
                .metrics(Map.of(
                        "test_accuracy",
                        trained.accuracy(digits.test()),
                        "test_images",
                        (double) digits.test().size(),
                        "parameters",
                        (double) trained.model().parameterCount()));
    }
}
