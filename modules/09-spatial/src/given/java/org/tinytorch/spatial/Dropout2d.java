// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/Dropout2d.java. Read it, don't edit it.
package org.tinytorch.spatial;

import java.util.List;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Stochastic;

/**
 * While training, sets whole feature maps to 0 with probability p and divides the others by 1 − p, like {@code torch.nn.Dropout2d}: neighbouring pixels know so much
 * of each other that losing single ones teaches nothing (Tompson et al., 2015). In evaluation mode it returns its input {@code (N, C, H, W)}.
 */
public final class Dropout2d extends Layer implements Stochastic {
    private final double p;
    private final Generator generator;
    private final Dropout maps; // no child: this layer's mode decides, and it is only asked while training

    /**
     * A dropout that draws from a generator, one number per feature map.
     *
     * @param p the probability of losing a feature map, from 0 to 1
     * @throws IllegalArgumentException if p is outside that range
     */
    public Dropout2d(double p, Generator generator) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("dropout2d: p = " + p + " is not a probability; use 0 to 1");
        }
        this.p = p;
        this.generator = generator;
        this.maps = new Dropout(p, generator);
    }

    /** The probability of losing a feature map. */
    public double p() {
        return p;
    }

    /** Where the random numbers come from; a checkpoint keeps its state. */
    @Override
    public List<Generator> generators() {
        return List.of(generator);
    }

    @Override
    protected Tensor compute(Tensor x) {
        ImageShape.check("dropout2d", x.shape());
        return isTraining() && p > 0 ? x.mul(maps.forward(Tensors.ones(x.dim(0), x.dim(1), 1, 1))) : x;
    }

    @Override
    protected String options() {
        return "p=" + p;
    }
}
