package org.tinytorch.milestones;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tinytorch.benchmarking.Cost;
import org.tinytorch.benchmarking.FlopCounter;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;

/**
 * What a network takes for one image, counted and not measured, so that it is the same on every machine.
 *
 * @param multiplyAdds of real numbers or of integers
 * @param bytes of the weights and of all that the operations write on the way from the image to the answer, as if no memory were used twice
 */
record Counted(long multiplyAdds, long bytes) {
    /** The name of the first figure in report cards. */
    static final String MULTIPLY_ADDS = "million multiply-adds";

    /** That of the second. */
    static final String MEMORY = "KiB of weights and results";

    private static final double MILLION = 1e6;
    private static final double KIB = 1024;

    /**
     * Counts a forward pass.
     *
     * @param image a batch of one
     * @param weightBytes what the weights take
     */
    static Counted of(Layer model, Tensor image, long weightBytes) {
        Cost cost = FlopCounter.count(model, image).total();
        return new Counted(cost.multiplyAdds(), weightBytes + cost.bytesWritten());
    }

    /** Both, by name. */
    Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(MULTIPLY_ADDS, multiplyAdds / MILLION);
        figures.put(MEMORY, bytes / KIB);
        return figures;
    }
}
