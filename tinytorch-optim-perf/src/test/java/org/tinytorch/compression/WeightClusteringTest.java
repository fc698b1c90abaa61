package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class WeightClusteringTest {
    @Test
    void eachValueIsTheAverageOfWhatIsNearestToIt() {
        assertThat(WeightClustering.means(new double[] {1, 2, 9, 10, 11}, 2)).containsExactly(1.5, 10);
        assertThat(WeightClustering.means(new double[] {1, 2, 9, 10, 11}, 1)).containsExactly(33.0 / 5);
    }

    @Test
    void fewDifferentNumbersAreTheirOwnValues() {
        assertThat(WeightClustering.means(new double[] {-1, -1, 4}, 16)).containsExactly(-1, 4);
    }

    @Test
    void aValueThatNobodyIsNearestToGoesToTheNumberFarthestFromItsOwn() {
        double[] numbers = {1, 2, 9, 10, 11};

        assertThat(WeightClustering.filled(numbers, new double[] {1.5, 10}, 3)).containsExactly(1.5, 9, 10);
        assertThat(WeightClustering.filled(numbers, new double[] {1.5, 10}, 4))
                .as("one for each of the others")
                .containsExactly(1, 1.5, 9, 10);
        assertThat(WeightClustering.filled(numbers, new double[] {1.5, 10}, 2))
                .as("none is missing")
                .containsExactly(1.5, 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 16, 200})
    void aWeightFarFromAllOthersCostsOneValueOnly(int values) {
        Tensor weight = Tensors.randn(new Generator(7), 1000).mul(0.02);
        weight.set(1, 500);

        double[] codebook = WeightClustering.cluster(weight, values).codebook().data();

        assertThat(codebook).as("all values are used").hasSize(values).isSorted();
        assertThat(codebook[values - 1]).as("the outlier").isEqualTo(1);
        assertThat(codebook[values - 2]).as("the others").isLessThan(0.1);
    }

    @Test
    void theNearestValueIsFoundAnywhere() {
        double[] codebook = {-2, 1, 3};
        double[] numbers = {-9, -2, -0.6, -0.5, -0.4, 1, 2, 2.1, 3, 9};

        assertThat(Arrays.stream(numbers)
                        .mapToInt(number -> ClusteredWeight.nearest(codebook, number))
                        .toArray())
                .as("of two that are as near, the lower")
                .containsExactly(0, 0, 0, 0, 1, 1, 1, 2, 2, 2);
    }

    @Test
    void nothingMovesAtTheEnd() {
        Tensor weight = Tensors.randn(new Generator(1), 20, 30);

        ClusteredWeight clustered = WeightClustering.cluster(weight, 8);

        double[] values = clustered.codebook().data();
        double[] codes = clustered.toTensor().data();
        for (int v = 0; v < values.length; v++) {
            double value = values[v];
            double sum = 0;
            int count = 0;
            for (int i = 0; i < codes.length; i++) {
                if (codes[i] == value) {
                    sum += weight.data()[i];
                    count++;
                }
            }
            assertThat(value).as("value %d", v).isCloseTo(sum / count, within(1e-12));
        }
        for (int i = 0; i < codes.length; i++) {
            double number = weight.data()[i];
            double nearest = Arrays.stream(values)
                    .map(value -> Math.abs(value - number))
                    .min()
                    .orElseThrow();
            assertThat(Math.abs(codes[i] - number)).as("weight %d", i).isEqualTo(nearest);
        }
    }

    @Test
    void moreValuesAreNearer() {
        Tensor weight = Tensors.randn(new Generator(2), 20, 30);
        double error = Double.POSITIVE_INFINITY;
        for (int values = 1; values <= 64; values *= 4) {
            double next = WeightClustering.cluster(weight, values)
                    .toTensor()
                    .sub(weight)
                    .square()
                    .sum()
                    .item();
            assertThat(next).as("%d values", values).isLessThan(error);
            error = next;
        }
    }

    @Test
    void zerosStayZeros() {
        Tensor weight = Tensors.of(new double[][] {{0, 0.1, 5}, {-3, 0, 0.1}});

        assertThat(WeightClustering.cluster(weight, 2).toTensor().data()[0]).isZero();
        assertThat(WeightClustering.cluster(weight, 2).toTensor().data()[4]).isZero();
        assertThat(WeightClustering.cluster(Tensors.zeros(2, 2), 4).toTensor().data())
                .containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 2", "16, 4", "17, 5"})
    void aCodeTakesAsManyBitsAsItNeeds(int values, int bits) {
        Tensor weight = Tensors.arange(1, 101);

        ClusteredWeight clustered = WeightClustering.cluster(weight, values);

        assertThat(clustered.codebook().size()).isEqualTo(values);
        assertThat(clustered.bitsPerWeight()).isEqualTo(bits);
        assertThat(clustered.bytes()).isEqualTo((100L * bits + 32L * values + 7) / 8);
    }

    @Test
    void zeroIsAValueToo() {
        assertThat(WeightClustering.cluster(Tensors.of(0, 1, 2), 2).bitsPerWeight())
                .as("three values")
                .isEqualTo(2);
    }

    @Test
    void aModelGetsItsValues() {
        Sequential model = new Sequential(new Linear(6, 8, new Generator(3)), new Linear(8, 2, new Generator(4)));
        Tensor bias = model.stateDict().get("0.bias").copy();

        Map<String, ClusteredWeight> clustered = WeightClustering.cluster(model, 4);
        WeightClustering.apply(model, clustered);

        assertThat(clustered.keySet()).containsExactly("0.weight", "1.weight");
        for (String name : clustered.keySet()) {
            assertThat(Arrays.stream(model.stateDict().get(name).data())
                            .distinct()
                            .count())
                    .as(name)
                    .isEqualTo(4);
        }
        assertThat(model.stateDict().get("0.bias").data()).containsExactly(bias.data());
    }

    @Test
    void valuesOfAnotherModelAreRefusedAndNothingChanges() {
        Sequential model = new Sequential(new Linear(2, 2, new Generator(3)), new Linear(2, 2, new Generator(4)));
        double[] before = model.stateDict().get("0.weight").data().clone();
        Map<String, ClusteredWeight> clustered = WeightClustering.cluster(
                new Sequential(new Linear(2, 2, new Generator(5)), new Linear(2, 3, new Generator(4))), 1);

        assertThatThrownBy(() -> WeightClustering.apply(model, clustered))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cluster: the model has no parameter '1.weight' of shape (3, 2);"
                        + " cluster the weights of a model like this one");
        assertThat(model.stateDict().get("0.weight").data()).containsExactly(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_537})
    void aCodebookOutOfRangeIsRefused(int values) {
        assertThatThrownBy(() -> WeightClustering.cluster(Tensors.ones(2), values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cluster: a codebook of " + values + " values is not possible; use 1 … 65536");
    }

    @Test
    void aWeightThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> WeightClustering.cluster(Tensors.of(1, Double.NaN), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cluster: number 1 of 'weight' is NaN, but must be finite;"
                        + " go back to a checkpoint from before it was");
        Sequential model = new Sequential(Linear.of(Tensors.of(new double[][] {{1, Double.NaN}})));
        assertThatThrownBy(() -> WeightClustering.cluster(model, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cluster: number 1 of '0.weight' is NaN");
    }

    @Test
    void aModelWithoutWeightsIsRefused() {
        assertThatThrownBy(() -> WeightClustering.cluster(new Sequential(), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cluster: there is no Linear and no Conv2d to cluster");
    }
}
