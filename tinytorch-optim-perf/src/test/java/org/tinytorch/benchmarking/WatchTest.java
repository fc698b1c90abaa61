package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class WatchTest {
    private final Backend before = Backend.current();
    private final List<String> heard = new ArrayList<>();
    private final Layer model = new Sequential(new ReLU(), new ReLU());
    private final Tensor x = Tensors.of(-1, 2);

    private final Watch.Listener listener = new Watch.Listener() {
        @Override
        public void entering(String path, Layer layer) {
            heard.add("in " + path);
        }

        @Override
        public void left(String path, Layer layer) {
            heard.add("out " + path);
        }

        @Override
        public void failed(String path, Layer layer) {
            heard.add("failed " + path);
        }

        @Override
        public void computing() {
            heard.add("op");
        }

        @Override
        public void computed(Operation op, Tensor out, Tensor... inputs) {
            heard.add(Names.of(op));
        }
    };

    @AfterEach
    void putBack() {
        Backend.use(before);
    }

    @Test
    void layersAndOperationsAreHeardInOrder() {
        try (Watch watch = Watch.of(model, listener)) {
            assertThat(model.forward(x).data()).containsExactly(0, 2);
        }
        model.forward(x);

        assertThat(heard).containsExactly("in ", "in 0", "op", "Relu", "out 0", "in 1", "op", "Relu", "out 1", "out ");
        assertThat(Backend.current()).isSameAs(before);
    }

    @Test
    void theBackendKeepsItsName() {
        try (Watch watch = Watch.of(model, listener)) {
            assertThat(Backend.current().name()).isEqualTo(before.name());
        }
    }

    @Test
    void otherThreadsAreNotHeard() throws InterruptedException {
        try (Watch watch = Watch.of(model, listener)) {
            Thread other = new Thread(() -> model.forward(x));
            other.start();
            other.join();
        }

        assertThat(heard).isEmpty();
    }

    @Test
    void anOperationThatFailsIsHeardOfNoMore() {
        try (Watch watch = Watch.of(model, listener)) {
            assertThatThrownBy(() -> x.add(Tensors.zeros(3))).isInstanceOf(IllegalArgumentException.class);
            x.add(x);
        }

        assertThat(heard).containsExactly("op", "op", "Binary.ADD");
    }

    @Test
    void aLayerThatFailsIsHeardOf() {
        Layer linear = new Sequential(new Linear(3, 4, new Generator(1)));
        try (Watch watch = Watch.of(linear, listener)) {
            assertThatThrownBy(() -> linear.forward(x)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> linear.forward(x)).isInstanceOf(IllegalArgumentException.class);

        assertThat(heard).containsExactly("in ", "in 0", "failed 0", "failed ");
    }

    @Test
    void watchesNest() {
        List<String> both = new ArrayList<>();
        try (Watch outer = Watch.of(model, listener);
                Watch inner = Watch.of(model, listener)) {
            x.add(x);
            both.addAll(heard);
        }

        assertThat(both).containsExactly("op", "op", "Binary.ADD", "Binary.ADD");
        assertThat(Backend.current()).isSameAs(before);
    }

    @Test
    void closingInTheWrongOrderIsSaidAndLeavesNoWatchBehind() {
        Watch outer = Watch.of(model, listener);
        Watch inner = Watch.of(model, listener);

        assertThatThrownBy(outer::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("close profilers and counters in the reverse order");
        inner.close();
        inner.close();

        assertThat(Backend.current()).as("behind both").isSameAs(before);
        model.forward(x);
        assertThat(heard).isEmpty();
    }
}
