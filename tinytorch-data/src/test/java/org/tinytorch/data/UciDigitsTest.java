package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;

class UciDigitsTest {
    private final ImageDataset digits = UciDigits.load();

    @Test
    void holdsAllImagesOfAllClasses() {
        assertThat(digits.size()).isEqualTo(1797);
        assertThat(digits.imageShape()).isEqualTo(Shape.of(1, 8, 8));
        assertThat(digits.classCounts()).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    }

    @Test
    void everyPixelIsThere() {
        assertThat(digits.images(0, 1797).mul(16).sum().item()).isEqualTo(561_718);
    }

    @Test
    void theFirstImageIsAZero() {
        assertThat(digits.label(0)).isZero();
        assertThat(digits.images(0, 1).mul(16).reshape(8, 8)).hasToString("""
                [[ 0.  0.  5. 13.  9.  1.  0.  0.]
                 [ 0.  0. 13. 15. 10. 15.  5.  0.]
                 [ 0.  3. 15.  2.  0. 11.  8.  0.]
                 [ 0.  4. 12.  0.  0.  8.  8.  0.]
                 [ 0.  5.  8.  0.  0.  9.  8.  0.]
                 [ 0.  4. 11.  0.  1. 12.  7.  0.]
                 [ 0.  2. 14.  5. 10. 12.  0.  0.]
                 [ 0.  0.  6. 13. 10.  0.  0.  0.]]""");
    }

    @Test
    void aFifthForTestingHoldsEveryDigit() {
        DataSplit split = digits.split(0.2, new Generator(0));
        assertThat(split.test().classCounts()).containsExactly(36, 36, 35, 37, 36, 36, 36, 36, 35, 36);
        assertThat(split.train().size() + split.test().size()).isEqualTo(1797);
    }

    @Test
    void itsLicenceAndAuthorsComeAlong() throws IOException {
        try (InputStream in = UciDigits.class.getResourceAsStream("uci-digits-LICENSE.txt")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Alpaydin", "Kaynak", "CC BY 4.0", "10.24432/C50P49");
        }
    }
}
