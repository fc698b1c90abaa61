package org.tinytorch.milestones;

import org.tinytorch.activation.Activations;
import org.tinytorch.nn.Identity;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;

/**
 * Two convolutions that learn what to add to their input, {@code relu(F(x) + x)} (He et al., 2015, figure 2). The gradient flows past them along the sum, which is
 * why networks of such blocks can be deep.
 *
 * <p>Shapes: {@code (N, in, H, W)} to {@code (N, out, ⌈H/stride⌉, ⌈W/stride⌉)}. Where they differ, the way past is a 1x1 convolution.
 */
final class ResidualBlock extends Layer {
    ResidualBlock(int in, int out, int stride, Generator generator) {
        child("conv1", Cifar10Models.conv3(in, out, stride, generator));
        child("norm1", new BatchNorm2d(out));
        child("conv2", Cifar10Models.conv3(out, out, 1, generator));
        child("norm2", new BatchNorm2d(out));
        child(
                "shortcut",
                in == out && stride == 1
                        ? new Identity()
                        : new Sequential(Cifar10Models.conv1(in, out, stride, generator), new BatchNorm2d(out)));
    }

    @Override
    protected Tensor compute(Tensor x) {
        Tensor inner = Activations.relu(child("norm1").forward(child("conv1").forward(x)));
        Tensor learnt = child("norm2").forward(child("conv2").forward(inner));
        return Activations.relu(learnt.add(child("shortcut").forward(x)));
    }
}
