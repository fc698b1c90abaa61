package org.tinytorch.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who computes, and how one is picked. */
class BackendSocketTest {
    /** A backend as a provider would offer it. */
    public static final class First implements Backend {
        @Override
        public Tensor compute(Operation op, Tensor... inputs) {
            return op.forward(inputs);
        }

        @Override
        public String name() {
            return "first";
        }
    }

    /** Another one. */
    public static final class Second implements Backend {
        @Override
        public Tensor compute(Operation op, Tensor... inputs) {
            return op.forward(inputs);
        }

        @Override
        public String name() {
            return "second";
        }
    }

    /** One that cannot be made. */
    public static final class Broken implements Backend {
        /** Fails. */
        public Broken() {
            throw new UnsupportedOperationException("no driver");
        }

        @Override
        public Tensor compute(Operation op, Tensor... inputs) {
            return op.forward(inputs);
        }
    }

    @TempDir
    private Path directory;

    /** The name of the class that a class path with both backends chooses. */
    private String chosen(String name) throws IOException, ReflectiveOperationException {
        ClassLoader both = new IsolatedTensors(directory, First.class, Second.class);
        Method choose = both.loadClass("org.tinytorch.tensor.Sockets").getDeclaredMethod("choose", String.class);
        choose.setAccessible(true);
        return choose.invoke(null, name).getClass().getName();
    }

    @Test
    void aBackendIsFoundByItsName() throws IOException, ReflectiveOperationException {
        assertThat(chosen("first")).isEqualTo(First.class.getName());
        assertThat(chosen("second")).isEqualTo(Second.class.getName());
    }

    @Test
    void autoTakesTheFirst() throws IOException, ReflectiveOperationException {
        assertThat(chosen("auto")).isEqualTo(First.class.getName());
    }

    @Test
    void referenceIsAlwaysThere() throws IOException, ReflectiveOperationException {
        assertThat(chosen("reference")).isNotEqualTo(First.class.getName()).isNotEqualTo(Second.class.getName());
        assertThat(Sockets.choose("reference")
                        .compute(Unary.NEG, Tensors.of(1, 2))
                        .data())
                .containsExactly(-1, -2);
        assertThat(Sockets.choose("reference").name()).isEqualTo("reference");
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseThatExist() {
        assertThatThrownBy(() -> chosen("gpu"))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no 'gpu' on the class path")
                .hasMessageContaining("-Dtinytorch.backend takes auto, first, second, reference");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sockets.choose("gpu"))
                .withMessageContaining("takes auto");
    }

    @Test
    void aBackendThatCannotBeLoadedIsNamedAndOthersCanBePicked() throws IOException, ReflectiveOperationException {
        ClassLoader loader = new IsolatedTensors(directory, Broken.class, Second.class);
        Method choose = loader.loadClass("org.tinytorch.tensor.Sockets").getDeclaredMethod("choose", String.class);
        choose.setAccessible(true);

        assertThatThrownBy(() -> choose.invoke(null, "auto"))
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be loaded")
                .hasMessageContaining("Broken")
                .hasMessageEndingWith("-Dtinytorch.backend takes second, reference");
        assertThat(choose.invoke(null, "second").getClass().getName()).isEqualTo(Second.class.getName());
    }

    @Test
    void aBackendThatFailsIsNamedWithTheOperationAndTheOthers() {
        Backend failing = new Backend() {
            @Override
            public Tensor compute(Operation op, Tensor... inputs) {
                throw new ArrayIndexOutOfBoundsException(7);
            }

            @Override
            public String name() {
                return "failing";
            }
        };
        Tensor a = Tensors.ones(2, 3);
        Tensor b = Tensors.ones(3, 4);
        Backend before = Backend.use(failing);
        try {
            assertThatThrownBy(() -> a.matmul(b))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("backend 'failing' failed at MatMul")
                    .hasMessageContaining("(2, 3), (3, 4)")
                    .hasMessageContaining("takes others: ")
                    .hasMessageContaining("reference")
                    .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
        } finally {
            Backend.use(before);
        }
    }

    /** An operation whose loop is that of {@link UnaryOp}. */
    private record Failing() implements UnaryOp {
        @Override
        public double apply(double x) {
            throw new ArithmeticException("mine");
        }
    }

    @Test
    void anErrorOfTheOperationsOwnLoopsPassesAsItIs() {
        Backend leavesItToTheLoops = new Backend() {
            @Override
            public Tensor compute(Operation op, Tensor... inputs) {
                return op.forward(inputs);
            }

            @Override
            public String name() {
                return "innocent";
            }
        };
        Tensor x = Tensors.ones(2);
        Backend before = Backend.use(leavesItToTheLoops);
        try {
            assertThatThrownBy(() -> Operation.run(new Failing(), x))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessage("mine");
        } finally {
            Backend.use(before);
        }
    }

    @Test
    void everyOperationArrivesAsASymbol() {
        List<Operation> seen = new ArrayList<>();
        Backend before = Backend.use((op, inputs) -> {
            seen.add(op);
            return op.forward(inputs);
        });
        Tensor result;
        try {
            result = Tensors.ones(2, 3).matmul(Tensors.ones(3, 2)).add(1).sum(0);
        } finally {
            Backend.use(before);
        }
        assertThat(result.data()).containsExactly(8, 8);
        assertThat(seen)
                .containsExactly(new MatMul(false, false), Binary.ADD, new Reduce(Reduce.Kind.SUM, List.of(0), false));
        assertThat(Backend.current()).isSameAs(before);
    }

    @Test
    void backwardPassesThroughTheBackendToo() {
        List<Operation> seen = new ArrayList<>();
        Tensor x = Tensors.ones(2, 3).requiresGrad(true);
        Tensor y = x.matmul(Tensors.ones(3, 2)).sum();
        Backend before = Backend.use((op, inputs) -> {
            seen.add(op);
            return op.forward(inputs);
        });
        try {
            y.backward();
        } finally {
            Backend.use(before);
        }
        assertThat(seen).as("the gradient of a product is a product").contains(new MatMul(false, true));
    }
}
