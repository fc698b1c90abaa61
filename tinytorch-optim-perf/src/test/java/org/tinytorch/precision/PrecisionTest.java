package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytorch.nn.Linear;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.RawTensor;
import org.tinytorch.training.RawTensors;
import org.tinytorch.training.SafeTensors;

class PrecisionTest {
    @TempDir
    Path directory;

    @Test
    void theLimitsAreThoseOfTheTypes() {
        assertThat(Precision.FLOAT32.largest()).isEqualTo(Float.MAX_VALUE);
        assertThat(Precision.FLOAT32.smallestNormal()).isEqualTo(Float.MIN_NORMAL);
        assertThat(Precision.FLOAT32.smallest()).isEqualTo(Float.MIN_VALUE);
        assertThat(Precision.FLOAT32.epsilon()).isEqualTo(Math.ulp(1f));
        assertThat(Precision.FLOAT16.largest()).isEqualTo(65504);
        assertThat(Precision.FLOAT16.smallestNormal()).isEqualTo(0x1p-14);
        assertThat(Precision.FLOAT16.smallest()).isEqualTo(0x1p-24);
        assertThat(Precision.BFLOAT16.largest()).isEqualTo(0x1.fep127);
        assertThat(Precision.BFLOAT16.smallest()).isEqualTo(0x1p-133);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void theLimitsAreReachedAndNotPassed(Precision precision) {
        assertThat(precision.round(precision.largest())).isEqualTo(precision.largest());
        assertThat(precision.round(precision.largest() * (1 + precision.epsilon())))
                .isInfinite();
        assertThat(precision.round(1 + precision.epsilon())).isEqualTo(1 + precision.epsilon());
        assertThat(precision.round(1 + precision.epsilon() / 2))
                .as("halfway, to even")
                .isEqualTo(1);
        assertThat(precision.round(precision.smallest())).isEqualTo(precision.smallest());
        assertThat(precision.round(precision.smallest() / 2)).isZero();
        assertThat(precision.round(Double.NaN)).isNaN();
    }

    @Property
    void theRelativeErrorIsAtMostHalfAnEpsilon(
            @ForAll Precision precision, @ForAll @DoubleRange(min = -4, max = 4) double exponent) {
        double x = Math.pow(10, exponent);
        assertThat(precision.round(x)).isCloseTo(x, within(x * precision.epsilon() / 2));
        assertThat(precision.round(-x)).isEqualTo(-precision.round(x));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aTensorIsRoundedNumberByNumber(Precision precision) {
        Tensor x = Tensors.randn(new Generator(1), 3, 4);
        Tensor rounded = precision.round(x);
        assertThat(rounded.shape()).isEqualTo(x.shape());
        for (int i = 0; i < x.size(); i++) {
            assertThat(rounded.data()[i]).as("number %d", i).isEqualTo(precision.round(x.data()[i]));
        }
        assertThat(rounded.data()).isNotEqualTo(x.data());
    }

    @Test
    void theClassesOfTheTypesRoundLikeTheirConstants() {
        Tensor x = Tensors.of(1.004, -0.1, 1e9);
        assertThat(Bfloat16.round(x).data())
                .isEqualTo(Precision.BFLOAT16.round(x).data());
        assertThat(Float16.round(x).data()).isEqualTo(Precision.FLOAT16.round(x).data());
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aModelIsSavedAndLoaded(Precision precision) throws IOException {
        Linear model = new Linear(40, 30, new Generator(1));
        Map<String, RawTensor> stored = precision.store(model.stateDict());
        Path file = directory.resolve("model.safetensors");
        new RawTensors(stored, Map.of()).write(file);

        assertThat(stored.get("weight").bytes()).hasSize(30 * 40 * precision.bytes());
        Map<String, Tensor> read = SafeTensors.read(file).tensors();
        assertThat(read.get("weight").data())
                .isEqualTo(precision.round(model.weight()).data());
        assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("\"dtype\":\"" + precision.dataType() + "\"");
        model.loadStateDict(read);
        assertThat(model.bias().orElseThrow().data()).isEqualTo(read.get("bias").data());
    }
}
