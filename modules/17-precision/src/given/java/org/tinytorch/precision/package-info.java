// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/package-info.java. Read it, don't edit it.
/**
 * Module 17: precision, fewer bits for a number: less memory, faster products, and an error that can be known and kept small.
 *
 * <p>Adds
 *
 * <ul>
 *   <li>floating-point types smaller than a double: {@link org.tinytorch.precision.Precision} with {@link org.tinytorch.precision.Float16} and {@link org.tinytorch.precision.Bfloat16}, and {@link org.tinytorch.precision.LossScaler}, which keeps small gradients
 *       from vanishing in them;
 *   <li>small integers instead of real numbers: {@link org.tinytorch.precision.Quantization} (how to read them), {@link org.tinytorch.precision.Quantizer} (which makes a {@link org.tinytorch.precision.QuantizedTensor});
 *   <li>ranges from what a model is fed with: {@link org.tinytorch.precision.Observer}, {@link org.tinytorch.precision.Calibration}, {@link org.tinytorch.precision.Calibrator}, {@link org.tinytorch.precision.Range};
 *   <li>quantised models: {@link org.tinytorch.precision.DynamicQuantization} with {@link org.tinytorch.precision.QuantizedLinear} and {@link org.tinytorch.precision.QuantizedEmbedding}, {@link org.tinytorch.precision.StaticQuantization} with
 *       {@link org.tinytorch.precision.QuantizedNetwork}, and {@link org.tinytorch.precision.QuantizedConv2d} between layers of real numbers; all are {@link org.tinytorch.precision.Quantized} but the network, which has its own file, and
 *       {@link org.tinytorch.precision.QuantizedModels} saves and loads them;
 *   <li>training that feels the rounding: {@link org.tinytorch.precision.QuantizationAwareTraining}, {@link org.tinytorch.precision.FakeQuantize};
 *   <li>what all that costs: {@link org.tinytorch.precision.AccuracyValidator}, layer by layer in an {@link org.tinytorch.precision.AccuracyReport} of {@link org.tinytorch.precision.LayerError}s, or as an {@link org.tinytorch.precision.AccuracyChange};
 *   <li>the operations: {@link org.tinytorch.precision.IntegerProduct}, with {@link org.tinytorch.precision.IntegerOperation} and {@link org.tinytorch.precision.IntegerWork}, which say how much work they are, and the kernels of
 *       {@link org.tinytorch.precision.IntegerKernels} and {@link org.tinytorch.precision.IntegerNetworkKernels}.
 * </ul>
 *
 * <p>Needs modules 01 to 16.
 */
package org.tinytorch.precision;
