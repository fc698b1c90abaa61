// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/PassThrough.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.Set;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.ELU;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.GELU;
import org.tinytorch.nn.Identity;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.LeakyReLU;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.SiLU;
import org.tinytorch.nn.Sigmoid;
import org.tinytorch.nn.Softplus;
import org.tinytorch.nn.Tanh;
import org.tinytorch.spatial.AdaptiveAvgPool2d;
import org.tinytorch.spatial.AvgPool2d;
import org.tinytorch.spatial.Dropout2d;
import org.tinytorch.spatial.GlobalAvgPool2d;
import org.tinytorch.spatial.GlobalMaxPool2d;
import org.tinytorch.spatial.MaxPool2d;

/** Layers without weights, through which each channel goes by itself. */
final class PassThrough {
    private static final Set<Class<? extends Layer>> ELEMENTWISE = Set.of(
            ReLU.class,
            LeakyReLU.class,
            ELU.class,
            GELU.class,
            SiLU.class,
            Sigmoid.class,
            Softplus.class,
            Tanh.class,
            Identity.class,
            Dropout.class);

    private static final Set<Class<? extends Layer>> OF_IMAGES =
            Set.of(MaxPool2d.class, AvgPool2d.class, AdaptiveAvgPool2d.class, Dropout2d.class);

    private PassThrough() {}

    /** Whether every number is changed by itself. */
    static boolean isElementwise(Layer layer) {
        return ELEMENTWISE.contains(layer.getClass());
    }

    /**
     * Whether what comes in as channel c goes out as channel c, and nothing of it elsewhere.
     *
     * @param image whether the units are channels {@code (N, C, H, W)}; others lie along the last axis, along which pools would mix them
     */
    static boolean keepsUnitsApart(Layer layer, boolean image) {
        return isElementwise(layer) || image && OF_IMAGES.contains(layer.getClass());
    }

    /** Whether images {@code (N, C, H, W)} become vectors {@code (N, …)}, one channel after the other. Where there are no images, flattening vectors changes nothing. */
    static boolean endsImage(Layer layer, boolean image) {
        return image && (layer instanceof GlobalAvgPool2d || layer instanceof GlobalMaxPool2d)
                || layer instanceof Flatten flatten && flatten.startAxis() == 1;
    }
}
