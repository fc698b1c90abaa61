package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.DataType;

/** Exports models, and runs them in ONNX Runtime and here. */
final class OnnxRuns {
    /** How far single precision may be from double: absolutely for numbers up to 1, relatively above. */
    static final double SINGLE = 1e-5;

    private OnnxRuns() {}

    static byte[] export(OnnxExport options, Layer model, Shape example) {
        return OnnxFile.model(options, model, example, OnnxGraph.LARGEST).toByteArray();
    }

    /** A session of one thread, to be closed. */
    static OrtSession session(byte[] onnx) {
        return session(onnx, OrtSession.SessionOptions.OptLevel.ALL_OPT);
    }

    private static OrtSession session(byte[] onnx, OrtSession.SessionOptions.OptLevel level) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setOptimizationLevel(level);
            options.setSessionLogLevel(
                    OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL); // what is wrong is in the exception too
            return OrtEnvironment.getEnvironment().createSession(onnx, options);
        } catch (OrtException e) {
            throw new AssertionError("ONNX Runtime does not take the file: " + e.getMessage(), e);
        }
    }

    /** What ONNX Runtime makes of an input. */
    static Tensor run(OrtSession session, Tensor x) throws OrtException {
        String name = session.getInputNames().iterator().next();
        TensorInfo type = (TensorInfo) session.getInputInfo().get(name).getInfo();
        try (OnnxTensor input = input(x, type);
                OrtSession.Result results = session.run(Map.of(name, input))) {
            OnnxTensor output = (OnnxTensor) results.get("logits").orElseThrow();
            int[] dims = Arrays.stream(output.getInfo().getShape())
                    .mapToInt(Math::toIntExact)
                    .toArray();
            return Tensors.of(numbers(output), dims);
        }
    }

    private static OnnxTensor input(Tensor x, TensorInfo type) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = Arrays.stream(x.shape().dims()).asLongStream().toArray();
        return switch (type.type) {
            case INT64 ->
                OnnxTensor.createTensor(
                        environment,
                        LongBuffer.wrap(Arrays.stream(x.data())
                                .mapToLong(id -> (long) id)
                                .toArray()),
                        shape);
            case DOUBLE -> OnnxTensor.createTensor(environment, DoubleBuffer.wrap(x.data()), shape);
            default -> {
                FloatBuffer floats = FloatBuffer.allocate(x.size());
                Arrays.stream(x.data()).forEach(number -> floats.put((float) number));
                yield OnnxTensor.createTensor(environment, floats.flip(), shape);
            }
        };
    }

    private static double[] numbers(OnnxTensor tensor) {
        if (tensor.getDoubleBuffer() != null) {
            DoubleBuffer doubles = tensor.getDoubleBuffer();
            double[] numbers = new double[doubles.remaining()];
            doubles.get(numbers);
            return numbers;
        }
        FloatBuffer floats = tensor.getFloatBuffer();
        return LongStream.range(0, floats.remaining())
                .mapToDouble(i -> floats.get((int) i))
                .toArray();
    }

    /** What the library makes of it, in evaluation mode. */
    static Tensor here(Layer model, Tensor x) {
        model.eval();
        try (NoGrad scope = NoGrad.enter()) {
            return model.forward(x);
        }
    }

    /** Exports a model once, and compares what it makes of each input. */
    static void assertSame(Layer model, Shape example, Tensor... inputs) {
        assertSame(new OnnxExport(), SINGLE, model, example, inputs);
    }

    static void assertSame(OnnxExport options, double tolerance, Layer model, Shape example, Tensor... inputs) {
        // In double precision ALL_OPT merges SiLU into an operator that ONNX Runtime 1.29 has in single precision only.
        OrtSession.SessionOptions.OptLevel level = options.weights() == DataType.F64
                ? OrtSession.SessionOptions.OptLevel.BASIC_OPT
                : OrtSession.SessionOptions.OptLevel.ALL_OPT;
        try (OrtSession session = session(export(options, model, example), level)) {
            for (Tensor x : inputs) {
                assertClose(here(model, x), run(session, x), tolerance);
            }
        } catch (OrtException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static void assertClose(Tensor expected, Tensor found, double tolerance) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        for (int i = 0; i < expected.size(); i++) {
            double wanted = expected.data()[i];
            assertThat(Math.abs(found.data()[i] - wanted) / Math.max(1, Math.abs(wanted)))
                    .as("number %d of %s is %s, expected %s", i, expected.shape(), found.data()[i], wanted)
                    .isLessThanOrEqualTo(tolerance);
        }
    }

    /** Normal numbers that single precision holds, so that both sides see the same. */
    static Tensor numbers(long seed, int... dims) {
        double[] numbers = Tensors.randn(new Generator(seed), dims).data();
        return Tensors.of(Arrays.stream(numbers).map(x -> (float) x).toArray(), dims);
    }

    static Tensor ids(long seed, int vocabulary, int batch, int length) {
        return Tensors.randint(new Generator(seed), vocabulary, batch, length);
    }

    /** Adds noise to all weights, so that none is 0 or 1 as at the beginning. */
    static <L extends Layer> L trained(L model) {
        Generator generator = new Generator(11);
        model.parameters().forEach(weight -> {
            double[] numbers = weight.mutableData();
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] += 0.2 * generator.nextGaussian();
            }
        });
        return model;
    }

    /** F64, in which nothing but the order of sums differs. */
    static OnnxExport doubles() {
        return new OnnxExport().weights(DataType.F64);
    }
}
