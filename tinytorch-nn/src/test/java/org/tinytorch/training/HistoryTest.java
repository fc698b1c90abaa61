package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {
    private static final History TWO = new History()
            .plus(new EpochResult(1, values("train_loss", 0.5, "val_loss", Double.NaN)))
            .plus(new EpochResult(2, values("train_loss", 0.1, "val_accuracy", 1.0)));

    private static Map<String, Double> values(String a, double x, String b, double y) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(a, x);
        values.put(b, y);
        return values;
    }

    @Test
    void csvHasALineForEachEpochAndGapsWhereNothingWasMeasured() {
        assertThat(TWO.toCsv()).isEqualTo("""
                        epoch,train_loss,val_loss,val_accuracy
                        1,0.5,NaN,
                        2,0.1,,1.0
                        """);
    }

    @Test
    void jsonHasAnObjectForEachEpoch() {
        assertThat(TWO.toJson())
                .isEqualTo(
                        "[{\"epoch\":1,\"train_loss\":0.5,\"val_loss\":\"NaN\"},{\"epoch\":2,\"train_loss\":0.1,\"val_accuracy\":1.0}]");
    }

    @Property(tries = 200)
    void bothAreReadBackBitForBit(@ForAll @Size(max = 5) List<@Size(min = 2, max = 2) List<Double>> numbers) {
        List<EpochResult> epochs = new ArrayList<>();
        for (List<Double> pair : numbers) {
            epochs.add(new EpochResult(
                    epochs.size() + 1, values("train_loss", pair.get(0), "val_top-5.accuracy", pair.get(1))));
        }
        History history = new History(epochs);

        assertThat(History.fromCsv(history.toCsv())).isEqualTo(history);
        assertThat(History.fromJson(history.toJson())).isEqualTo(history);
    }

    @Test
    void numbersThatJsonLacksAreReadBackToo() {
        History odd = new History(List.of(new EpochResult(1, values("a", Double.NEGATIVE_INFINITY, "b", -0.0))));
        assertThat(History.fromJson(odd.toJson())).isEqualTo(odd);
        assertThat(History.fromCsv(odd.toCsv())).isEqualTo(odd);
        assertThat(History.fromCsv(TWO.toCsv())).isEqualTo(TWO);
    }

    @Test
    void seriesLastAndNames() {
        assertThat(TWO.series("train_loss")).containsExactly(0.5, 0.1);
        assertThat(TWO.series("val_accuracy")).containsExactly(1.0);
        assertThat(TWO.last().get("val_accuracy")).isEqualTo(1);
        assertThat(TWO.names()).containsExactly("train_loss", "val_loss", "val_accuracy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TWO.last().get("val_loss"))
                .withMessage("epoch 2 has no 'val_loss'; it has [train_loss, val_accuracy]");
        assertThatIllegalStateException().isThrownBy(() -> new History().last());
    }

    @Test
    void writesFiles(@TempDir Path directory) throws IOException {
        TWO.writeCsv(directory.resolve("h.csv"));
        TWO.writeJson(directory.resolve("h.json"));
        assertThat(History.fromCsv(Files.readString(directory.resolve("h.csv"))))
                .isEqualTo(TWO);
        assertThat(History.fromJson(Files.readString(directory.resolve("h.json"))))
                .isEqualTo(TWO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "loss\n1", "epoch,a\n1", "epoch,a\n1,x", "epoch,a\nx,1", "epoch,a\n0,1", "epoch,a\n1,2,3"})
    void otherCsvIsRefused(String csv) {
        assertThatIllegalArgumentException().isThrownBy(() -> History.fromCsv(csv));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[1]",
                "[{}]",
                "[{\"epoch\":\"1\"}]",
                "[{\"epoch\":1.5}]",
                "[{\"epoch\":1,\"a\":\"x\"}]",
                "[{\"epoch\":1",
                "[{\"epoch\":0}]"
            })
    void otherJsonIsRefused(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> History.fromJson(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b", "a\nb", "\"a\"", "epoch", "a b"})
    void namesThatWouldBreakATableAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EpochResult(1, Map.of(name, 1.0)))
                .withMessageContaining("is no name");
    }
}
