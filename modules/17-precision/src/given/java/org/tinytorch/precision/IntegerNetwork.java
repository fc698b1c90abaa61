// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/IntegerNetwork.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.List;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * A whole network of integers: real numbers become integers once, at the beginning, and integers real numbers once, at the end. In between a number takes one byte, and batch normalisation, biases and
 * rectifiers cost nothing.
 *
 * <p>Input: x {@code (N, C, H, W)}, or {@code (N, C)}.
 *
 * @param input how x becomes integers
 * @param stages at least one; only the last may give real numbers
 * @param maps whether a map comes out for each image, {@code (N, out, rows, columns)}, and not {@code (N, out)}
 */
record IntegerNetwork(Quantization input, List<IntegerStage> stages, boolean maps) implements IntegerOperation {
    IntegerNetwork {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("static quantization: there is no layer to quantise");
        }
        for (int i = 0; i < stages.size() - 1; i++) {
            if (givesReals(stages.get(i))) {
                throw new IllegalArgumentException("integer network: stage " + i
                        + " gives real numbers, but another one follows, which needs integers");
            }
        }
    }

    private static boolean givesReals(IntegerStage stage) {
        return stage instanceof IntegerConvolution sums && sums.output().isEmpty();
    }

    /**
     * The size of what comes out for an image.
     *
     * @throws IllegalArgumentException if the input does not fit
     */
    IntegerMap.Size check(Shape x) {
        if (x.rank() != 2 && x.rank() != 4) {
            throw new IllegalArgumentException("integer network: input " + x + " is neither (N, C, H, W) nor (N, C)");
        }
        IntegerMap.Size size = IntegerMap.Size.of(x);
        for (IntegerStage stage : stages) {
            size = stage.size(size);
        }
        if (!maps && (size.rows() > 1 || size.columns() > 1)) {
            throw new IllegalArgumentException(
                    "integer network: input " + x + " leaves " + size.rows() + " x " + size.columns()
                            + " places at the end, where one is expected; give images of the size it was made for");
        }
        return size;
    }

    /** The numbers that come out for some images. */
    Tensor result(double[] numbers, int images, IntegerMap.Size size) {
        return maps
                ? Tensors.of(numbers, images, size.channels(), size.rows(), size.columns())
                : Tensors.of(numbers, images, size.channels());
    }

    /** Room for what comes out for some images; fails where that would be too much. */
    static double[] room(int images, IntegerMap.Size size) {
        return new double
                [Shape.of(images, size.channels(), size.rows(), size.columns()).size()];
    }

    /** The stages from integers to integers: all, or all but the last. */
    List<IntegerStage> between() {
        return endsInReals() ? stages.subList(0, stages.size() - 1) : stages;
    }

    /** Whether the last stage gives real numbers. */
    boolean endsInReals() {
        return givesReals(last());
    }

    private IntegerStage last() {
        return stages.get(stages.size() - 1);
    }

    /**
     * The sum over all stages, and what it takes to turn numbers into integers and back. Weights are read once, whatever the number of images; what one stage hands to the next is written and read, a byte
     * for each integer.
     */
    @Override
    public IntegerWork work(Shape x) {
        check(x);
        IntegerMap.Size size = IntegerMap.Size.of(x);
        IntegerWork image = quantizing(size.count());
        long weights = 0;
        for (IntegerStage stage : stages) {
            image = image.plus(stage.work(size));
            weights += stage instanceof IntegerConvolution sums ? sums.weightBytes() : 0;
            size = stage.size(size);
        }
        if (!endsInReals()) {
            image = image.plus(dequantizing(size.count()));
        }
        return image.times(x.dim(0)).plus(new IntegerWork(0, 0, weights, 0));
    }

    private static IntegerWork quantizing(long count) {
        return new IntegerWork(0, IntegerWork.QUANTIZE * count, Double.BYTES * count, count);
    }

    /** Subtract the zero point, multiply by the scale. */
    private static IntegerWork dequantizing(long count) {
        return new IntegerWork(0, 2 * count, count, Double.BYTES * count);
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        IntegerMap.Size out = check(inputs[0].shape());
        Finite.check("integer network", inputs[0]);
        int images = inputs[0].dim(0);
        double[] numbers = room(images, out);
        for (int image = 0; image < images; image++) {
            IntegerMap map = IntegerMap.quantize(inputs[0], image, input);
            for (IntegerStage stage : between()) {
                map = stage.forward(map);
            }
            finish(map, numbers, image, out);
        }
        return result(numbers, images, out);
    }

    private void finish(IntegerMap map, double[] numbers, int image, IntegerMap.Size out) {
        if (endsInReals()) {
            put(((IntegerConvolution) last()).real(map), numbers, image, out);
        } else {
            map.dequantize(numbers, image);
        }
    }

    /** Puts the numbers of one image, channels last, into a batch, channels first. */
    static void put(double[] real, double[] batch, int image, IntegerMap.Size size) {
        int places = size.rows() * size.columns();
        for (int c = 0; c < size.channels(); c++) {
            for (int place = 0; place < places; place++) {
                batch[image * size.count() + c * places + place] = real[place * size.channels() + c];
            }
        }
    }

    @Override
    public boolean differentiable() {
        return false;
    }
}
