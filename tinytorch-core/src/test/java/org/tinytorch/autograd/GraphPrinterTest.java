package org.tinytorch.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Pictures of graphs. */
class GraphPrinterTest {
    private final Tensor x = Tensors.ones(2, 3).requiresGrad(true);

    @Test
    void oneLinePerTensorInputsFirst() {
        Tensor y = x.mul(Tensors.ones(3)).exp();
        String text = GraphPrinter.text(y);
        assertThat(text.lines()).hasSize(4);
        assertThat(text.lines().toList().subList(0, 2))
                .satisfiesExactlyInAnyOrder(line -> assertThat(line).endsWith("= leaf (2, 3)"), line -> assertThat(line)
                        .endsWith("= constant (3,)"));
        assertThat(text.lines().toList().get(2)).matches("%2 = MUL\\((%0, %1|%1, %0)\\) \\(2, 3\\)");
        assertThat(text).endsWith("%3 = EXP(%2) (2, 3)\n");
    }

    @Test
    void aSharedTensorIsShownOnce() {
        Tensor shared = x.exp();
        assertThat(GraphPrinter.text(shared.add(shared))).isEqualTo("""
                        %0 = leaf (2, 3)
                        %1 = EXP(%0) (2, 3)
                        %2 = ADD(%1, %1) (2, 3)
                        """);
    }

    @Test
    void graphviz() {
        assertThat(GraphPrinter.dot(x.exp().sum(0))).isEqualTo("""
                        digraph autograd {
                          rankdir=LR;
                          t0 [shape=box, label="leaf\\n(2, 3)"];
                          t1 [shape=ellipse, label="EXP\\n(2, 3)"];
                          t0 -> t1;
                          t2 [shape=ellipse, label="Reduce[kind=SUM, axes=[0], keepDim=false]\\n(3,)"];
                          t1 -> t2;
                        }
                        """);
    }

    @Test
    void aLoneTensorAndAReleasedGraph() {
        assertThat(GraphPrinter.text(Tensors.of(1, 2))).isEqualTo("%0 = constant (2,)\n");
        Tensor y = x.sum();
        y.backward();
        assertThat(GraphPrinter.text(y))
                .as("the inputs are gone")
                .startsWith("%0 = Reduce")
                .hasLineCount(1);
    }

    @Test
    void aLongChainDoesNotOverflowTheStack() {
        Tensor y = x;
        for (int i = 0; i < 20_000; i++) {
            y = y.neg();
        }
        assertThat(GraphPrinter.text(y).lines()).hasSize(20_001);
    }
}
