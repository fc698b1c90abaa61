package org.tinytorch.serving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Image files that are damaged, something else, or much larger than they look. */
class ImageFaultsTest {
    private static ModelServer server;

    @BeforeAll
    @BeforeContainer
    static void start() throws IOException {
        server = ModelServer.start(
                "digits", Models.digits(), ServerOptions.defaults().port(0));
    }

    @AfterAll
    @AfterContainer
    static void stop() {
        server.close();
    }

    private static RawConnection.Answer classify(String format, byte[] file) throws IOException {
        String head = "POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/" + format
                + "\r\nContent-Length: " + file.length + "\r\n\r\n";
        return RawConnection.ask(server, head + new String(file, ISO_8859_1));
    }

    private static void refused(String format, byte[] file, int status) throws IOException {
        RawConnection.Answer answer = classify(format, file);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error()).isNotBlank();
        assertThat(classify(format, Pictures.file(format, 20, 20)).status())
                .as("the server goes on")
                .isEqualTo(200);
    }

    private static void answeredSomehow(String format, byte[] file) throws IOException {
        RawConnection.Answer answer = classify(format, file);
        assertThat(answer.status()).isIn(200, 400, 413);
        if (answer.status() != 200) {
            assertThat(answer.error()).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource({"60000, 60000", "2147483647, 2147483647", "1, 2147483647", "4000001, 1", "2001, 2000"})
    void aSmallFileOfAHugePictureIsRefusedByItsHeader(int width, int height) throws IOException {
        refused("png", Pictures.png(width, height, 1000), 413);
    }

    @Test
    void aJpegOfAHugePictureToo() throws IOException {
        refused("jpeg", Pictures.jpegOfSize(65_500, 65_500), 413);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 8", "8, 0", "-1, 8", "-2147483648, -2147483648"})
    void aPictureWithoutPixelsIsRefused(int width, int height) throws IOException {
        refused("png", Pictures.png(width, height, 1000), 400);
    }

    /** The header keeps to the limit, but the pixels are not there. */
    @Test
    void pixelsThatAreNotThereAreNotMadeUp() throws IOException {
        refused("png", Pictures.png(2000, 2000, 1000), 400);
    }

    /** More pixels than the header says. */
    @Test
    void pixelsBeyondThePictureAreNotKept() throws IOException {
        assertThat(classify("png", Pictures.png(8, 8, 500_000_000)).status()).isIn(200, 400);
    }

    /** 200 MB of text, of a colour profile and of a second text, in a file of 600 kB. */
    @Test
    void whatIsSaidAboutAPictureIsNotUnfolded() throws IOException {
        byte[] zeros = Pictures.deflated(200_000_000);
        byte[] file = Pictures.png(
                8,
                8,
                200,
                Pictures.chunk("iCCP", concat("profile\0\0".getBytes(US_ASCII), zeros)),
                Pictures.chunk("zTXt", concat("Comment\0\0".getBytes(US_ASCII), zeros)),
                Pictures.chunk("iTXt", concat("Comment\0\1\0\0\0".getBytes(US_ASCII), zeros)));

        assertThat(classify("png", file).status()).isEqualTo(200);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void aFileThatIsCutIsNeverAFailureOfTheServer(String format) throws IOException {
        byte[] whole = Pictures.file(format, 16, 16);
        for (int length = 0; length < whole.length; length += 1 + whole.length / 150) {
            answeredSomehow(format, Arrays.copyOf(whole, length));
        }
        refused(format, Arrays.copyOf(whole, 20), 400);
    }

    @ParameterizedTest
    @CsvSource({"png, gif", "png, bmp", "png, jpeg", "jpeg, png", "jpeg, gif"})
    void aFileOfAnotherFormatThanIsSaidIsRefused(String said, String is) throws IOException {
        refused(said, Pictures.file(is, 8, 8), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GIF89a",
                "%PDF-1.7\n",
                "RIFF\u0010\0\0\0WEBPVP8 ",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"8\" height=\"8\"/></svg>",
                "\u0089PNG\r\n\u001a\n",
                "\u00ff\u00d8",
                "\u00ff\u00d8\u00ff\u00d9",
                "{\"image\":[]}"
            })
    void anythingElseIsRefused(String latin1) throws IOException {
        refused("png", latin1.getBytes(ISO_8859_1), 400);
        refused("jpeg", latin1.getBytes(ISO_8859_1), 400);
    }

    @Test
    void otherTypesAreNotTaken() throws IOException {
        for (String type : new String[] {"gif", "svg+xml", "webp", "*", "png, image/jpeg"}) {
            assertThat(classify(type, Pictures.file("png", 8, 8)).status())
                    .as(type)
                    .isEqualTo(415);
        }
    }

    @Property(tries = 300)
    void aFileWithDamagedBytesIsNeverAFailureOfTheServer(
            @ForAll boolean png,
            @ForAll @Size(min = 1, max = 6) int[] places,
            @ForAll byte by)
            throws IOException {
        String format = png ? "png" : "jpeg";
        byte[] file = Pictures.file(format, 12, 12);
        for (int place : places) {
            file[Math.floorMod(place, file.length)] ^= by;
        }
        answeredSomehow(format, file);
    }
}
