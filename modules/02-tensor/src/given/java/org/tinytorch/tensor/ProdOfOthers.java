// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/ProdOfOthers.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** For each element the product of all <em>other</em> elements reduced with it: the derivative of a product, right even where elements are 0. */
public record ProdOfOthers(Reduce product) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        double[] x = inputs[0].data();
        Shape shape = inputs[0].shape();
        Shape groups = product.kept(shape);
        int[] strides = groups.stridesWithin(shape);
        double[] nonZeroProduct = new double[groups.size()];
        int[] zeros = new int[groups.size()];
        java.util.Arrays.fill(nonZeroProduct, 1);
        IndexWalk walk = new IndexWalk(shape, strides);
        for (double value : x) {
            int group = walk.position(0);
            zeros[group] += value == 0 ? 1 : 0;
            nonZeroProduct[group] *= value == 0 ? 1 : value;
            walk.next();
        }
        double[] out = new double[x.length];
        for (int i = 0; i < out.length; i++) {
            int group = walk.position(0);
            int otherZeros = zeros[group] - (x[i] == 0 ? 1 : 0);
            out[i] = otherZeros > 0 ? 0 : nonZeroProduct[group] / (x[i] == 0 ? 1 : x[i]);
            walk.next();
        }
        return Tensors.of(out, shape);
    }

    @Override
    public boolean differentiable() {
        return false;
    }
}
