package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Shape;

class ColumnMajorTest {
    @Test
    void theFirstAxisVariesFastest() {
        assertThat(places(Shape.of(2, 3))).containsExactly(0, 3, 1, 4, 2, 5);
        assertThat(places(Shape.of(4))).containsExactly(0, 1, 2, 3);
        assertThat(places(Shape.SCALAR)).containsExactly(0);
    }

    /** By the definition: index i of axis k counts for the product of the axes before k in the one order, after k in the other. */
    @Property(tries = 200)
    void everyPlaceIsThatOfTheReversedIndex(@ForAll @Size(max = 5) List<@IntRange(min = 1, max = 4) Integer> sizes) {
        int[] dims = sizes.stream().mapToInt(Integer::intValue).toArray();
        Shape shape = Shape.of(dims);
        int[] places = places(shape);
        for (int number = 0; number < shape.size(); number++) {
            int[] index = new int[dims.length];
            int rest = number;
            for (int axis = 0; axis < dims.length; axis++) {
                index[axis] = rest % dims[axis];
                rest /= dims[axis];
            }
            assertThat(places[number]).isEqualTo(shape.offset(index));
        }
    }

    private static int[] places(Shape shape) {
        ColumnMajor order = new ColumnMajor(shape);
        return IntStream.range(0, shape.size()).map(i -> order.next()).toArray();
    }
}
