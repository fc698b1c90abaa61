package org.tinytorch.tensor;

/** An operation that combines two tensors element by element: {@code out[i] = apply(a[i], b[i])} after broadcasting. */
public interface BinaryOp extends Operation {
    /** The function of two numbers. */
    double apply(double a, double b);

    @Override
    default Tensor forward(Tensor... inputs) {
        return inputs[0].shape().equals(inputs[1].shape())
                ? sameShape(inputs[0], inputs[1])
                : broadcast(inputs[0], inputs[1]);
    }

    private Tensor sameShape(Tensor left, Tensor right) {
        double[] a = left.data();
        double[] b = right.data();
        double[] out = new double[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = apply(a[i], b[i]);
        }
        return Tensors.of(out, left.shape());
    }

    /** An {@link IndexWalk} over the result that reads each input with stride 0 along the axes where it repeats. */
    private Tensor broadcast(Tensor left, Tensor right) {
        Shape shape = left.shape().broadcast(this, right.shape());
        double[] a = left.data();
        double[] b = right.data();
        double[] out = new double[shape.size()];
        // region Task 2.4: combine two tensors with broadcasting
        IndexWalk walk = new IndexWalk(
                shape, left.shape().stridesWithin(shape), right.shape().stridesWithin(shape));
        for (int i = 0; i < out.length; i++) {
            out[i] = apply(a[walk.position(0)], b[walk.position(1)]);
            walk.next();
        }
        return Tensors.of(out, shape);
        // endregion
    }
}
