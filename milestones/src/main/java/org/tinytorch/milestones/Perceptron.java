package org.tinytorch.milestones;

import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Rosenblatt's perceptron of 1958: a weighted sum, a threshold, and a rule that moves the weights by every point it gets wrong. */
final class Perceptron {
    private Tensor weight = Tensors.zeros(2);
    private double bias;

    /** 1 if the point is on the positive side of the line, else 0. */
    int predict(Tensor point) {
        return weight.matmul(point).item() + bias > 0 ? 1 : 0;
    }

    /**
     * Shows every point once. Each mistake moves the line towards the point, or away from it: {@code w += (label − prediction) · x}.
     *
     * @param points {@code (N, 2)}
     * @param labels {@code (N,)}, 0 or 1
     * @return the number of mistakes
     */
    int epoch(Tensor points, Tensor labels) {
        int mistakes = 0;
        for (int i = 0; i < labels.size(); i++) {
            Tensor point = points.select(0, i);
            double error = labels.get(i) - predict(point);
            weight = weight.add(point.mul(error));
            bias += error;
            mistakes += error == 0 ? 0 : 1;
        }
        return mistakes;
    }

    /** The fraction of points that it gets right. */
    double accuracy(Tensor points, Tensor labels) {
        int right = 0;
        for (int i = 0; i < labels.size(); i++) {
            right += predict(points.select(0, i)) == labels.get(i) ? 1 : 0;
        }
        return (double) right / labels.size();
    }

    /** The line's coefficients, as text that can be compared. */
    @Override
    public String toString() {
        return "w = " + weight + ", b = " + bias;
    }
}
