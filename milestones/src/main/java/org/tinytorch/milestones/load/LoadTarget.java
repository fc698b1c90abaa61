package org.tinytorch.milestones.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What a server can be asked, as it says itself in {@code /v1/model}.
 *
 * @param model its name
 * @param request one that it has answered with 200
 */
public record LoadTarget(String model, HttpRequest request) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> TYPES =
            Map.of("json", "application/json", "png", "image/png", "jpg", "image/jpeg", "jpeg", "image/jpeg");

    /** No image is larger; a server that says so is not one of ours. */
    private static final long MOST_PIXELS = 1 << 22;

    /**
     * Asks the server what it has, makes a request that fits and tries it once.
     *
     * @param body what to send, by its ending JSON, PNG or JPEG; if empty, an image of random pixels
     * @throws IOException if there is no such server, or it does not answer the request with 200
     */
    public static LoadTarget of(Endpoint server, Optional<Path> body, Duration timeout) throws IOException {
        try (HttpConnection connection = new HttpConnection(server, timeout)) {
            HttpAnswer answer = connection.exchange(HttpRequest.get("/v1/model").bytes(server));
            JsonNode model = model(server, answer);
            HttpRequest request = request(model, body);
            try (HttpConnection fresh = new HttpConnection(server, timeout)) {
                HttpAnswer first = fresh.exchange(request.bytes(server));
                if (first.status() != HttpAnswer.OK) {
                    throw new IOException("the server answered " + request.path() + " with " + first.status() + ": "
                            + first.text().strip() + "; give a body that it takes: --body FILE");
                }
            }
            return new LoadTarget(model.path("name").asText("a model"), request);
        } catch (ConnectException e) {
            throw new IOException(
                    "nobody listens at http://" + server + "; start a server there: ./tito serve PACKAGE", e);
        }
    }

    private static JsonNode model(Endpoint server, HttpAnswer answer) throws IOException {
        if (answer.status() == HttpAnswer.OK) {
            try {
                return JSON.readTree(answer.body());
            } catch (JsonProcessingException e) {
                // said below
            }
        }
        throw new IOException("http://" + server + "/v1/model answered " + answer.status()
                + " and no model; is that a server that ./tito serve started?");
    }

    private static HttpRequest request(JsonNode model, Optional<Path> body) throws IOException {
        boolean writes = model.path("kind").asText().equals("language-model");
        String path = writes ? "/v1/generate" : "/v1/classify";
        if (body.isPresent()) {
            return HttpRequest.post(path, contentType(body.get()), Files.readAllBytes(body.get()));
        }
        if (writes) {
            throw new IOException(
                    "the server has a language model; give what to ask it with --body FILE.json, such as {\"prompt\": \"Once\", \"max_tokens\": 16, \"stream\": false}");
        }
        return HttpRequest.post(path, "application/json", randomImage(model.path("image")));
    }

    private static String contentType(Path body) {
        String name = body.toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = TYPES.get(ending);
        if (type == null) {
            throw new IllegalArgumentException(
                    "--body: " + body + " ends with neither .json nor .png nor .jpg; say by its name what it is");
        }
        return type;
    }

    /** Pixels 0 … 1 with three digits, the same at each run. */
    private static byte[] randomImage(JsonNode image) throws IOException {
        int channels = image.path("channels").asInt();
        int rows = image.path("rows").asInt();
        int columns = image.path("columns").asInt();
        if (channels < 1 || rows < 1 || columns < 1 || (long) channels * rows * columns > MOST_PIXELS) {
            throw new IOException("the server does not say which images it takes; give one with --body FILE");
        }
        Random random = new Random(1);
        ObjectNode root = JSON.createObjectNode();
        ArrayNode planes = root.putArray("image");
        for (int c = 0; c < channels; c++) {
            ArrayNode plane = planes.addArray();
            for (int r = 0; r < rows; r++) {
                ArrayNode row = plane.addArray();
                for (int x = 0; x < columns; x++) {
                    row.add(random.nextInt(1001) / 1000.0);
                }
            }
        }
        return root.toString().getBytes(UTF_8);
    }
}
