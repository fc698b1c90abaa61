package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytorch.interop.ModelPackage;

/** {@code POST /v1/classify}. */
class ClassifyTest {
    private static final ModelPackage DIGITS = Models.digits();

    private static ModelServer server;
    private static Client client;

    @BeforeAll
    static void start() throws IOException {
        server = ModelServer.start(
                "digits", DIGITS, ServerOptions.defaults().port(0).requests(limits -> limits.bodyBytes(20_000)
                        .imagePixels(4_000)));
        client = new Client(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static double[] expected(double pixel) {
        double[] image = new double[64];
        Arrays.fill(image, pixel);
        return new ImageModel(DIGITS.model(), DIGITS.preprocessing().orElseThrow(), 10)
                .probabilities(List.of(image))
                .get(0);
    }

    private static void check(HttpResponse<String> answer, double pixel, double precision) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode node = Client.json(answer);
        double[] probabilities = expected(pixel);
        int best = 0;
        for (int i = 0; i < 10; i++) {
            assertThat(node.path("probabilities").path(i).asDouble()).isCloseTo(probabilities[i], within(precision));
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        assertThat(node.path("index").asInt()).isEqualTo(best);
        assertThat(node.path("label").asText()).isEqualTo("c" + best);
        assertThat(node.path("probabilities")).hasSize(10);
    }

    private static byte[] file(int width, int height, int rgb, int type, String format) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    @Test
    void anImageInJsonGetsTheModelsProbabilities() {
        check(client.post("v1/classify", Client.grey(8, 8, 0.25)), 0.25, 1e-12);
        check(client.post("v1/classify", Client.grey(8, 8, 1)), 1, 1e-12);
    }

    @Test
    void aCharsetMayBeNamedIfItIsUtf8() {
        byte[] body = Client.grey(8, 8, 0.5).getBytes(StandardCharsets.UTF_8);

        check(client.post("v1/classify", "application/json; charset=UTF-8", body), 0.5, 1e-12);
        assertThat(client.post("v1/classify", "application/json; charset=latin1", body)
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void filesAreScaledToTheModel() throws IOException {
        byte[] png = file(50, 70, 0xFF808080, BufferedImage.TYPE_INT_RGB, "png");
        byte[] jpeg = file(50, 70, 0xFF808080, BufferedImage.TYPE_INT_RGB, "jpeg");
        byte[] tiny = file(1, 1, 0xFF808080, BufferedImage.TYPE_INT_RGB, "png");

        check(client.post("v1/classify", "image/png", png), 128 / 255.0, 1e-9);
        check(client.post("v1/classify", "image/jpeg", jpeg), 128 / 255.0, 1e-2);
        check(client.post("v1/classify", "image/png", tiny), 128 / 255.0, 1e-9);
    }

    @Test
    void aFileWithTooManyPixelsIsRefused() throws IOException {
        byte[] png = file(100, 41, 0xFF808080, BufferedImage.TYPE_INT_RGB, "png");
        HttpResponse<String> answer = client.post("v1/classify", "image/png", png);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("4100 pixels").contains("4000");
    }

    @Test
    void aFileOfAnotherFormatIsRefused() throws IOException {
        byte[] png = file(5, 5, 0xFF808080, BufferedImage.TYPE_INT_RGB, "png");

        assertThat(client.post("v1/classify", "image/jpeg", png).statusCode()).isEqualTo(400);
        assertThat(client.post("v1/classify", "image/png", Arrays.copyOf(png, png.length / 2))
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.post("v1/classify", "image/gif", png).statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|image must be a list of 1, but is missing",
                "{\"image\":1}|image must be a list of 1, but is none",
                "{\"image\":[[]]}|image[0] must be a list of 8, but has 0",
                "{\"image\":[[],[]]}|image must be a list of 1, but has 2; the model takes 1 x 8 x 8",
                "{\"images\":[]}|there is no field \\\"images\\\"; these are known: image",
                "{\"image\":[],\"image\":[]}|the body is not JSON as it may be here",
                "[]|the body is not a JSON object",
                "{\"image\":|the body is not JSON as it may be here",
                "{} {}|the body is not JSON as it may be here",
                "NaN|the body is not JSON as it may be here",
                "null|the body is not a JSON object"
            })
    void whatIsWrongIsNamed(String body, String message) {
        HttpResponse<String> answer = client.post("v1/classify", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({"1.5", "-0.1", "1e999", "true", "null", "[]"})
    void aPixelIsANumberFromNoughtToOne(String pixel) {
        String body = Client.grey(8, 8, 0).replaceFirst("0\\.0(?=\\])", pixel);
        HttpResponse<String> answer = client.post("v1/classify", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("image[0][0][7] must be a number from 0 to 1; divide bytes by 255");
    }

    /** The body is announced and not sent: a client that sends on regardless may see a reset connection instead, as nobody reads it. */
    @Test
    void aBodyBeyondTheLimitIsRefused() throws IOException {
        RawConnection.Answer answer = RawConnection.ask(server, RawConnection.head("/v1/classify", 20_001) + "\r\n");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.error()).contains("at most 20000 bytes");
        assertThat(client.post("v1/classify", " ".repeat(19_000) + Client.grey(8, 8, 0))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anotherTypeIsRefusedWithThoseThatAreTaken() {
        HttpResponse<String> answer = client.post("v1/classify", "text/plain", new byte[] {'{', '}'});

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("application/json or image/jpeg or image/png");
    }
}
