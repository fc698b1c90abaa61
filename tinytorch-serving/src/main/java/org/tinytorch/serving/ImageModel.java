package org.tinytorch.serving;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tinytorch.activation.Activations;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.interop.ImagePreprocessing;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * A classifier of a package, with its preprocessing. For one thread.
 *
 * @param model in evaluation mode
 * @param classes how many there are
 */
record ImageModel(Layer model, ImagePreprocessing preprocessing, int classes) implements MicroBatcher.Model {
    @Override
    public List<double[]> probabilities(List<double[]> images) {
        Shape image = preprocessing.image();
        double[] all = new double[images.size() * image.size()];
        for (int i = 0; i < images.size(); i++) {
            Tensor ready = preprocessing.apply(Tensors.of(images.get(i), image));
            System.arraycopy(ready.data(), 0, all, i * image.size(), image.size());
        }
        double[] probabilities;
        try (NoGrad scope = NoGrad.enter()) {
            Tensor batch = Tensors.of(all, images.size(), image.dim(0), image.dim(1), image.dim(2));
            Tensor logits = model.forward(batch);
            check(logits, images.size());
            probabilities = Activations.softmax(logits, 1).data();
        }
        return IntStream.range(0, images.size())
                .mapToObj(i -> Arrays.copyOfRange(probabilities, i * classes, (i + 1) * classes))
                .toList();
    }

    private void check(Tensor logits, int images) {
        if (!logits.shape().equals(Shape.of(images, classes))) {
            throw new IllegalArgumentException("server: for " + images + " images the model gives " + logits.shape()
                    + ", but the package has " + classes + " labels; it must be (images, labels)");
        }
        for (double logit : logits.data()) {
            if (Double.isNaN(logit)) {
                throw new IllegalStateException("server: the model gives NaN; train it anew");
            }
        }
    }
}
