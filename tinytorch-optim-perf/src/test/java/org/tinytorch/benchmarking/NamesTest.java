package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tinytorch.activation.Activation;
import org.tinytorch.activation.Relu;
import org.tinytorch.nn.Layer;
import org.tinytorch.spatial.MaxPool;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Binary;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class NamesTest {
    @Test
    void operationsAreNamedAfterTheirClass() {
        Window two = Window.of(2, 2, 0);
        Operation anonymous = inputs -> inputs[0];

        assertThat(Names.of(new MatMul(false, true))).isEqualTo("MatMul");
        assertThat(Names.of(Binary.ADD)).isEqualTo("Binary.ADD");
        assertThat(Names.of(new MaxPool.Gradient(new MaxPool(two, two)))).isEqualTo("MaxPool.Gradient");
        assertThat(Names.of(new Activation.Gradient(new Relu()))).isEqualTo("Relu.Gradient");
        assertThat(Names.of(anonymous)).startsWith("NamesTest$");
    }

    @Test
    void layersAndPathsHaveNames() {
        Layer anonymous = new Layer() {
            @Override
            protected Tensor compute(Tensor x) {
                return x;
            }
        };

        assertThat(Names.of(anonymous)).isEqualTo("NamesTest$1");
        assertThat(Names.path("")).isEqualTo("(model)");
        assertThat(Names.path("blocks.0")).isEqualTo("blocks.0");
        assertThat(Names.shapes(Tensors.zeros(2, 3), Tensors.zeros(4)))
                .isEqualTo(Tensors.zeros(2, 3).shape() + " " + Tensors.zeros(4).shape());
    }
}
