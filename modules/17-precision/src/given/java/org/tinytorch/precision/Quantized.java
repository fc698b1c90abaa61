// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/Quantized.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.Map;
import org.tinytorch.training.RawTensor;

/** A layer of small integers. It has no parameters, does not learn, and is saved by {@link QuantizedModels}. */
public interface Quantized {
    /** What a file keeps of it, by name: the integers as {@code weight}, how to read them as {@code weight.scale}, and whatever else there is. */
    Map<String, RawTensor> rawState();

    /** That there is no way back through integers. */
    static IllegalArgumentException noGradient(String layer) {
        return new IllegalArgumentException(
                layer
                        + ": the input asks for a gradient, but integers have none; compute within NoGrad.enter(), or train with QuantizationAwareTraining before quantising");
    }
}
