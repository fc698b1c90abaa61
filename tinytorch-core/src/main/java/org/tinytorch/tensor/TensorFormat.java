package org.tinytorch.tensor;
final class TensorFormat { private TensorFormat() {}
 static String format(Tensor t) { return java.util.Arrays.toString(t.data()); } }
