package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.EpochResult;
import org.tinytorch.training.History;
import org.tinytorch.training.SafeTensors;

/** Writes folders such as other milestones leave, without a training. */
final class SpeedupFolders {
    private static final int EPOCHS = 6;

    private SpeedupFolders() {}

    /** What of a checkpoint of the milestone {@code cifar10} is looked at, after all its epochs. */
    static void writeCnn(Path folder, Layer network, String model, Cifar10Data images) throws IOException {
        writeCnn(folder, network, model, images, EPOCHS);
    }

    /** The same, ended after some of six epochs. */
    static void writeCnn(Path folder, Layer network, String model, Cifar10Data images, int done) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        network.stateDict().forEach((name, tensor) -> tensors.put("model." + name, tensor));
        History history = new History();
        for (int epoch = 1; epoch <= done; epoch++) {
            history = history.plus(new EpochResult(epoch, Map.of("val_accuracy", 0.5)));
        }
        Map<String, String> settings = Map.of(
                "history", history.toJson(),
                "setting.epochs", Integer.toString(EPOCHS),
                "setting.model", model,
                "setting.tested_on", images.tested(),
                "setting.train_images", Integer.toString(images.train().size()));
        Files.createDirectories(folder);
        new SafeTensors(tensors, settings).write(folder.resolve("checkpoint.safetensors"));
    }
}
