package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.SafeTensors;

/** Writes folders such as other milestones leave, without a training. */
final class SpeedupFolders {
    private SpeedupFolders() {}

    /** What of a checkpoint of the milestone {@code cifar10} is looked at. */
    static void writeCnn(Path folder, Layer network, String model, Cifar10Data images) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        network.stateDict().forEach((name, tensor) -> tensors.put("model." + name, tensor));
        Map<String, String> settings = Map.of(
                "setting.model", model,
                "setting.tested_on", images.tested(),
                "setting.train_images", Integer.toString(images.train().size()));
        new SafeTensors(tensors, settings).write(folder.resolve("checkpoint.safetensors"));
    }
}
