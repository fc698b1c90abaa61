// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/IntegerNetworkFile.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.DataType;
import org.tinytorch.training.RawTensor;
import org.tinytorch.training.RawTensors;

/**
 * A network of integers in a safetensors file. Its metadata say under {@code result} whether {@code maps} or {@code features} come out, under {@code stages} how many there are, and under the number of each what it is: {@code sums}, {@code sums relu}, {@code max} or
 * {@code mean}; the numbers of a window (size, stride, dilation, before, after), for rows and for columns, are the tensor {@code N.windows}.
 */
final class IntegerNetworkFile {
    private static final String FORMAT = "tinytorch.quantized_network";
    private static final String VERSION = "1";
    private static final String MAPS = "maps";
    private static final String FEATURES = "features";
    private static final int WINDOW = 5;

    private IntegerNetworkFile() {}

    static void write(IntegerNetwork network, Path file) throws IOException {
        Map<String, RawTensor> tensors = new LinkedHashMap<>(RawIntegers.of("input", network.input()));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FORMAT, VERSION);
        metadata.put("result", network.maps() ? MAPS : FEATURES);
        metadata.put("stages", Integer.toString(network.stages().size()));
        for (int i = 0; i < network.stages().size(); i++) {
            IntegerStage stage = network.stages().get(i);
            String name = Integer.toString(i);
            if (stage instanceof IntegerConvolution sums) {
                metadata.put(name, sums.relu() ? "sums relu" : "sums");
                tensors.putAll(RawIntegers.of(name + ".weight", sums.weight()));
                tensors.put(name + ".bias", StoredNumbers.of(sums.bias()));
                sums.output().ifPresent(output -> tensors.putAll(RawIntegers.of(name + ".output", output)));
                tensors.put(name + ".windows", windows(sums.rows(), sums.columns()));
            } else if (stage instanceof IntegerMaxPool pool) {
                metadata.put(name, "max");
                tensors.put(name + ".windows", windows(pool.rows(), pool.columns()));
            } else {
                metadata.put(name, "mean");
            }
        }
        new RawTensors(tensors, metadata).write(file);
    }

    private static RawTensor windows(Window... windows) {
        double[] numbers = new double[windows.length * WINDOW];
        for (int i = 0; i < windows.length; i++) {
            Window w = windows[i];
            double[] one = {w.size(), w.stride(), w.dilation(), w.before(), w.after()};
            System.arraycopy(one, 0, numbers, i * WINDOW, WINDOW);
        }
        return RawTensor.of(Tensors.of(numbers), DataType.F32);
    }

    static IntegerNetwork read(Path file) throws IOException {
        RawTensors contents = RawTensors.read(file);
        try {
            return network(contents.tensors(), contents.metadata());
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            throw new IOException("quantized network: " + file + ": " + e.getMessage(), e);
        }
    }

    private static IntegerNetwork network(Map<String, RawTensor> tensors, Map<String, String> metadata) {
        if (!VERSION.equals(metadata.get(FORMAT))) {
            throw new IllegalArgumentException("the file does not say that it holds a quantised network of version "
                    + VERSION + "; write it with QuantizedNetwork.write");
        }
        Quantization input = RawIntegers.input("input", tensors);
        List<IntegerStage> stages = new ArrayList<>();
        Quantization current = input;
        int count = count(metadata.getOrDefault("stages", "none"));
        for (int i = 0; i < count; i++) {
            IntegerStage stage = stage(i, metadata.getOrDefault(Integer.toString(i), "nothing"), tensors, current);
            stages.add(stage);
            if (stage instanceof IntegerConvolution sums) {
                current = sums.output().orElse(current);
            }
        }
        return new IntegerNetwork(input, stages, maps(metadata.getOrDefault("result", "nothing")));
    }

    private static int count(String stages) {
        if (!stages.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException(
                    "it has '" + stages + "' stages, where a number of at least 1 must stand");
        }
        return Integer.parseInt(stages);
    }

    private static boolean maps(String result) {
        if (!result.equals(MAPS) && !result.equals(FEATURES)) {
            throw new IllegalArgumentException(
                    "its result is '" + result + "', which is neither " + MAPS + " nor " + FEATURES);
        }
        return result.equals(MAPS);
    }

    private static IntegerStage stage(int i, String kind, Map<String, RawTensor> tensors, Quantization current) {
        if (kind.equals("mean")) {
            return new IntegerMean();
        }
        int[] numbers = RawIntegers.integers(i + ".windows", 2 * WINDOW, tensors);
        Window rows = window(Arrays.copyOf(numbers, WINDOW));
        Window columns = window(Arrays.copyOfRange(numbers, WINDOW, 2 * WINDOW));
        switch (kind) {
            case "max":
                return new IntegerMaxPool(rows, columns);
            case "sums", "sums relu":
                Optional<Quantization> output = tensors.containsKey(i + ".output" + RawIntegers.SCALE)
                        ? Optional.of(RawIntegers.input(i + ".output", tensors))
                        : Optional.empty();
                QuantizedTensor weight = RawIntegers.tensor(i + ".weight", tensors);
                double[] bias = RawIntegers.numbers(i + ".bias", tensors);
                return new IntegerConvolution(weight, bias, rows, columns, current, output, kind.endsWith("relu"));
            default:
                throw new IllegalArgumentException(
                        "stage " + i + " is '" + kind
                                + "', which is none of sums, sums relu, max and mean; the file is of another version, or corrupt");
        }
    }

    private static Window window(int... n) {
        return new Window(n[0], n[1], n[2], n[3], n[4]);
    }
}
