package org.tinytorch.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

/** Tensors as a student has them before module 07: nothing is recorded, and {@code backward()} says why. */
class WithoutTapeTest {
    private static Object call(Object target, String method) throws ReflectiveOperationException {
        Method found = target.getClass().getMethod(method);
        found.setAccessible(true); // it may be declared by a package-private interface
        return found.invoke(target);
    }

    private static Object scalarThatWantsAGradient() throws ReflectiveOperationException {
        Class<?> tensors = new IsolatedTensors().loadClass("org.tinytorch.tensor.Tensors");
        Object scalar = tensors.getMethod("scalar", double.class).invoke(null, 3.0);
        assertThat(scalar).as("a second copy of the class, without autograd").isNotInstanceOf(Tensor.class);
        return scalar.getClass().getMethod("requiresGrad", boolean.class).invoke(scalar, true);
    }

    @Test
    void computingWorksAndRecordsNothing() throws ReflectiveOperationException {
        Object square = call(scalarThatWantsAGradient(), "square");
        assertThat(call(square, "item")).isEqualTo(9.0);
        assertThat(call(square, "requiresGrad")).isEqualTo(false);
        assertThat(call(square, "isLeaf")).isEqualTo(true);
    }

    @Test
    void backwardNamesModule07() throws ReflectiveOperationException {
        Object square = call(scalarThatWantsAGradient(), "square");
        assertThatThrownBy(() -> call(square, "backward"))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("module 07, autograd");
    }
}
