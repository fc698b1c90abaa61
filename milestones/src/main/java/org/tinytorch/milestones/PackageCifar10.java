package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.tinytorch.data.Cifar10;
import org.tinytorch.interop.ImagePreprocessing;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Layer;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Evaluator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The network for photographs that the milestone {@code cifar10} has trained. */
@Command(
        name = "cifar10",
        header = "The network for photographs that ./tito milestone cifar10 has trained.",
        description = {
            "It is measured on the images that it was not trained on, so CIFAR-10 is needed: ./tito download cifar10 fetches it.",
            ""
        })
final class PackageCifar10 extends PackageMaker {
    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "where the milestone left its checkpoint; by default ${DEFAULT-VALUE}",
            defaultValue = "runs/cifar10/small")
    Path from;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "folder with the images, as the milestone takes it; by default where ./tito download cifar10 puts"
                            + " them")
    Optional<Path> data;

    @Override
    ModelPackage make() throws IOException {
        TrainedCifar10.checkpoint(from); // before the images, of which there is no need without it
        Cifar10Data images = Cifar10Data.load(data);
        Layer network = TrainedCifar10.read(from, images);
        images.remark().ifPresent(remark -> say("%s", remark));
        say("Measuring the network of %s on %s …", from, images.test());
        double accuracy = new Evaluator(network, new CrossEntropyLoss(), new Accuracy())
                .evaluate(images.testLoader())
                .get("accuracy");
        return ModelPackage.classifier(network, Cifar10.CLASS_NAMES)
                .preprocessing(new ImagePreprocessing(images.train().imageShape(), images.normalize()))
                .metrics(Map.of(
                        images.heldOut() ? "held_out_accuracy" : "test_accuracy",
                        accuracy,
                        "test_images",
                        (double) images.test().size(),
                        "parameters",
                        (double) network.parameterCount()));
    }
}
