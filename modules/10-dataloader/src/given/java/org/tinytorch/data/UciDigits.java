// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/UciDigits.java. Read it, don't edit it.
package org.tinytorch.data;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.tinytorch.tensor.Shape;

/**
 * The UCI digits: 1797 handwritten digits of 13 people, 8 by 8 pixels with 17 grey levels. Small enough to come with the library.
 *
 * <p>E. Alpaydin and C. Kaynak: Optical Recognition of Handwritten Digits, UCI Machine Learning Repository (1998),
 * <a href="https://doi.org/10.24432/C50P49">doi:10.24432/C50P49</a>, licence CC BY 4.0; these are the records of its test file, as in scikit-learn's
 * {@code load_digits}.
 */
public final class UciDigits {
    private UciDigits() {}

    /**
     * All 1797 images {@code (1, 8, 8)}, with labels 0 to 9. Divide them with {@link ImageDataset#split}.
     *
     * @throws UncheckedIOException if the library's jar is damaged
     */
    public static ImageDataset load() {
        try {
            IdxArray images = resource("uci-digits-images-idx3-ubyte.gz").withRank(3, "images (count, rows, columns)");
            IdxArray labels = resource("uci-digits-labels-idx1-ubyte.gz").withRank(1, "labels (count,)");
            return ImageDataset.over(Shape.of(1, 8, 8), 16, 10, images.live(), labels.live());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IdxArray resource(String name) throws IOException {
        try (InputStream in = UciDigits.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("digits: resource " + name + " is not beside "
                        + UciDigits.class.getName() + "; is the jar complete?");
            }
            byte[] content = in.readAllBytes();
            return IdxReader.read(new ByteArrayInputStream(content), name, content.length);
        }
    }
}
