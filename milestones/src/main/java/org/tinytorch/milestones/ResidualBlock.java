package org.tinytorch.milestones;

import org.tinytorch.activation.Activations;
import org.tinytorch.nn.Layer;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;

/**
 * Two convolutions that learn what to add to their input, {@code relu(F(x) + x)} (He et al., 2015, figure 2). The gradient flows past them along the sum, which is
 * why networks of such blocks can be deep. Keeps the shape {@code (N, channels, H, W)}.
 */
final class ResidualBlock extends Layer {
    ResidualBlock(int channels, Generator generator) {
        child("conv1", Cifar10Models.conv3(channels, channels, 1, generator));
        child("norm1", new BatchNorm2d(channels));
        child("conv2", Cifar10Models.conv3(channels, channels, 1, generator));
        child("norm2", new BatchNorm2d(channels));
    }

    @Override
    protected Tensor compute(Tensor x) {
        Tensor inner = Activations.relu(child("norm1").forward(child("conv1").forward(x)));
        return Activations.relu(
                child("norm2").forward(child("conv2").forward(inner)).add(x));
    }
}
