package org.tinytorch.tensor;

import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.tinytorch.checks.Expect;

/** The checks of module 02, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class TensorTasksTest {

    private static final String MATRIX = "[[1, 2, 3], [4, 5, 6]]";

    private static Tensor matrix() {
        return Tensors.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
    }

    private static void shape(Tensor got, String input, int... expected) {
        Expect.that("the shape of " + input).value(got.shape(), Shape.of(expected));
    }

    @Nested
    @Order(1)
    @DisplayName("Task 2.1: strides of a row-major array")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Strides {

        @Test
        @Order(1)
        @DisplayName("of a matrix")
        void matrix() {
            Expect.that("Shape.of(2, 3).strides()")
                    .rule("the last axis varies fastest: a step along it is 1, a step to the next row skips a row of 3")
                    .ints(Shape.of(2, 3).strides(), 3, 1);
        }

        @Test
        @Order(2)
        @DisplayName("of three axes")
        void threeAxes() {
            Expect.that("Shape.of(2, 3, 4).strides()")
                    .rule("a stride is the product of the dimensions behind its axis: 3 * 4, then 4, then nothing")
                    .ints(Shape.of(2, 3, 4).strides(), 12, 4, 1);
        }

        @Test
        @Order(3)
        @DisplayName("of a vector and of a scalar")
        void fewAxes() {
            Expect.that("Shape.of(5).strides()").ints(Shape.of(5).strides(), 1);
            Expect.that("Shape.of().strides()").rule("a scalar has no axis, so it has no stride").ints(Shape.of().strides());
        }

        @Test
        @Order(4)
        @DisplayName("the first dimension does not matter")
        void firstDimension() {
            Expect.that("Shape.of(99, 3, 4).strides()")
                    .rule("nothing lies before the first axis, so its dimension is in no stride")
                    .ints(Shape.of(99, 3, 4).strides(), 12, 4, 1);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 2.2: flat offset of an index")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Offset {

        @Test
        @Order(1)
        @DisplayName("of a matrix")
        void matrix() {
            Expect.that("Shape.of(2, 3).offset(1, 2)")
                    .rule("row 1 begins after one row of 3; two steps further is 5")
                    .value(Shape.of(2, 3).offset(1, 2), 5);
            Expect.that("Shape.of(2, 3).offset(1, 0)").value(Shape.of(2, 3).offset(1, 0), 3);
        }

        @Test
        @Order(2)
        @DisplayName("negative entries count from the end")
        void negative() {
            Expect.that("Shape.of(2, 3).offset(-1, -3)")
                    .rule("-1 is the last row, -3 the third column from the end: the element at (1, 0)")
                    .value(Shape.of(2, 3).offset(-1, -3), 3);
        }

        @Test
        @Order(3)
        @DisplayName("counts every element once, in order")
        void everyElement() {
            int expected = 0;
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 3; j++) {
                    for (int k = 0; k < 4; k++) {
                        Expect.that("Shape.of(2, 3, 4).offset(" + i + ", " + j + ", " + k + ")")
                                .rule("i * 12 + j * 4 + k")
                                .value(Shape.of(2, 3, 4).offset(i, j, k), expected++);
                    }
                }
            }
        }

        @Test
        @Order(4)
        @DisplayName("of a scalar")
        void scalar() {
            Expect.that("Shape.of().offset()").rule("a scalar's only element lies at 0").value(Shape.of().offset(), 0);
        }

        @Test
        @Order(5)
        @DisplayName("reads and writes elements")
        void use() {
            Tensor x = TensorTasksTest.matrix();
            Expect.that(MATRIX + ".get(1, 0)").number(x.get(1, 0), 4);
            x.set(40, 1, -1);
            Expect.that(MATRIX + ".set(40, 1, -1)").rule("writes the last element of row 1").numbers(x.data(), 1, 2, 3, 4, 5, 40);
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 2.3: broadcast two shapes")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Broadcast {

        private void expect(Shape a, Shape b, String rule, int... expected) {
            Expect.that(a + " with " + b).rule(rule).value(() -> a.broadcast(b), Shape.of(expected));
            Expect.that(b + " with " + a).rule(rule + "; and both orders give the same").value(() -> b.broadcast(a), Shape.of(expected));
        }

        @Test
        @Order(1)
        @DisplayName("a column with a row")
        void columnWithRow() {
            expect(Shape.of(4, 1), Shape.of(3), "line up at the last axis: 1 against 3 gives 3; a missing axis counts as 1", 4, 3);
        }

        @Test
        @Order(2)
        @DisplayName("a matrix with a row")
        void matrixWithRow() {
            expect(Shape.of(2, 3), Shape.of(3), "line up at the last axis, not at the first", 2, 3);
        }

        @Test
        @Order(3)
        @DisplayName("a scalar with anything")
        void scalar() {
            expect(Shape.of(2, 3), Shape.of(), "a scalar has only missing axes, and each counts as 1", 2, 3);
        }

        @Test
        @Order(4)
        @DisplayName("both stretch at once")
        void bothStretch() {
            expect(Shape.of(5, 1, 4), Shape.of(3, 1), "5 against nothing, 1 against 3, 4 against 1", 5, 3, 4);
        }

        @Test
        @Order(5)
        @DisplayName("no rows at all")
        void zero() {
            expect(Shape.of(0, 3), Shape.of(1, 3), "1 stretches to whatever the other is, to 0 too: the larger one is the wrong rule", 0, 3);
        }

        @Test
        @Order(6)
        @DisplayName("refuses what does not agree")
        void refuses() {
            Expect.that("(2, 3) with (2,)")
                    .rule("3 against 2: two dimensions agree if they are equal or one of them is 1")
                    .error(IllegalArgumentException.class, "broadcast", () -> Shape.of(2, 3).broadcast(Shape.of(2)));
            Expect.that("(4, 3) with (2, 3)")
                    .rule("4 against 2: that one divides the other is not enough")
                    .error(IllegalArgumentException.class, "broadcast", () -> Shape.of(4, 3).broadcast(Shape.of(2, 3)));
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 2.4: combine two tensors with broadcasting")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Combine {

        private Tensor column() {
            return Tensors.of(new double[][] {{10}, {20}});
        }

        private Tensor row() {
            return Tensors.of(1, 2, 3);
        }

        @Test
        @Order(1)
        @DisplayName("a column plus a row")
        void columnPlusRow() {
            Expect.that("[[10], [20]] + [1, 2, 3]")
                    .rule("the column repeats along each row, the row repeats for each row of the result")
                    .numbers(() -> column().add(row()).data(), 11, 12, 13, 21, 22, 23);
            shape(column().add(row()), "[[10], [20]] + [1, 2, 3]", 2, 3);
        }

        @Test
        @Order(2)
        @DisplayName("left stays left")
        void leftStaysLeft() {
            Expect.that("[1, 2, 3] - [[10], [20]]")
                    .rule("apply(left, right), also when the left one is the smaller")
                    .numbers(row().sub(column()).data(), -9, -8, -7, -19, -18, -17);
        }

        @Test
        @Order(3)
        @DisplayName("a scalar with a matrix")
        void scalar() {
            Tensor product = TensorTasksTest.matrix().mul(10);
            shape(product, MATRIX + " * 10", 2, 3);
            Expect.that(MATRIX + " * 10").numbers(product.data(), 10, 20, 30, 40, 50, 60);
        }

        @Test
        @Order(4)
        @DisplayName("three axes, both repeat")
        void threeAxes() {
            Tensor a = Tensors.of(new double[] {1, 2, 3, 4}, 2, 1, 2);
            Tensor b = Tensors.of(new double[] {1, 10, 100}, 3, 1);
            Tensor product = a.mul(b);
            shape(product, "(2, 1, 2) * (3, 1)", 2, 3, 2);
            Expect.that("[[[1, 2]], [[3, 4]]] * [[1], [10], [100]]")
                    .rule("along a repeated axis the position stands still: its stride is 0")
                    .numbers(product.data(), 1, 2, 10, 20, 100, 200, 3, 4, 30, 40, 300, 400);
        }

        @Test
        @Order(5)
        @DisplayName("no elements")
        void empty() {
            shape(Tensors.zeros(0, 1).add(row()), "zeros(0, 1) + [1, 2, 3]", 0, 3);
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 2.5: matrix product with plain loops")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Product {

        private Tensor a() {
            return Tensors.of(new double[][] {{1, 2}, {3, 4}});
        }

        private Tensor b() {
            return Tensors.of(new double[][] {{5, 6}, {7, 8}});
        }

        @Test
        @Order(1)
        @DisplayName("two by two")
        void square() {
            Expect.that("[[1, 2], [3, 4]] x [[5, 6], [7, 8]]")
                    .rule("row times column: 1*5 + 2*7 = 19")
                    .numbers(() -> a().matmul(b()).data(), 19, 22, 43, 50);
        }

        @Test
        @Order(2)
        @DisplayName("three different sizes")
        void rectangles() {
            Tensor wide = TensorTasksTest.matrix();
            Tensor tall = Tensors.of(new double[][] {{1, 0, 2, 0}, {0, 1, 0, 2}, {1, 1, 0, 0}});
            Tensor product = wide.matmul(tall);
            shape(product, "(2, 3) x (3, 4)", 2, 4);
            Expect.that(MATRIX + " x [[1, 0, 2, 0], [0, 1, 0, 2], [1, 1, 0, 0]]")
                    .rule("m rows, n columns, k products in each sum: don't mix the three up")
                    .numbers(product.data(), 4, 5, 2, 4, 10, 11, 8, 10);
        }

        @Test
        @Order(3)
        @DisplayName("the left one read as transposed")
        void transposeLeft() {
            Tensor given = Tensors.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
            Tensor ones = Tensors.of(new double[][] {{1}, {1}, {1}});
            Expect.that("MatMul.of([[1, 2], [3, 4], [5, 6]], true, [[1], [1], [1]], false)")
                    .rule("the left input is stored as (k, m): element (i, p) lies at p * m + i")
                    .numbers(() -> MatMul.of(given, true, ones, false).data(), 9, 12);
        }

        @Test
        @Order(4)
        @DisplayName("the right one read as transposed")
        void transposeRight() {
            Tensor given = Tensors.of(new double[][] {{1, 0}, {0, 1}, {1, 1}});
            Tensor row = Tensors.of(new double[][] {{1, 2}});
            Expect.that("MatMul.of([[1, 2]], false, [[1, 0], [0, 1], [1, 1]], true)")
                    .rule("the right input is stored as (n, k): element (p, j) lies at j * k + p")
                    .numbers(() -> MatMul.of(row, false, given, true).data(), 1, 2, 3);
        }

        @Test
        @Order(5)
        @DisplayName("a stack of matrices")
        void stack() {
            Tensor left = Tensors.of(new double[] {1, 2, 3, 4}, 2, 1, 2);
            Tensor right = Tensors.of(new double[] {1, 1, 10, 1}, 2, 2, 1);
            Tensor product = left.matmul(right);
            shape(product, "(2, 1, 2) x (2, 2, 1)", 2, 1, 1);
            Expect.that("[[[1, 2]], [[3, 4]]] x [[[1], [1]], [[10], [1]]]")
                    .rule("each pair of matrices begins at its own start: aStart, bStart, cStart")
                    .numbers(product.data(), 3, 34);
        }

        @Test
        @Order(6)
        @DisplayName("two products are one")
        void twoAreOne() {
            Tensor x = Tensors.of(new double[][] {{1, -1}});
            Expect.that("(x A) B against x (A B)")
                    .rule("two linear layers in a row are one linear layer: why module 03 is needed")
                    .numbers(x.matmul(a()).matmul(b()).data(), x.matmul(a().matmul(b())).data());
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 2.6: reduce over axes")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Reducing {

        @Test
        @Order(1)
        @DisplayName("down the columns")
        void columns() {
            Expect.that(MATRIX + ".sum(0)")
                    .rule("axis 0 goes away: 1 + 4, 2 + 5, 3 + 6")
                    .numbers(() -> TensorTasksTest.matrix().sum(0).data(), 5, 7, 9);
        }

        @Test
        @Order(2)
        @DisplayName("along the rows")
        void rows() {
            Expect.that(MATRIX + ".sum(1)")
                    .rule("axis 1 goes away: 1 + 2 + 3, 4 + 5 + 6")
                    .numbers(TensorTasksTest.matrix().sum(1).data(), 6, 15);
        }

        @Test
        @Order(3)
        @DisplayName("over everything")
        void all() {
            Tensor sum = TensorTasksTest.matrix().sum();
            shape(sum, MATRIX + ".sum()");
            Expect.that(MATRIX + ".sum()").numbers(sum.data(), 21);
        }

        @Test
        @Order(4)
        @DisplayName("largest, smallest, product")
        void others() {
            Tensor x = Tensors.of(new double[][] {{-3, -1}, {-2, -4}});
            Expect.that("[[-3, -1], [-2, -4]].max(1)")
                    .rule("kind.combine decides, and out already holds the value that changes nothing")
                    .numbers(x.max(1).data(), -1, -2);
            Expect.that("[[-3, -1], [-2, -4]].min(0)").numbers(x.min(0).data(), -3, -4);
            Expect.that("[[-3, -1], [-2, -4]].prod(0)").numbers(x.prod(0).data(), 6, 4);
        }

        @Test
        @Order(5)
        @DisplayName("the outer two of three axes")
        void outerAxes() {
            Tensor x = Tensors.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2);
            Expect.that("[[[1, 2], [3, 4]], [[5, 6], [7, 8]]].sum(0, 2)")
                    .rule("along the reduced axes the position in the result stands still")
                    .numbers(x.sum(0, 2).data(), 14, 22);
        }

        @Test
        @Order(6)
        @DisplayName("keeps the axis as 1 if asked")
        void keepDim() {
            shape(TensorTasksTest.matrix().sum(true, 1), MATRIX + ".sum(keepDim = true, axis 1)", 2, 1);
            shape(TensorTasksTest.matrix().sum(false, 1), MATRIX + ".sum(keepDim = false, axis 1)", 2);
        }

        @Test
        @Order(7)
        @DisplayName("of nothing")
        void nothing() {
            Expect.that("zeros(0, 3).sum(0)")
                    .rule("a sum of nothing is 0, one for each column")
                    .numbers(Tensors.zeros(0, 3).sum(0).data(), 0, 0, 0);
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 2.7: work out the -1 of a reshape")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Infer {

        @Test
        @Order(1)
        @DisplayName("fills in what is missing")
        void fillsIn() {
            shape(TensorTasksTest.matrix().reshape(3, -1), "(2, 3).reshape(3, -1)", 3, 2);
            shape(TensorTasksTest.matrix().reshape(-1), "(2, 3).reshape(-1)", 6);
            shape(Tensors.zeros(2, 3, 4).reshape(2, -1, 2), "(2, 3, 4).reshape(2, -1, 2)", 2, 6, 2);
        }

        @Test
        @Order(2)
        @DisplayName("shares the numbers")
        void shares() {
            Tensor x = TensorTasksTest.matrix();
            Expect.that(MATRIX + ".reshape(3, -1) and the original share their memory")
                    .rule("a reshape only looks at the same flat array in another way")
                    .value(x.reshape(3, -1).sharesStorageWith(x), true);
        }

        @Test
        @Order(3)
        @DisplayName("refuses what does not come out")
        void refuses() {
            Expect.that("(2, 3).reshape(4, -1)")
                    .rule("6 elements cannot fill 4 rows, whatever the -1 stands for; an integer division would hide that")
                    .error(IllegalArgumentException.class, "-1", () -> TensorTasksTest.matrix().reshape(4, -1));
        }

        @Test
        @Order(4)
        @DisplayName("refuses a guess at 0 times what")
        void refusesZero() {
            Expect.that("(0, 3).reshape(0, -1)")
                    .rule("0 * anything is 0, so no single value is right")
                    .error(IllegalArgumentException.class, "reshape", () -> Tensors.zeros(0, 3).reshape(0, -1));
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 2.8: permute the axes")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Permuting {

        @Test
        @Order(1)
        @DisplayName("transposes a matrix")
        void transpose() {
            Expect.that(MATRIX + ".transpose()")
                    .rule("rows become columns: the numbers move, the shape alone is not enough")
                    .numbers(() -> TensorTasksTest.matrix().transpose().data(), 1, 4, 2, 5, 3, 6);
            shape(TensorTasksTest.matrix().transpose(), MATRIX + ".transpose()", 3, 2);
        }

        @Test
        @Order(2)
        @DisplayName("turns three axes")
        void threeAxes() {
            Tensor x = Tensors.arange(24).reshape(Shape.of(2, 3, 4));
            double[] expected = new double[24];
            int next = 0;
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 2; j++) {
                    for (int k = 0; k < 3; k++) {
                        expected[next++] = j * 12 + k * 4 + i;
                    }
                }
            }
            Expect.that("arange(24).reshape(2, 3, 4).permute(2, 0, 1)")
                    .rule("axis i of the result is axis order[i] of the input: result(i, j, k) = input(j, k, i), not the other way round")
                    .numbers(() -> x.permute(2, 0, 1).data(), expected);
            shape(x.permute(2, 0, 1), "(2, 3, 4).permute(2, 0, 1)", 4, 2, 3);
        }

        @Test
        @Order(3)
        @DisplayName("and back")
        void andBack() {
            Tensor x = Tensors.arange(24).reshape(Shape.of(2, 3, 4));
            Expect.that("x.permute(2, 0, 1).permute(1, 2, 0)")
                    .rule("the second undoes the first")
                    .numbers(x.permute(2, 0, 1).permute(1, 2, 0).data(), x.data());
        }

        @Test
        @Order(4)
        @DisplayName("copies")
        void copies() {
            Tensor x = TensorTasksTest.matrix();
            Tensor turned = x.transpose();
            x.set(100, 0, 0);
            Expect.that("x.transpose(), then x.set(100, 0, 0)")
                    .rule("a permutation has its own memory")
                    .numbers(turned.data(), 1, 4, 2, 5, 3, 6);
        }
    }

    @Nested
    @Order(9)
    @DisplayName("Task 2.9: slice by Python's rules")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Slicing {

        private void expect(int start, int stop, int step, String rule, double... expected) {
            Expect.that("[0, 1, 2, 3, 4, 5] sliced " + start + ":" + stop + ":" + step)
                    .rule(rule)
                    .numbers(() -> Tensors.arange(6).slice(0, start, stop, step).data(), expected);
        }

        @Test
        @Order(1)
        @DisplayName("from start to before stop")
        void plain() {
            expect(1, 4, 1, "the stop is not included", 1, 2, 3);
        }

        @Test
        @Order(2)
        @DisplayName("negative indices count from the end")
        void negative() {
            expect(-2, 6, 1, "-2 is the last but one", 4, 5);
            expect(0, -1, 1, "-1 as the stop leaves the last one out", 0, 1, 2, 3, 4);
        }

        @Test
        @Order(3)
        @DisplayName("what lies outside is clamped")
        void clamped() {
            expect(2, 100, 1, "a stop behind the end is the end", 2, 3, 4, 5);
            expect(-100, 2, 1, "a start before the beginning is the beginning", 0, 1);
        }

        @Test
        @Order(4)
        @DisplayName("with steps")
        void steps() {
            expect(0, 6, 2, "every second one", 0, 2, 4);
            expect(0, 5, 2, "5 / 2 rounds up: 4 is still before the stop", 0, 2, 4);
            expect(1, 6, 4, "(6 - 1) / 4 rounds up to 2", 1, 5);
        }

        @Test
        @Order(5)
        @DisplayName("backwards")
        void backwards() {
            expect(4, 1, -1, "4, 3, 2: the stop is not included here either", 4, 3, 2);
            expect(5, -7, -1, "-7 lies before the beginning: walking backwards the stop is clamped to -1, so that 0 is included", 5, 4, 3, 2, 1, 0);
            expect(100, 0, -2, "walking backwards the start is clamped to the last one", 5, 3, 1);
        }

        @Test
        @Order(6)
        @DisplayName("nothing left")
        void nothing() {
            shape(Tensors.arange(6).slice(0, 4, 2), "[0, 1, 2, 3, 4, 5] sliced 4:2", 0);
        }

        @Test
        @Order(7)
        @DisplayName("the columns of a matrix")
        void columns() {
            Tensor picked = TensorTasksTest.matrix().slice(1, 0, 3, 2);
            shape(picked, MATRIX + " columns 0:3:2", 2, 2);
            Expect.that(MATRIX + " columns 0:3:2").numbers(picked.data(), 1, 3, 4, 6);
        }
    }
}
