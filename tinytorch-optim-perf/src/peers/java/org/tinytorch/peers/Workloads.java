package org.tinytorch.peers;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tinytorch.activation.Gelu;
import org.tinytorch.activation.Softmax;
import org.tinytorch.benchmarks.NaiveProduct;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Parameter;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Tanh;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.optim.Sgd;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tensor.Unary;

/** What is compared, with the ratios that the project asks for. */
final class Workloads {
    private static final int MILLION = 1_000_000;

    private final Generator generator = new Generator(1);
    private final Torch torch;

    /** Where results go, so that no work is optimised away. */
    @SuppressWarnings("unused")
    private volatile Object sink;

    Workloads(Torch torch) {
        this.torch = torch;
    }

    /** Products in single precision, and the step that is mostly products. */
    List<Workload> inSinglePrecision() {
        boolean old = Runtime.version().feature() < 25;
        List<Workload> all = new ArrayList<>();
        IntStream.of(512, 960, 1024)
                .mapToObj(n -> product(n, old ? 0.45 : 0.58, old ? 0.6 : 0.75))
                .forEach(all::add);
        all.add(mlpStep(0, 0));
        all.add(cnnStep(0.8, 1.2));
        all.add(GptWorkload.of(torch, GptWorkload.Theirs.SCRIPT, 1.0, 1.5));
        all.add(GptWorkload.of(torch, GptWorkload.Theirs.FUSED, 0, 0));
        all.add(GptWorkload.of(torch, GptWorkload.Theirs.EAGER, 1.0, 1.5));
        return all;
    }

    /** Everything else. */
    List<Workload> inDoublePrecision() {
        List<Workload> all = new ArrayList<>(List.of(
                product(32, 1.5, 2.2),
                product(64, 0.7, 1.0),
                product(128, 0.6, 0.8),
                product(256, 0, 0),
                product(512, 0.65, 0.8),
                product(960, 0, 0),
                product(1024, 0.65, 0.8)));
        all.add(againstTheNaiveLoop());
        Tensor x = Tensors.randn(generator, MILLION);
        NDArray theirs = torch.of(x);
        all.add(map("exp", Unary.EXP, x, 0.85, 1.0, Torch.freeing(theirs, NDArray::exp)));
        all.add(map("tanh", Unary.TANH, x, 0.7, 0.9, Torch.freeing(theirs, NDArray::tanh)));
        all.add(map("gelu", new Gelu(), x, 0.8, 1.2, Torch.freeing(theirs, v -> v.getNDArrayInternal()
                .gelu())));
        all.add(softmax(64, 10));
        all.add(softmax(512, 512));
        all.add(mlpStep(1.0, 2.0));
        all.add(xorStep());
        all.add(cnnStep(2.5, 3.5));
        all.add(GptWorkload.of(torch, GptWorkload.Theirs.SCRIPT, 2.0, 3.0));
        all.add(GptWorkload.of(torch, GptWorkload.Theirs.FUSED, 0, 0));
        all.add(GptWorkload.of(torch, GptWorkload.Theirs.EAGER, 2.0, 3.0));
        return all;
    }

    private Workload product(int n, double atLeast, double aim) {
        Tensor a = Tensors.randn(generator, n, n);
        Tensor b = Tensors.randn(generator, n, n);
        NDArray left = torch.of(a);
        NDArray right = torch.of(b);
        return new Workload(
                "matmul " + n,
                atLeast,
                aim,
                "libtorch",
                () -> sink = a.matmul(b),
                Torch.freeing(left, v -> v.matMul(right)));
    }

    /** The row that needs no peer: what the fast kernels gain over the loop that everybody writes first. */
    private Workload againstTheNaiveLoop() {
        int n = 512;
        Tensor a = Tensors.randn(generator, n, n);
        Tensor b = Tensors.randn(generator, n, n);
        Operation product = new MatMul(false, false);
        return new Workload(
                "matmul " + n + " against the naive loop",
                60,
                120,
                "i-j-k loop",
                () -> sink = Backend.current().compute(product, a, b),
                () -> sink = NaiveProduct.of(a, b));
    }

    private Workload map(String name, Operation op, Tensor x, double atLeast, double aim, Runnable theirs) {
        return new Workload(name + " of 1M", atLeast, aim, "libtorch", () -> sink = Operation.run(op, x), theirs);
    }

    private Workload softmax(int rows, int columns) {
        Tensor x = Tensors.randn(generator, rows, columns);
        return new Workload(
                "softmax " + rows + " x " + columns,
                0,
                0,
                "libtorch",
                () -> sink = Operation.run(new Softmax(1), x),
                Torch.freeing(torch.of(x), v -> v.softmax(1)));
    }

    private Workload mlpStep(double atLeast, double aim) {
        Linear hidden = new Linear(784, 128, generator);
        Linear output = new Linear(128, 10, generator);
        Tensor x = Tensors.rand(generator, 64, 784);
        Tensor labels = Tensors.randint(generator, 10, 64);
        List<NDArray> w = copies(hidden, output);
        NDArray theirX = torch.of(x);
        NDArray chosen = torch.of(oneHot(labels, 10));
        Runnable theirs = torch.step(w, 1e-6, scope -> {
            NDArray h = linear(scope, theirX, w.get(0), w.get(1));
            NDArray logits = linear(scope, scope.keep(h.getNDArrayInternal().relu()), w.get(2), w.get(3));
            NDArray logP = scope.keep(logits.logSoftmax(1));
            return scope.keep(scope.keep(scope.keep(logP.mul(chosen)).sum()).mul(-1.0 / 64));
        });
        Sequential model = new Sequential(hidden, new ReLU(), output);
        return new Workload(
                "MLP 784-128-10 step",
                atLeast,
                aim,
                "libtorch",
                step(model, new CrossEntropyLoss(), x, labels, 1e-6),
                theirs);
    }

    /** The convolutional network that CIFAR-10 is learnt with, batch 128. */
    private Workload cnnStep(double atLeast, double aim) {
        Conv2d conv1 = convolution(3, 32);
        Conv2d conv2 = convolution(32, 32);
        Conv2d conv3 = convolution(32, 64);
        Conv2d conv4 = convolution(64, 64);
        Linear hidden = new Linear(4096, 128, generator);
        Linear output = new Linear(128, 10, generator);
        Tensor x = Tensors.randn(generator, 128, 3, 32, 32);
        Tensor labels = Tensors.randint(generator, 10, 128);
        List<NDArray> w = copies(conv1, conv2, conv3, conv4, hidden, output);
        NDArray theirX = torch.of(x);
        NDArray chosen = torch.of(oneHot(labels, 10));
        Runnable theirs = torch.step(w, 1e-6, scope -> {
            NDArray a = convolved(scope, convolved(scope, theirX, w.get(0), w.get(1)), w.get(2), w.get(3));
            NDArray b = convolved(scope, convolved(scope, pooled(scope, a), w.get(4), w.get(5)), w.get(6), w.get(7));
            NDArray flat = scope.keep(pooled(scope, b).reshape(128, 4096));
            NDArray h = linear(scope, flat, w.get(8), w.get(9));
            NDArray logits = linear(scope, scope.keep(h.getNDArrayInternal().relu()), w.get(10), w.get(11));
            NDArray logP = scope.keep(logits.logSoftmax(1));
            return scope.keep(scope.keep(scope.keep(logP.mul(chosen)).sum()).mul(-1.0 / 128));
        });
        Sequential model = new Sequential(
                conv1,
                conv2,
                new MaxPool2d(2),
                conv3,
                conv4,
                new MaxPool2d(2),
                new Flatten(),
                hidden,
                new ReLU(),
                output);
        return new Workload(
                "CNN step, batch 128",
                atLeast,
                aim,
                "libtorch",
                step(model, new CrossEntropyLoss(), x, labels, 1e-6),
                theirs);
    }

    private Conv2d convolution(int in, int out) {
        return Conv2d.builder(in, out, 3).padding(1).relu().build(generator);
    }

    private static NDArray convolved(Torch.Scope scope, NDArray x, NDArray weight, NDArray bias) {
        ai.djl.ndarray.types.Shape one = new ai.djl.ndarray.types.Shape(1, 1);
        NDArray y = scope.keep(ai.djl.nn.convolutional.Conv2d.conv2d(x, weight, bias, one, one, one)
                .head());
        return scope.keep(y.getNDArrayInternal().relu());
    }

    private static NDArray pooled(Torch.Scope scope, NDArray x) {
        ai.djl.ndarray.types.Shape two = new ai.djl.ndarray.types.Shape(2, 2);
        return scope.keep(x.getNDArrayInternal().maxPool(two, two, new ai.djl.ndarray.types.Shape(0, 0), false));
    }

    private Workload xorStep() {
        Linear hidden = new Linear(2, 4, generator);
        Linear output = new Linear(4, 1, generator);
        Tensor x = Tensors.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
        Tensor y = Tensors.of(new double[][] {{0}, {1}, {1}, {0}});
        List<NDArray> w = copies(hidden, output);
        NDArray theirX = torch.of(x);
        NDArray theirY = torch.of(y);
        Runnable theirs = torch.step(w, 0.01, scope -> {
            NDArray h = scope.keep(linear(scope, theirX, w.get(0), w.get(1)).tanh());
            NDArray error = scope.keep(linear(scope, h, w.get(2), w.get(3)).sub(theirY));
            return scope.keep(scope.keep(error.square()).mean());
        });
        Sequential model = new Sequential(hidden, new Tanh(), output);
        return new Workload("XOR step", 12, 30, "libtorch", step(model, new MseLoss(), x, y, 0.01), theirs);
    }

    private Runnable step(Layer model, Loss loss, Tensor x, Tensor y, double rate) {
        Optimizer optimizer = new Sgd(model.parameters(), rate);
        return () -> {
            optimizer.zeroGrad();
            Tensor error = loss.forward(model.forward(x), y);
            error.backward();
            optimizer.step();
            sink = error;
        };
    }

    private List<NDArray> copies(Layer... layers) {
        List<NDArray> copies = new ArrayList<>();
        for (Layer layer : layers) {
            for (Parameter parameter : layer.parameters()) {
                copies.add(torch.of(parameter));
            }
        }
        return copies;
    }

    private static NDArray linear(Torch.Scope scope, NDArray x, NDArray weight, NDArray bias) {
        return scope.keep(scope.keep(x.matMul(scope.keep(weight.transpose()))).add(bias));
    }

    private static Tensor oneHot(Tensor labels, int classes) {
        Tensor hot = Tensors.zeros(labels.size(), classes);
        for (int i = 0; i < labels.size(); i++) {
            hot.set(1, i, (int) labels.get(i));
        }
        return hot;
    }
}
